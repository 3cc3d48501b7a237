/** `mlspec plan`: what a change means, before anything is deployed. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  analyze,
  CLASSES,
  compile,
  diff,
  hasErrors,
  PROJECT_FILE,
  sidesOf,
  type AnalyzedProject,
  type CompiledProject,
  type Host,
  type Plan,
  type PlanSide,
} from "@mlspec/compiler";
import { projectFlag, UsageError } from "../args.js";
import { environmentFlag, type Command, type Context } from "../command.js";
import { loadEmitters, standIns } from "../emitters.js";
import { nodeHost } from "../host.js";
import { commitOf, gitHost } from "../plan/git.js";
import { markdownPlan, prettyPlan } from "../plan/words.js";
import { build, type Built } from "../project.js";
import { report } from "../report.js";
import { loadTemplates } from "../templates.js";

export const plan: Command = {
  name: "plan",
  summary: "Says what a change means: what breaks, what has to be made again, in which steps.",
  operands: "[DIR]",
  positionals: 1,
  flags: [
    { name: "from", value: "REF", help: "the commit to compare with; default: where the branch left the default branch, or HEAD" },
    { name: "from-folder", value: "DIR", help: "another folder to compare with, instead of a commit" },
    environmentFlag,
    {
      name: "fail-on",
      value: "CLASS",
      oneOf: CLASSES.slice(1),
      help: `exit with 1 where a change is of this class or a worse one: ${CLASSES.slice(1).join(", ")}`,
    },
    { name: "format", value: "FORMAT", oneOf: ["pretty", "json", "markdown"], help: "pretty (default), json or markdown" },
    projectFlag,
    { name: "no-plugins", help: "refuse the project's own emitters" },
  ],
  examples: ["mlspec plan", "mlspec plan --from v1.4 --fail-on breaking", "mlspec plan --format markdown >> $GITHUB_STEP_SUMMARY"],
  run: async (context) => {
    const { args } = context;
    if (args.has("from") && args.has("from-folder")) throw new UsageError("--from and --from-folder do not go together");
    const built = await build(context, args.positionals[0]);
    const now = sideOf(context, built.project, built.compiled, built.folder);
    if (now === undefined) return 1;
    const before = await earlier(context, built);
    if (before === undefined) return 1;
    const made = diff(before.sides, now);
    print(context, made, before.name);
    const limit = args.value("fail-on");
    return limit !== undefined && CLASSES.indexOf(made.class) >= CLASSES.findIndex((each) => each === limit) ? 1 : 0;
  },
};

/** Undefined where there are errors, which have been reported. */
function sideOf(context: Context, project: AnalyzedProject, compiled: CompiledProject, folder: string): readonly PlanSide[] | undefined {
  if (!hasErrors(compiled.diagnostics)) return sidesOf(project, compiled.environments);
  report({ ...context, args: { ...context.args, value: () => undefined } }, compiled.diagnostics, { texts: project.texts, folder });
  return undefined;
}

interface Earlier {
  readonly name: string;
  readonly sides: readonly PlanSide[];
}

async function earlier(context: Context, built: Built): Promise<Earlier | undefined> {
  const { host, name } = sourceOf(context, built.folder);
  // A project that is new has nothing before it.
  if (host.read(PROJECT_FILE) === undefined) return { name, sides: [] };
  const project = analyze(host);
  const emitters = standIns(await loadEmitters(project, built.folder, !context.args.has("no-plugins")));
  const asked = context.args.value("env");
  const known = project.environments.some((environment) => environment.name === asked);
  if (asked !== undefined && !known && !hasErrors(project.diagnostics)) return { name, sides: [] };
  const templates = loadTemplates(project, !context.args.has("no-plugins"));
  const compiled = compile(project, {
    emitters,
    out: built.out,
    ...(templates === undefined ? {} : { templates }),
    ...(asked === undefined ? {} : { environments: [asked] }),
  });
  const sides = sideOf(context, project, compiled, built.folder);
  if (sides === undefined)
    context.terminal.say(`mlspec: the project does not compile as it was at ${name}: there is nothing to compare with`);
  return sides && { name, sides };
}

function sourceOf({ args, cwd }: Context, folder: string): { readonly host: Host; readonly name: string } {
  const other = args.value("from-folder");
  if (other === undefined) {
    const commit = commitOf(folder, args.value("from"));
    return { host: gitHost(commit, folder), name: commit.name };
  }
  const from = resolve(cwd, other);
  if (!existsSync(join(from, PROJECT_FILE))) throw new UsageError(`there is no ${PROJECT_FILE} in ${other}`);
  return { host: nodeHost(from), name: other };
}

function print({ args, terminal }: Context, made: Plan, from: string): void {
  switch (args.value("format")) {
    case "json":
      return terminal.out(`${JSON.stringify({ version: 1, from, ...made }, null, 2)}\n`);
    case "markdown":
      return terminal.out(markdownPlan(made, from));
    default:
      return terminal.out(prettyPlan(made, from, { colour: terminal.colour && process.stdout.isTTY }));
  }
}
