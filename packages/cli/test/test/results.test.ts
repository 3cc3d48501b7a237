import { expect, it } from "vitest";
import { jsonResults, junitResults } from "../../src/test/machine-formats.js";
import type { ExpectedOutcome, TestOutcome } from "../../src/test/outcome.js";
import { outcomeStatus } from "../../src/test/outcome.js";
import { prettyOutcome, summary } from "../../src/test/pretty.js";

const plain = { colour: false };

const outcome = (name: string, ...expected: readonly ExpectedOutcome[]): TestOutcome => ({
  test: { id: `tests.${name}`, name, given: [], expected: [] },
  file: "specs/tests.yaml",
  line: 3,
  seconds: 1.25,
  expected,
  places: { "transforms.payments": "specs/data.yaml:12" },
});

const columns = ["card", "at", "count", "spend"];
const by = [0, 1];
const right = { status: "same", expected: ["c1", "10:00", "1", null], actual: ["c1", "10:00", "1", null], differs: [] } as const;
const wrong = { status: "differs", expected: ["c2", "10:00", "1", "30.0"], actual: ["c2", "10:00", "1", "3.0"], differs: [3] } as const;
const missing = { status: "missing", expected: ["c3", "10:00", "1", null], actual: [null, null, null, null], differs: [] } as const;
const extra = { status: "extra", expected: [null, null, null, null], actual: ["c4", "10:00", "1", "5.0"], differs: [] } as const;

it("shows of what differs the row and the cells, one above the other", () => {
  expect(prettyOutcome(outcome("velocity", { title: "card_velocity", columns, by, rows: [right, wrong] }), plain)).toBe(
    [
      "✗ velocity  1.3 s  specs/tests.yaml:3",
      "    card_velocity: 1 of 2 rows not as expected",
      "                card  at     spend",
      "      expected  c2    10:00  30.0",
      "      actual    c2    10:00  3.0",
      "                             ^^^^",
    ].join("\n"),
  );
});

it("shows all of a row that is missing or too much", () => {
  expect(prettyOutcome(outcome("rows", { title: "payments", columns, by, rows: [missing, extra] }), plain)).toBe(
    [
      "✗ rows  1.3 s  specs/tests.yaml:3",
      "    payments: 2 of 2 rows not as expected",
      "               card  at     count  spend",
      "      missing  c3    10:00  1",
      "      extra    c4    10:00  1      5.0",
    ].join("\n"),
  );
});

it("says in which mode a cell is wrong, to people and to machines", () => {
  const one = outcome(
    "velocity",
    { title: "card_velocity", mode: "batch", columns, by, rows: [right] },
    { title: "card_velocity", mode: "stream", columns, by, rows: [right, wrong] },
    { title: "api", mode: "stream", error: { message: "KeyError: x" } },
  );
  const text = prettyOutcome(one, plain);
  expect(text).toContain("    card_velocity (stream): 1 of 2 rows not as expected\n");
  expect(text).toContain("    api (stream) could not be computed\n");
  expect(text).not.toContain("(batch)");
  const results = { project: "shop", environment: "local", outcomes: [one] };
  expect(junitResults(results)).toContain("card_velocity (stream): 1 of 2 rows not as expected");
  const { tests } = JSON.parse(jsonResults(results)) as { tests: { expected: object[] }[] };
  expect(tests[0]?.expected).toMatchObject([
    { of: "card_velocity", mode: "batch", status: "passed" },
    { of: "card_velocity", mode: "stream", status: "failed" },
    { of: "api", mode: "stream", status: "error" },
  ]);
});

it("says of what could not be computed where it fails, and what Spark said", () => {
  const error = { message: "[DIVIDE_BY_ZERO] Division by zero.\n== SQL ==\n1 / 0", definition: "transforms.payments" };
  expect(prettyOutcome(outcome("broken", { title: "payments", error }), plain)).toBe(
    [
      "✗ broken  1.3 s  specs/tests.yaml:3",
      "    payments could not be computed",
      "      in the transform payments (specs/data.yaml:12)",
      "      [DIVIDE_BY_ZERO] Division by zero.",
      "      == SQL ==",
      "      1 / 0",
    ].join("\n"),
  );
});

it("colours where it may, and else writes no control character", () => {
  const one = outcome("velocity", { title: "card_velocity", columns, by, rows: [wrong] });
  expect(prettyOutcome(one, { colour: true })).toContain("\u001b[31m3.0");
  // oxlint-disable-next-line no-control-regex -- there must be none.
  expect(prettyOutcome(one, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

it("does not let a value drive the terminal", () => {
  const hostile = { ...wrong, expected: ["c2", "10:00", "1", "\u001b[2J"], actual: ["c2", "10:00", "1", "\u202e"] };
  const text = prettyOutcome(outcome("hostile", { title: "x", columns, by, rows: [hostile] }), plain);
  expect(text).not.toContain("\u001b");
  expect(text).not.toContain("\u202e");
});

it("counts", () => {
  const all = [
    outcome("a", { title: "x", rows: [right] }),
    outcome("b", { title: "x", rows: [wrong] }),
    outcome("c", { title: "x", error: { message: "no" } }),
  ];
  expect(all.map(outcomeStatus)).toEqual(["passed", "failed", "error"]);
  expect(summary(all, plain)).toBe("1 failed, 1 could not be computed, 1 passed in 3.8 s");
  expect(summary(all.slice(0, 1), plain)).toBe("1 passed in 1.3 s");
});

it("writes JUnit that holds any text", () => {
  const hostile = { ...wrong, expected: ["c2", "10:00", "1", '<![CDATA[ "&]]> \u0007\ufffe'], actual: ["c2", "10:00", "1", "\ud800"] };
  const outcomes = [
    outcome("right", { title: "x", columns, by, rows: [right] }),
    outcome("wrong", { title: "x", columns, by, rows: [hostile] }),
  ];
  const xml = junitResults({ project: "shop", environment: "local", outcomes });
  expect(xml).toContain('<testsuite name="shop (local)" tests="2" failures="1" errors="0" time="2.500" skipped="0">');
  expect(xml).toContain('<testcase name="right" classname="shop.tests" file="specs/tests.yaml" line="3" time="1.250"/>');
  expect(xml).toContain('<failure message="x: 1 of 1 rows not as expected" type="mismatch">');
  expect(xml).toContain("&lt;![CDATA[ &quot;&amp;]]&gt; \ufffd\ufffd");
  // oxlint-disable-next-line no-control-regex -- XML cannot hold them.
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/u);
});

it("writes JSON with every row and cell", () => {
  const outcomes = [outcome("one", { title: "x", columns, by, rows: [right, wrong, missing, extra] })];
  const { tests } = JSON.parse(jsonResults({ project: "shop", environment: "local", outcomes })) as { readonly tests: readonly unknown[] };
  expect(tests).toEqual([
    {
      name: "one",
      file: "specs/tests.yaml",
      line: 3,
      status: "failed",
      seconds: 1.25,
      expected: [
        {
          of: "x",
          status: "failed",
          rows: [
            { status: "same", expected: { card: "c1", at: "10:00", count: "1" }, actual: { card: "c1", at: "10:00", count: "1" } },
            {
              status: "differs",
              expected: { card: "c2", at: "10:00", count: "1", spend: "30.0" },
              actual: { card: "c2", at: "10:00", count: "1", spend: "3.0" },
              differs: ["spend"],
            },
            { status: "missing", expected: { card: "c3", at: "10:00", count: "1" } },
            { status: "extra", actual: { card: "c4", at: "10:00", count: "1", spend: "5.0" } },
          ],
        },
      ],
    },
  ]);
});
