/** Results for people: a line for each test, and of what is not as expected the cells. */
import { printable } from "@mlspec/compiler";
import { paint, type Terminal } from "../terminal.js";
import { outcomeStatus, statusOf, titleOf, type ExpectedOutcome, type RowOutcome, type TestError, type TestOutcome } from "./outcome.js";

export type Colour = Pick<Terminal, "colour">;

/** More rows than a person reads. */
const ROWS = 20;
/** Cells that are as expected are cut. */
const WIDTH = 40;

export function prettyOutcome(outcome: TestOutcome, colour: Colour): string {
  const status = outcomeStatus(outcome);
  const mark = status === "passed" ? paint(colour, "green", "✓") : paint(colour, "red", "✗");
  const time = paint(colour, "dim", `${outcome.seconds.toFixed(1)} s`);
  const head = `${mark} ${outcome.test.name}  ${time}${status === "passed" ? "" : `  ${outcome.file}:${outcome.line}`}`;
  const said = status === "passed" || outcome.test.description === undefined ? [] : [`    ${printable(outcome.test.description)}`];
  return [head, ...said, ...outcome.expected.flatMap((expected) => unmet(expected, outcome, colour))].join("\n");
}

/** What is not as expected, without the test's name: also the text in a JUnit report. */
export function unmet(expected: ExpectedOutcome, { places }: Pick<TestOutcome, "places">, colour: Colour): readonly string[] {
  if (expected.error !== undefined) return [`    ${titleOf(expected)} could not be computed`, ...failure(expected.error, places)];
  const rows = (expected.rows ?? []).filter(({ status }) => status !== "same");
  if (statusOf(expected) === "passed") return [];
  const all = expected.rows?.length ?? 0;
  return [
    `    ${titleOf(expected)}: ${rows.length} of ${all} rows not as expected`,
    ...table(expected, rows.slice(0, ROWS), colour).map((line) => `      ${line}`.trimEnd()),
    ...(rows.length > ROWS ? [`      … and ${rows.length - ROWS} rows more`] : []),
  ];
}

function failure({ message, place, definition }: TestError, places: TestOutcome["places"]): readonly string[] {
  const [section = "", name = ""] = (definition ?? "").split(".");
  const at = definition === undefined ? undefined : places[definition];
  const where = [
    ...(definition === undefined ? [] : [`in the ${section.replace(/s$/, "")} ${name}${at === undefined ? "" : ` (${at})`}`]),
    ...(place === undefined || place === null ? [] : [`at ${place}`]),
  ];
  return [
    ...(where.length > 0 ? [`      ${where.join(", ")}`] : []),
    ...printable(message)
      .split("\n")
      .map((line) => `      ${line}`.trimEnd()),
  ];
}

type Cell = { readonly text: string; readonly style?: "red" | "green" | "dim" | "bold" };

/** Each pair as two lines, `expected` and `actual`, and a line that points at the cells that differ. */
function table({ columns = [], by = [] }: ExpectedOutcome, rows: readonly RowOutcome[], colour: Colour): readonly string[] {
  const shown = shownColumns(columns, by, rows);
  const head: readonly Cell[] = [
    { text: "" },
    ...shown.map((column) => ({ text: printable(columns[column] ?? ""), style: "bold" as const })),
  ];
  const lines = [head, ...rows.flatMap((row) => linesOf(row, shown))];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => [...(line[i]?.text ?? "")].length)));
  return lines.map((line) =>
    line
      .map(({ text, style }, i) => {
        const padded = text.padEnd((widths[i] ?? 0) + text.length - [...text].length);
        return style === undefined ? padded : paint(colour, style, padded);
      })
      .join("  "),
  );
}

/** Those that say which row it is, and those that differ somewhere; all, where a row is missing or too much. */
function shownColumns(columns: readonly string[], by: readonly number[], rows: readonly RowOutcome[]): readonly number[] {
  const places = columns.map((_, i) => i);
  if (by.length === 0 || rows.some(({ status }) => status !== "differs")) return places;
  return places.filter((i) => by.includes(i) || rows.some(({ differs }) => differs.includes(i)));
}

function linesOf({ status, expected, actual, differs }: RowOutcome, shown: readonly number[]): readonly (readonly Cell[])[] {
  const cell =
    (values: readonly (string | null)[], style: "red" | "green") =>
    (column: number): Cell => {
      const value = values[column];
      if (value === null || value === undefined) return { text: "" };
      return differs.includes(column) ? { text: printable(value), style } : { text: cut(printable(value)) };
    };
  if (status === "missing") return [[{ text: "missing", style: "green" }, ...shown.map(cell(expected, "green"))]];
  if (status === "extra") return [[{ text: "extra", style: "red" }, ...shown.map(cell(actual, "red"))]];
  const carets = shown.map((column) => ({
    text: differs.includes(column) ? "^".repeat(Math.max([...(expected[column] ?? "")].length, [...(actual[column] ?? "")].length)) : "",
    style: "red" as const,
  }));
  return [
    [{ text: "expected" }, ...shown.map(cell(expected, "green"))],
    [{ text: "actual" }, ...shown.map(cell(actual, "red"))],
    [{ text: "" }, ...carets],
  ];
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > WIDTH ? `${letters.slice(0, WIDTH - 1).join("")}…` : text;
}

export function summary(outcomes: readonly TestOutcome[], colour: Colour): string {
  const of = (status: string): number => outcomes.filter((each) => outcomeStatus(each) === status).length;
  const parts = [
    ...(of("failed") > 0 ? [`${of("failed")} failed`] : []),
    ...(of("error") > 0 ? [`${of("error")} could not be computed`] : []),
    `${of("passed")} passed`,
  ];
  const seconds = outcomes.reduce((sum, each) => sum + each.seconds, 0);
  return `${paint(colour, of("passed") === outcomes.length ? "green" : "red", parts.join(", "))} in ${seconds.toFixed(1)} s`;
}
