/** Asks the runner for one test after the other, and shows what comes of each. */
import type { Analysis, AnalyzedEnvironment, CompiledEnvironment, TestFacts } from "@mlspec/compiler";
import { UsageError } from "../args.js";
import type { Context } from "../command.js";
import type { Built } from "../project.js";
import type { SessionHost } from "../run/session.js";
import { paint, type Terminal } from "../terminal.js";
import { jobOf } from "./job.js";
import { lineOf, type ExpectedOutcome, type TestOutcome } from "./outcome.js";
import { prettyOutcome } from "./pretty.js";
import type { Programs } from "./programs.js";

/** A compiled environment, and the tests that are asked for. */
export interface Ready {
  readonly built: Built;
  readonly analyzed: AnalyzedEnvironment;
  readonly analysis: Analysis;
  readonly environment: CompiledEnvironment;
  readonly tests: readonly TestFacts[];
}

export interface Running {
  readonly context: Context;
  readonly folder: string;
  readonly programs: Programs;
  readonly session: SessionHost;
  readonly held: () => Promise<void>;
}

export function outColours({ outColour }: Terminal): { readonly colour: boolean } {
  return { colour: outColour };
}

export interface ToRun {
  readonly tests: readonly TestFacts[];
  /** Where results are shown as they come; standard output, where it is undefined. */
  readonly say: ((text: string) => void) | undefined;
}

/** Milliseconds that Spark never starts in. */
const ALREADY_THERE = 1_500;

export async function runTests(
  { context, programs, session, held }: Running,
  ready: Ready,
  { tests, say }: ToRun,
): Promise<readonly TestOutcome[]> {
  const { terminal } = context;
  const show = (outcome: TestOutcome): void => {
    if (say === undefined) terminal.out(`${prettyOutcome(outcome, outColours(terminal))}\n`);
    else say(prettyOutcome(outcome, terminal));
  };
  const begin = Date.now();
  const live = progress(terminal);
  live.doing("Spark is starting");
  const loaded = await session.ask({ op: "load", folders: programs.folders });
  await held();
  live.clear();
  if (loaded.code !== 0) throw new UsageError(`the programs cannot be loaded: ${loaded.message ?? ""}; log: ${programs.log}`);
  const took = Date.now() - begin;
  const started = took < ALREADY_THERE ? "" : `; Spark is there after ${(took / 1000).toFixed(1)} s`;
  terminal.say(paint(terminal, "dim", `${tests.length} ${tests.length === 1 ? "test" : "tests"} in ${ready.environment.name}${started}`));
  const outcomes: TestOutcome[] = [];
  for (const each of tests) {
    live.doing(`${outcomes.length + 1}/${tests.length}  ${each.name}`);
    const start = Date.now();
    const answer = await session.ask({ op: "test", test: jobOf(each, ready.analysis, ready.environment.ir) });
    await held();
    live.clear();
    // The runner is ours: its answers have this shape.
    const found = answer.summary?.["expected"] as readonly ExpectedOutcome[] | undefined;
    const expected = found ?? [{ title: each.name, error: { message: `${answer.message ?? "no answer"}; log: ${programs.log}` } }];
    const outcome = { test: each, ...placed(ready, each), seconds: (Date.now() - start) / 1000, expected };
    outcomes.push(outcome);
    show(outcome);
  }
  return outcomes;
}

function placed({ analyzed, built, analysis }: Ready, { name }: TestFacts): Pick<TestOutcome, "file" | "line" | "places"> {
  const { texts } = built.project;
  const at = (path: readonly string[]): { readonly file: string; readonly line: number } =>
    lineOf(analyzed.resolved.locate(path, "key"), texts);
  const places = Object.values(analysis.datasets).map(({ id }) => {
    const { file, line } = at(id.split("."));
    return [id, `${file}:${line}`] as const;
  });
  return { ...at(["tests", name]), places: Object.fromEntries(places) };
}

/** A last line that says what is under way, where there is a terminal. */
function progress(terminal: Terminal): { doing(text: string): void; clear(): void } {
  const clear = (): void => {
    if (terminal.live) process.stderr.write("\r\u001b[2K");
  };
  return {
    clear,
    doing: (text) => {
      clear();
      if (terminal.live) process.stderr.write(`  ${text}`.slice(0, terminal.columns - 1));
    },
  };
}
