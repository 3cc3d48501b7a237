/** Results for machines: JSON, and JUnit's XML, which every CI reads. */
import { outcomeStatus, statusOf, type ExpectedOutcome, type TestOutcome } from "./outcome.js";
import { unmet } from "./pretty.js";

export interface Results {
  readonly project: string;
  readonly environment: string;
  readonly outcomes: readonly TestOutcome[];
}

export function jsonResults({ project, environment, outcomes }: Results): string {
  const tests = outcomes.map((outcome) => ({
    name: outcome.test.name,
    ...(outcome.test.description === undefined ? {} : { description: outcome.test.description }),
    file: outcome.file,
    line: outcome.line,
    status: outcomeStatus(outcome),
    seconds: outcome.seconds,
    expected: outcome.expected.map((expected) => ({
      of: expected.title,
      ...(expected.mode === undefined ? {} : { mode: expected.mode }),
      status: statusOf(expected),
      ...detail(expected, outcome),
    })),
  }));
  return `${JSON.stringify({ project, environment, tests }, null, 2)}\n`;
}

function detail({ error, columns = [], rows = [] }: ExpectedOutcome, { places }: TestOutcome): object {
  if (error !== undefined) {
    const { message, place, definition } = error;
    return { error: { message, ...(definition && { definition, at: places[definition] }), ...(place && { place }) } };
  }
  const cells = (values: readonly (string | null)[]): object =>
    Object.fromEntries(columns.flatMap((name, i) => (values[i] === null || values[i] === undefined ? [] : [[name, values[i]]])));
  return {
    rows: rows.map(({ status, expected, actual, differs }) => ({
      status,
      ...(status === "extra" ? {} : { expected: cells(expected) }),
      ...(status === "missing" ? {} : { actual: cells(actual) }),
      ...(status === "differs" ? { differs: differs.map((i) => columns[i]) } : {}),
    })),
  };
}

/** As Ant, Maven and pytest write it, and Jenkins, GitLab and GitHub actions read it. */
export function junitResults({ project, environment, outcomes }: Results): string {
  const count = (status: string): number => outcomes.filter((each) => outcomeStatus(each) === status).length;
  const totals = {
    tests: outcomes.length,
    failures: count("failed"),
    errors: count("error"),
    skipped: 0,
    time: outcomes.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  };
  const { skipped, ...overall } = totals;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: project, ...overall })}>`,
    `  <testsuite${attributes({ name: `${project} (${environment})`, ...overall, skipped })}>`,
    ...outcomes.flatMap((outcome) => testCase(outcome, `${project}.tests`)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(outcome: TestOutcome, classname: string): readonly string[] {
  const { test, file, line, seconds } = outcome;
  const open = `    <testcase${attributes({ name: test.name, classname, file, line, time: seconds.toFixed(3) })}`;
  const status = outcomeStatus(outcome);
  if (status === "passed") return [`${open}/>`];
  const text = outcome.expected.flatMap((expected) => unmet(expected, outcome, { colour: false })).join("\n");
  const element = status === "failed" ? "failure" : "error";
  const [first = ""] = text.trim().split("\n");
  return [
    `${open}>`,
    `      <${element}${attributes({ message: first, type: status === "failed" ? "mismatch" : "error" })}>${xml(text)}</${element}>`,
    "    </testcase>",
  ];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text of a document; characters that XML cannot hold become U+FFFD. */
function xml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- control characters are what is replaced.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
      .replaceAll("\r", "&#13;")
      .replace(/[<>"]|&(?!#13;)/g, (found) => ENTITIES[found] ?? found)
  );
}
