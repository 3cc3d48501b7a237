/** `mlspec check`: says what is wrong. It writes nothing, but for fixes where it is asked to. */
import { diffTexts, type Texts } from "@mlspec/compiler";
import { projectFlags, UsageError } from "../args.js";
import { environmentFlag, type Command, type Context } from "../command.js";
import { fixAll, writeChanges, type Fixing } from "../fix.js";
import { analyzeFolder, build, projectFolder, type Built } from "../project.js";
import { forMachines, report } from "../report.js";
import { stamped, type Answered } from "../stamped.js";

export const check: Command = {
  name: "check",
  summary: "Says what is wrong with a project; with --fix, puts right what is certain.",
  operands: "[DIR]",
  positionals: 1,
  flags: [
    environmentFlag,
    { name: "fix", help: "make the fixes that are certain, in the project's files; then say what remains" },
    { name: "dry-run", help: "with --fix: show the fixes as a diff and write nothing; exit 1 when there are any" },
    ...projectFlags,
  ],
  examples: ["mlspec check", "mlspec check examples/fraud_detection", "mlspec check --fix --dry-run", "mlspec check --format github"],
  run: (context) => stamped(context, answer),
};

async function answer(context: Context): Promise<Answered> {
  if (context.args.has("fix")) return { exitCode: await fix(context) };
  if (context.args.has("dry-run")) throw new UsageError("--dry-run belongs to --fix: without it, check writes nothing anyway");
  const built = await build(context, context.args.positionals[0]);
  return { exitCode: said(context, built) ? 1 : 0, basis: { built, outputs: [], absent: [] } };
}

/** Whether there was an error. */
function said(context: Context, { folder, project, compiled }: Built): boolean {
  const failed = report(context, compiled.diagnostics, { folder, texts: project.texts });
  if (!failed && !forMachines(context))
    context.terminal.say(`${project.environments.map(({ name }) => name).join(", ")}: nothing is wrong`);
  return failed;
}

/** What remains is said of the project as it is after the fixes, whether they were written or not. */
async function fix(context: Context): Promise<number> {
  const { args, terminal } = context;
  const folder = projectFolder(context, args.positionals[0]);
  const fixing = fixAll((instead) => analyzeFolder(folder, instead));
  const { changes } = fixing;
  if (args.has("dry-run")) {
    const diff = changes.map(({ file, before, after }) => diffTexts(file, before, after)).join("");
    if (!forMachines(context)) terminal.out(diff);
    else if (diff !== "") terminal.say(diff.trimEnd());
    tell(context, fixing, "would fix");
  } else {
    writeChanges(folder, changes);
    tell(context, fixing, "fixed");
  }
  const fixed: Texts = new Map(changes.map(({ file, after }) => [file, after]));
  const failed = said(context, await build(context, args.positionals[0], fixed));
  return failed || (args.has("dry-run") && changes.length > 0) ? 1 : 0;
}

function tell({ terminal }: Context, { said: lines, changes }: Fixing, verb: "fixed" | "would fix"): void {
  if (lines.length === 0) return terminal.say("there is nothing that can be fixed with certainty");
  for (const line of lines) terminal.say(`${verb} ${line}`);
  terminal.say(`${verb} ${counted(lines.length, "mistake")} in ${counted(changes.length, "file")}\n`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
