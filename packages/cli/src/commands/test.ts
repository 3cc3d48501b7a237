/** `mlspec test`: the project's tests, by the emitted programs, in one Spark session. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hasErrors, nearest, newestSpark, readByTest, type AnalyzedEnvironment, type OutputFile, type TestFacts } from "@mlspec/compiler";
import { meant, projectFlag, UsageError } from "../args.js";
import { asset } from "../assets.js";
import { environmentFlag, type Command, type Context } from "../command.js";
import { nodeHost } from "../host.js";
import { analyzeFolder, compileAnalyzed, projectFolder } from "../project.js";
import { report } from "../report.js";
import { machine } from "../run/machine.js";
import { openSession } from "../run/session.js";
import { onSignal } from "../run/signals.js";
import { paint } from "../terminal.js";
import { jobOf } from "../test/job.js";
import { jsonResults, junitResults } from "../test/machine-formats.js";
import { outcomeStatus } from "../test/outcome.js";
import { prettyOutcome, summary } from "../test/pretty.js";
import { openPrograms } from "../test/programs.js";
import { outColours, runTests, type Ready, type Running } from "../test/running.js";
import { watchInputs } from "../test/watch.js";

export const test: Command = {
  name: "test",
  summary: "Runs the project's tests: given rows, expected rows, embedded Spark.",
  operands: "[NAME...]",
  positionals: Infinity,
  flags: [
    { ...environmentFlag, help: "the environment to compile for, one with `runtime: local`; default: the first such" },
    { name: "watch", help: "stay, and run again what a change of the project's files can have changed" },
    { name: "format", value: "FORMAT", oneOf: ["pretty", "json", "junit"], help: "pretty (default), json or junit" },
    { name: "out", value: "FILE", help: "write results there instead of to standard output" },
    projectFlag,
    { name: "no-plugins", help: "refuse the project's own emitters and templates" },
  ],
  examples: ["mlspec test", "mlspec test window_edge --watch", "mlspec test --format junit --out junit.xml"],
  run: async (context) => {
    const { args, terminal } = context;
    if (args.has("watch") && (args.value("format") ?? "pretty") !== "pretty")
      throw new UsageError("--watch shows results as pretty ones only");
    const folder = projectFolder(context);
    const first = await compiled(context, folder);
    if (first === undefined && !args.has("watch")) return 1;
    if (first !== undefined && first.tests.length === 0) {
      terminal.say("The project has no tests. They stand under `tests:`, with the rows that are given and those that have to come out.");
      if (!args.has("watch")) return 0;
    }
    return inSession(context, { folder, first }, (running) => (args.has("watch") ? stay(running, first) : once(running, first)));
  },
};

/** Undefined where there are errors, which have been reported. */
async function compiled(context: Context, folder: string): Promise<Ready | undefined> {
  const { args } = context;
  const project = analyzeFolder(folder);
  const name = environmentOf(context, project.environments);
  const built = await compileAnalyzed(context, {
    folder,
    project,
    out: "generated",
    environments: name === undefined ? undefined : [name],
  });
  if (hasErrors(built.compiled.diagnostics)) {
    report(context, built.compiled.diagnostics, { folder, texts: project.texts });
    return undefined;
  }
  const environment = built.compiled.environments.find((each) => each.name === name);
  const analyzed = project.environments.find((each) => each.name === name);
  if (environment === undefined || analyzed?.analysis === undefined) throw new UsageError("no environment has `runtime: local`");
  if (!environment.files.some(({ path }) => path.startsWith("spark/")))
    throw new UsageError("tests are run by Spark: add `spark` to the targets");
  const all = Object.values(analyzed.analysis.tests);
  const names = all.map((each) => each.name);
  for (const asked of args.positionals)
    if (!names.includes(asked))
      throw new UsageError(`there is no test \`${asked}\`.${meant(nearest(asked, names)) || ` There are ${names.join(", ")}.`}`);
  const tests = args.positionals.length === 0 ? all : all.filter((each) => args.positionals.includes(each.name));
  return { built, analyzed, analysis: analyzed.analysis, environment, tests };
}

/** A project too broken to know its environments says so by its diagnostics. */
function environmentOf({ args }: Context, environments: readonly AnalyzedEnvironment[]): string | undefined {
  const asked = args.value("env");
  const names = environments.map(({ name }) => name);
  if (asked !== undefined && names.length > 0 && !names.includes(asked))
    throw new UsageError(`there is no environment \`${asked}\`; there are ${names.join(", ")}.${meant(nearest(asked, names))}`);
  const local = environments.filter(({ analysis, name }) => analysis?.spec.environments[name]?.runtime === "local");
  const found = asked === undefined ? local[0] : local.find(({ name }) => name === asked);
  const known = environments.some(({ analysis }) => analysis !== undefined);
  if (found === undefined && known)
    throw new UsageError(
      asked === undefined
        ? "no environment has `runtime: local`"
        : `the environment \`${asked}\` has not \`runtime: local\`: only such run on this machine`,
    );
  return found?.name;
}

/** Spark is started by the first test, and ended with everything else. */
async function inSession(
  context: Context,
  { folder, first }: { readonly folder: string; readonly first: Ready | undefined },
  work: (running: Running) => Promise<number>,
): Promise<number> {
  const programs = openPrograms(folder);
  const { env, python } = await machine(newestSpark(first?.analysis.spec.targets.spark?.version));
  writeFileSync(programs.log, "");
  const session = openSession({
    machine: { python, env: { ...env, ...maskingKey(first), PYTHONDONTWRITEBYTECODE: "1", TZ: "UTC" } },
    project: folder,
    runner: join(asset("runner"), "tests_runner.py"),
    log: programs.log,
  });
  const stopping = onSignal(async () => {
    await session.kill();
    programs.remove();
  });
  try {
    return await work({ context, folder, programs, session, held: stopping.held });
  } finally {
    stopping.off();
    await session.close();
    programs.remove();
  }
}

/** Masks are made with a key that is the same everywhere: what a test expects of them must not depend on a secret. */
function maskingKey(ready: Ready | undefined): Readonly<Record<string, string>> {
  const ir = ready?.environment.ir;
  const variable = ir?.secrets[ir.masking?.key ?? ""]?.variable;
  return variable === undefined ? {} : { [variable]: "test" };
}

async function once(running: Running, ready: Ready | undefined): Promise<number> {
  if (ready === undefined) return 1;
  const { args, terminal, cwd } = running.context;
  const format = args.value("format") ?? "pretty";
  const file = args.value("out");
  running.programs.write(ready.environment.files);
  const toFile = file !== undefined || format !== "pretty";
  const outcomes = await runTests(running, ready, { tests: ready.tests, say: toFile ? terminal.say : undefined });
  const results = { project: ready.environment.ir.project.name, environment: ready.environment.name, outcomes };
  const plain = { colour: false };
  const text =
    format === "json"
      ? jsonResults(results)
      : format === "junit"
        ? junitResults(results)
        : `${[...outcomes.map((each) => prettyOutcome(each, plain)), summary(outcomes, plain)].join("\n")}\n`;
  if (file !== undefined) writeFileSync(resolve(cwd, file), text);
  else if (format !== "pretty") terminal.out(text);
  const closing = summary(outcomes, toFile ? terminal : outColours(terminal));
  if (toFile) terminal.say(closing);
  else terminal.out(`${closing}\n`);
  return outcomes.every((each) => outcomeStatus(each) === "passed") ? 0 : 1;
}

/** Runs again what a change can have changed, until it is stopped. */
async function stay(running: Running, first: Ready | undefined): Promise<number> {
  const { context, folder, programs } = running;
  const { terminal } = context;
  const jobs = new Map<string, string>();
  const failing = new Set<string>();
  for (let ready = first; ; ready = await compiled(context, folder)) {
    const reads = (ready?.built.project ?? analyzeFolder(folder)).reads;
    const watching = watchInputs(folder, reads, nodeHost(folder).list);
    if (ready !== undefined) {
      const changed = programs.write(ready.environment.files);
      const tests = affected(ready, { changed, jobs }).concat(ready.tests.filter(({ name }) => failing.has(name)));
      const chosen = ready.tests.filter((each) => tests.includes(each));
      const outcomes = chosen.length === 0 ? [] : await runTests(running, ready, { tests: chosen, say: undefined });
      for (const outcome of outcomes) {
        if (outcomeStatus(outcome) === "passed") failing.delete(outcome.test.name);
        else failing.add(outcome.test.name);
      }
      terminal.out(outcomes.length === 0 ? "nothing that a test computes has changed\n" : `${summary(outcomes, outColours(terminal))}\n`);
    }
    terminal.say(paint(terminal, "dim", "waiting for a change; ctrl-C ends"));
    await watching.changed;
  }
}

interface Before {
  /** Programs with another text than before. */
  readonly changed: readonly OutputFile[];
  /** What the runner was asked for each test. */
  readonly jobs: Map<string, string>;
}

/** Tests that ask for something else, or whose definitions made a file that changed; user code may be imported by anything. */
function affected(ready: Ready, { changed, jobs }: Before): readonly TestFacts[] {
  const { tests, analysis, environment } = ready;
  const code = JSON.stringify(environment.ir.code);
  const isNewCode = jobs.get("") !== code;
  jobs.set("", code);
  return tests.filter((each) => {
    const job = JSON.stringify(jobOf(each, analysis, environment.ir));
    const before = jobs.get(each.name);
    jobs.set(each.name, job);
    const read = readByTest(each, analysis);
    return isNewCode || before !== job || changed.some(({ from }) => from.includes("project") || from.some((id) => read.has(id)));
  });
}
