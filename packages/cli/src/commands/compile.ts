/** `mlspec compile`: writes every environment, or with --check says whether what is on disk is what would be written. */
import {
  apply,
  ATTRIBUTES,
  createReporter,
  diffPlan,
  hasErrors,
  MANIFEST,
  plan,
  PROJECT_FILE,
  recover,
  reportInterrupted,
  reportStale,
  STAGING,
  type OutputHost,
  type Place,
  type Reporter,
  type WritePlan,
} from "@mlspec/compiler";
import { projectFlags } from "../args.js";
import { environmentFlag, type Command, type Context } from "../command.js";
import { nodeHost } from "../host.js";
import { build, type Built } from "../project.js";
import { forMachines, report, type Shown } from "../report.js";
import { stamped, type Answered, type Basis } from "../stamped.js";
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
    ...projectFlags,
  ],
  examples: [
    "mlspec compile",
    "mlspec compile -e production",
    "mlspec compile --check",
    "mlspec compile examples/fraud_detection --out /tmp/fraud",
  ],
  run: (context) => stamped(context, answer),
};

async function answer(context: Context): Promise<Answered> {
  const begin = performance.now();
  const built = await build(context, context.args.positionals[0]);
  return context.args.has("check") ? compare(context, built) : write(context, built, begin);
}

function write(context: Context, built: Built, begin: number): Answered {
  const plans = planned(context, built);
  if (plans === undefined) return refused(built);
  for (const { folder, changes, unchanged } of plans) {
    const removed = changes.filter(({ text }) => text === undefined).length;
    const written = changes.length - removed;
    const parts = [`${written} written`, ...(removed > 0 ? [`${removed} removed`] : []), `${unchanged} unchanged`];
    context.terminal.say(`${folder}: ${parts.join(", ")}`, `${folder}: 0 written, ${unchanged + written} unchanged`);
  }
  context.terminal.say(`compiled in ${Math.round(performance.now() - begin)} ms`, "nothing has changed");
  return { exitCode: 0, basis: basisOf(built) };
}

/** What is wrong in the spec stays so until an input changes; what is in the way of a write does not. */
function refused(built: Built): Answered {
  return hasErrors(built.compiled.diagnostics) ? { exitCode: 1, basis: { built, outputs: [], absent: [] } } : { exitCode: 1 };
}

function basisOf(built: Built): Basis {
  const { environments } = built.compiled;
  return {
    built,
    outputs: environments.flatMap(({ folder, files }) =>
      [...files.map(({ path }) => path), ATTRIBUTES, MANIFEST].map((path) => `${folder}/${path}`),
    ),
    // What an interrupted write has left has to be put in order.
    absent: environments.map(({ folder }) => `${folder}/${STAGING}`),
  };
}

/** Plans and writes all environments; undefined where something is in the way, which has been reported. Nothing is written then. */
export function planned(context: Context, built: Built): readonly WritePlan[] | undefined {
  const host = nodeHost(built.folder, { confined: false });
  for (const { folder } of built.compiled.environments)
    if (recover(host, folder) !== "nothing") context.terminal.say(`${folder}: an interrupted write was put in order`);
  const plans = plansOf(context, built, host);
  // An interruption waits for the end: writing does not yield, and a handler runs only then. What kills outright is put in order by the next run.
  const stop = (): never => process.exit(130);
  process.once("SIGINT", stop);
  for (const each of plans ?? []) apply(host, each);
  process.off("SIGINT", stop);
  return plans;
}

interface Planned {
  readonly plans: readonly WritePlan[];
  readonly reporter: Reporter;
}

function planAll(context: Context, { compiled }: Built, host: OutputHost): Planned {
  const reporter = createReporter();
  for (const diagnostic of compiled.diagnostics) reporter.add(diagnostic);
  const force = context.args.has("force");
  return { plans: compiled.environments.map(({ folder, files }) => plan({ host, folder, files, version, force, reporter })), reporter };
}

function plansOf(context: Context, built: Built, host: OutputHost): readonly WritePlan[] | undefined {
  const { plans, reporter } = planAll(context, built, host);
  const failed = report(context, reporter.diagnostics(), shownOf(built, host, reporter));
  return failed ? undefined : plans;
}

/** `--check`: nothing is written. The diff is output; under another `--format` the diagnostics are, and the diff is talk. */
function compare(context: Context, built: Built): Answered {
  const host = nodeHost(built.folder, { confined: false });
  const interrupted = createReporter();
  for (const [i, { folder }] of built.compiled.environments.entries())
    reportInterrupted(host, folder, { environment: placeOf(built, i), reporter: interrupted });
  if (interrupted.diagnostics().length > 0) {
    report(context, interrupted.diagnostics(), { folder: built.folder, texts: built.project.texts });
    return { exitCode: 1 };
  }
  const { plans, reporter } = planAll(context, built, host);
  const inTheWay = hasErrors(reporter.diagnostics());
  const stale = inTheWay
    ? []
    : plans.filter((each, i) => reportStale(each, version, { environment: placeOf(built, i), reporter }) === "stale");
  const diff = stale.map((each) => diffPlan(host, each, (bytes) => new TextDecoder().decode(bytes))).join("");
  if (diff !== "" && forMachines(context)) context.terminal.say(diff.trimEnd());
  else if (diff !== "") context.terminal.out(diff);
  const failed = report(context, reporter.diagnostics(), shownOf(built, host, reporter));
  if (inTheWay) return refused(built);
  if (!failed) context.terminal.say("the output is up to date");
  return failed ? { exitCode: 1 } : { exitCode: 0, basis: basisOf(built) };
}

/** Where the spec names the environment that is compiled `i`th. */
function placeOf({ compiled, project }: Built, i: number): Place {
  const name = compiled.environments[i]?.name ?? "";
  const found = project.environments.find((environment) => environment.name === name);
  return found?.resolved.locate(["environments", name], "key") ?? { file: PROJECT_FILE, span: { start: 0, end: 0 } };
}

/** The spec's texts, and those of output that a diagnostic points into. */
function shownOf({ folder, project }: Built, host: OutputHost, reporter: Reporter): Shown {
  const texts = new Map(project.texts);
  for (const { file } of reporter.diagnostics()) {
    const bytes = texts.has(file) || host.stat(file)?.kind !== "file" ? undefined : host.read(file);
    if (bytes !== undefined) texts.set(file, new TextDecoder().decode(bytes));
  }
  return { folder, texts };
}
