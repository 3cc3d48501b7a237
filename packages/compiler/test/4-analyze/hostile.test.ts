import fc from "fast-check";
import { expect, it } from "vitest";
import { checkExpression, type Scope } from "../../src/4-analyze/expr/check.js";
import { parseSql } from "../../src/sql/parse/index.js";
import { analyzed, changed, fraud } from "./project.js";

const nothing: Scope = { resolve: () => ({ unknown: 0, names: [], where: "nothing" }) };
const pieces = fc.constantFrom(
  "a",
  "`",
  "'",
  '"',
  "\\",
  "(",
  ")",
  ",",
  "case",
  "when",
  "end",
  "not",
  "between",
  "in",
  "is",
  "null",
  "-",
  "--",
  "/*",
  "*/",
  ".",
  "1",
  "1e9",
  "9".repeat(50),
  "cast(",
  "as",
  "<=>",
  "||",
  "漢😀",
  "\ud800",
  "\0",
  "\u2028",
  "${",
  "%",
);

it("answers every text with an expression or a finding inside of it", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(pieces).map((all) => all.join(" ")),
      ),
      (text) => {
        const { expr, findings } = checkExpression(text, nothing);
        expect(expr === undefined).toBe(findings.length > 0);
        for (const { span } of findings)
          expect(span.start >= 0 && span.start <= span.end && span.end <= Math.max(text.length, 1)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});
it("answers every text with a query or a problem inside of it", () => {
  const words = fc.constantFrom(
    "SELECT",
    "FROM",
    "t",
    "WHERE",
    "(",
    ")",
    ",",
    "'x",
    "'",
    "`",
    "😀",
    "\n",
    "JOIN",
    "ON",
    "*",
    "AS",
    "WITH",
    "UNION",
    ";",
    "--",
    "OVER",
    "QUALIFY",
    "\0",
    "1",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(words).map((all) => all.join(" ")),
      ),
      (text) => {
        const result = parseSql(text);
        if (result.ok) return;
        const { start, end } = result.problem.span;
        expect(start >= 0 && start <= end && end <= text.length, JSON.stringify(result.problem)).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
}, 60_000);
it("knows no names of JavaScript's own", () => {
  const odd = ["constructor", "__proto__", "toString", "hasOwnProperty"];
  for (const name of odd) {
    const findings = analyzed(
      changed(["features", "payment_context", "derived"], { x: `${name} + 1`, y: `${name}.${name} = 1`, z: `${name}(1)` }),
    ).findings;
    expect(findings.length, name).toBeGreaterThanOrEqual(3);
    expect(
      analyzed(changed(["transforms", "payments", "sql"], `SELECT * FROM ${name}`)).findings.some(({ code }) => code === "unknown-table"),
    ).toBe(true);
  }
});
/** No mistakes: of what the example is made. */
const BESIDE: ReadonlySet<string> = new Set(["unused-definition", "knowledge-time-assumed", "window-shorter-than-refresh"]);

it("takes time in proportion to the definitions", () => {
  const project = (count: number): ReturnType<typeof fraud> => {
    const spec = fraud();
    const many = <T>(one: T | undefined, prefix: string): Record<string, T> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}_${i}`, structuredClone(one as T)]));
    return {
      ...spec,
      sources: { ...spec.sources, ...many(spec.sources?.["cards"], "cards") },
      transforms: { ...spec.transforms, ...many(spec.transforms?.["payments"], "payments") },
      features: { ...spec.features, ...many(spec.features?.["card_velocity"], "velocity") },
    };
  };
  const cost = (count: number): number => {
    const spec = project(count);
    const start = process.cpuUsage().user;
    expect(analyzed(spec).findings.every(({ code }) => BESIDE.has(code))).toBe(true);
    return process.cpuUsage().user - start;
  };
  cost(50);
  // Quadratic growth would be 64 times as much; noise of a busy machine is well below that.
  expect(cost(800)).toBeLessThan(24 * cost(100));
}, 60_000);
