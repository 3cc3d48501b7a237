/** `mlspec compile`: writes every environment, or with --check says whether what is on disk is what would be written. */
import { apply, createReporter, diffPlan, hasErrors, plan, recover, type OutputHost, type WritePlan } from "@mlspec/compiler";
import { environmentFlag, type Command, type Context } from "../command.js";
import { nodeHost } from "../host.js";
import { build, report, type Built } from "../project.js";
import { version } from "../version.js";

export const compile: Command = {
  name: "compile",
  summary: "Writes what the project becomes, below generated/.",
  operands: "[DIR]",
  positionals: 1,
  flags: [
    environmentFlag,
    { name: "out", value: "DIR", help: "write there instead of generated/ in the project" },
    { name: "check", help: "write nothing; exit 1 with a diff when the output on disk is stale" },
    { name: "force", help: "replace our files even where they were edited by hand" },
  ],
  examples: [
    "mlspec compile",
    "mlspec compile -e production",
    "mlspec compile --check",
    "mlspec compile examples/fraud_detection --out /tmp/fraud",
  ],
  run: async (context) => {
    const begin = performance.now();
    const built = await build(context, context.args.positionals[0]);
    if (built === undefined) return 1;
    return context.args.has("check") ? compare(context, built) : write(context, built, begin);
  },
};

function write(context: Context, built: Built, begin: number): number {
  const plans = planned(context, built);
  if (plans === undefined) return 1;
  for (const { folder, changes, unchanged } of plans) {
    const removed = changes.filter(({ text }) => text === undefined).length;
    const parts = [`${changes.length - removed} written`, ...(removed > 0 ? [`${removed} removed`] : []), `${unchanged} unchanged`];
    context.terminal.say(`${folder}: ${parts.join(", ")}`);
  }
  context.terminal.say(`compiled in ${Math.round(performance.now() - begin)} ms`);
  return 0;
}

/** Plans and writes all environments; undefined where something is in the way, which has been reported. Nothing is written then. */
export function planned(context: Context, built: Built): readonly WritePlan[] | undefined {
  const host = nodeHost(built.folder, { confined: false });
  for (const { folder } of built.compiled.environments)
    if (recover(host, folder) !== "nothing") context.terminal.say(`${folder}: an interrupted write was put in order`);
  const plans = plansOf(context, built, host);
  for (const each of plans ?? []) apply(host, each);
  return plans;
}

function plansOf(context: Context, { compiled, project }: Built, host: OutputHost): readonly WritePlan[] | undefined {
  const reporter = createReporter();
  for (const diagnostic of compiled.diagnostics) reporter.add(diagnostic);
  const force = context.args.has("force");
  const plans = compiled.environments.map(({ folder, files }) => plan({ host, folder, files, version, force, reporter }));
  report(context, reporter.diagnostics(), project.texts);
  return hasErrors(reporter.diagnostics()) ? undefined : plans;
}

function compare(context: Context, built: Built): number {
  const host = nodeHost(built.folder, { confined: false });
  const plans = plansOf(context, built, host);
  if (plans === undefined) return 1;
  let stale = 0;
  for (const each of plans) {
    if (each.changes.length === 0 && each.manifest === undefined) continue;
    stale++;
    if (each.version !== undefined && each.version !== version)
      context.terminal.say(`${each.folder} was written by mlspec ${each.version}, this is ${version}: run \`mlspec compile\`.`);
    else {
      // In JSON, stdout holds the diagnostics.
      const diff = diffPlan(host, each, (bytes) => new TextDecoder().decode(bytes));
      if (context.args.value("format") === "json") context.terminal.say(diff);
      else context.terminal.out(diff);
      context.terminal.say(`${each.folder} is stale: run \`mlspec compile\`.`);
    }
  }
  if (stale === 0) context.terminal.say("the output is up to date");
  return stale === 0 ? 0 : 1;
}
