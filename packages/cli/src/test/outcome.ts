/** What came of a test. */
import type { Place, TestFacts, TestMode } from "@mlspec/compiler";

/** A pair of rows that belong together, as text; null where nothing is said of a cell. */
export interface RowOutcome {
  readonly status: "same" | "differs" | "missing" | "extra";
  readonly expected: readonly (string | null)[];
  readonly actual: readonly (string | null)[];
  /** Columns, by place. */
  readonly differs: readonly number[];
}

/** What a program met on its way. */
export interface TestError {
  readonly message: string;
  /** Line of the project's own code that raised it. */
  readonly place?: string | null;
  /** Definition that fails. */
  readonly definition?: string;
}

export interface ExpectedOutcome {
  /** The name as the test has it. */
  readonly title: string;
  /** How it was computed, where a stream can do it too. */
  readonly mode?: TestMode;
  readonly columns?: readonly string[];
  /** Columns that say which row it is, by place. */
  readonly by?: readonly number[];
  readonly rows?: readonly RowOutcome[];
  readonly error?: TestError;
}

export interface TestOutcome {
  readonly test: TestFacts;
  /** File and line of the test, lines from 1. */
  readonly file: string;
  readonly line: number;
  readonly seconds: number;
  readonly expected: readonly ExpectedOutcome[];
  /** Where definitions that fail are, by id: `specs/data.yaml:12`. */
  readonly places: Readonly<Record<string, string>>;
}

export type Status = "passed" | "failed" | "error";

export function statusOf(expected: ExpectedOutcome): Status {
  if (expected.error !== undefined) return "error";
  return (expected.rows ?? []).every(({ status }) => status === "same") ? "passed" : "failed";
}

export function outcomeStatus({ expected }: Pick<TestOutcome, "expected">): Status {
  const all = expected.map(statusOf);
  return all.includes("error") ? "error" : all.includes("failed") ? "failed" : "passed";
}

/** What was compared, in a few words. */
export function titleOf({ title, mode }: ExpectedOutcome): string {
  return mode === undefined ? title : `${title} (${mode})`;
}

/** A place as `file` and `line`. */
export function lineOf({ file, span }: Place, texts: ReadonlyMap<string, string>): { readonly file: string; readonly line: number } {
  return { file, line: (texts.get(file) ?? "").slice(0, span.start).split("\n").length };
}
