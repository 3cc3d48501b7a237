import fc from "fast-check";
import { expect, it } from "vitest";
import type { Diagnostic, Edit } from "../src/diagnostic.js";
import { applyFixes } from "../src/fixes.js";
import { isSlip } from "../src/diagnostics/nearest.js";

const FILE = "mlspec.yaml";

function diagnostic(edits: readonly Edit[], guess?: true): Diagnostic {
  const fix = { title: "Go", edits, ...(guess === undefined ? {} : { guess }) };
  return { code: "x", severity: "error", message: "m", file: FILE, span: { start: 0, end: 0 }, fix };
}

const edit = (start: number, end: number, newText: string, file = FILE): Edit => ({ file, span: { start, end }, newText });

function fixed(text: string, ...edits: readonly (readonly Edit[])[]): readonly [string | undefined, number] {
  const { texts, made } = applyFixes(
    edits.map((each) => diagnostic(each)),
    new Map([[FILE, text]]),
  );
  return [texts.get(FILE), made.length];
}

it("makes the edits of several fixes, whatever their order", () => {
  expect(fixed("abcdef", [edit(4, 5, "E")], [edit(0, 1, "AA"), edit(2, 3, "")])).toEqual(["AAbdEf", 2]);
});

it("makes the first of those that overlap, and the same edit once", () => {
  expect(fixed("abcdef", [edit(0, 3, "X")], [edit(2, 4, "Y")])).toEqual(["Xdef", 1]);
  expect(fixed("abcdef", [edit(0, 3, "X")], [edit(0, 3, "X"), edit(5, 6, "")])).toEqual(["Xde", 2]);
  expect(fixed("abcdef", [edit(3, 3, "X")], [edit(3, 3, "Y")])).toEqual(["abcXdef", 1]);
  expect(fixed("abcdef", [edit(0, 3, "X")], [edit(3, 3, "Y")])).toEqual(["XYdef", 2]);
  expect(fixed("abcdef", [edit(0, 3, "X"), edit(1, 2, "Y")])).toEqual([undefined, 0]);
});

it("makes all edits of a fix or none, over several files", () => {
  const texts = new Map([
    ["a.yaml", "aaa"],
    ["b.yaml", "bbb"],
  ]);
  const both = diagnostic([edit(0, 1, "A", "a.yaml"), edit(0, 1, "B", "b.yaml")]);
  expect([...applyFixes([both], texts).texts]).toEqual([
    ["a.yaml", "Aaa"],
    ["b.yaml", "Bbb"],
  ]);
  expect([...applyFixes([diagnostic([edit(0, 2, "", "b.yaml")]), both], texts).texts]).toEqual([["b.yaml", "b"]]);
  expect(applyFixes([diagnostic([edit(0, 1, "A", "a.yaml"), edit(0, 1, "C", "gone.yaml")])], texts).made).toEqual([]);
});

it("leaves guesses to people", () => {
  expect(applyFixes([diagnostic([edit(0, 1, "X")], true)], new Map([[FILE, "abc"]])).made).toEqual([]);
});

it.each(["\r\n", "\n", "\r"])("writes line ends as the file has them: %j", (newline) => {
  expect(fixed(`a: b${newline}c: d${newline}`, [edit(3, 4, "|\n  b")])[0]).toBe(`a: |${newline}  b${newline}c: d${newline}`);
});

it("changes what was marked and nothing else", () => {
  const marks = fc.array(
    fc.tuple(
      fc.nat(30),
      fc.nat(5),
      fc.string({ maxLength: 4 }).filter((text) => !/[\r\n]/.test(text)),
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(fc.string({ minLength: 40, maxLength: 60 }), marks, (text, all) => {
      const diagnostics = all.map(([start, length, newText]) => diagnostic([edit(start, start + length, newText)]));
      const { texts, made } = applyFixes(diagnostics, new Map([[FILE, text]]));
      const edits = made.flatMap(({ fix }) => fix?.edits ?? []).sort((a, b) => a.span.start - b.span.start);
      const distinct = edits.filter((each, i) => JSON.stringify(each) !== JSON.stringify(edits[i - 1]));
      let [expected, at] = ["", 0];
      for (const { span, newText } of distinct) {
        expect(span.start).toBeGreaterThanOrEqual(at);
        expected += text.slice(at, span.start) + newText;
        at = span.end;
      }
      expect(texts.get(FILE) ?? text).toBe(expected + text.slice(at));
    }),
  );
});

it.each([
  ["event_tmie", "event_time", ["event_time", "key"], true],
  ["paymnts", "payments", ["payments", "refunds"], true],
  ["Payments", "payments", ["payments"], true],
  ["spend_7d", "spend_1d", ["spend_1d"], false],
  ["cards", "card", ["card", "carts"], false],
  ["min", "max", ["max"], false],
  ["mun", "min", ["min"], false],
  ["paymens_made", "payments", ["payments"], false],
  ["payment", "payments", [], false],
])("one letter is a slip, what is less near a guess: %s for %s", (written, meant, candidates, expected) => {
  expect(isSlip(written, meant, candidates)).toBe(expected);
});
