import { expect, it } from "vitest";
import { parse, type Document } from "../../src/1-parse/index.js";
import { createReporter, type Diagnostic } from "../../src/diagnostic.js";
import type { Place } from "../../src/text.js";

function read(text: string): { document: Document; diagnostics: readonly Diagnostic[]; at: (place: Place) => string } {
  const reporter = createReporter();
  const document = parse({ path: "mlspec.yaml", text }, reporter.report);
  return { document, diagnostics: reporter.diagnostics(), at: ({ span }) => text.slice(span.start, span.end) };
}
const codes = (text: string): readonly string[] => read(text).diagnostics.map(({ code }) => code);

it("gives plain data and the places of keys and values", () => {
  const { document, at, diagnostics } = read('a: { b: [1, "two"] }\nc: yes\n');
  expect(diagnostics).toEqual([]);
  expect(JSON.stringify(document.value)).toBe('{"a":{"b":[1,"two"]},"c":"yes"}');
  expect(at(document.locate(["a", "b"], "key"))).toBe("b");
  expect(at(document.locate(["a", "b", 1]))).toBe('"two"');
  expect(at(document.locate(["a", "nothing", "here"]))).toBe("a");
  expect(document.style(["a", "b", 1])).toBe("double");
});

it.each([
  ["plain", "sql: select x from y\n", "x"],
  ["double quotes with escapes", 'sql: "a \\"q\\" \\u00e9 x"\n', "x"],
  ["single quotes", "sql: 'it''s x'\n", "x"],
  ["block", "sql: |\n  select\n    x\n  from t\n", "x"],
  ["block with an indicator", "sql: |2\n    select\n   x\n", "x"],
  ["block and CRLF", "sql: |\r\n  select\r\n    x\r\n", "x"],
  ["folded lines", "sql: select\n   x\n", "x"],
  ["emoji before it", "sql: '😀 x'\n", "x"],
  ["kept line breaks", "sql: |+\n  s\n\n  x\n\n", "x"],
])("finds a part of a text: %s", (_, text, part) => {
  const { document, at, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  const value = (document.value as { sql: string }).sql;
  const place = document.locateInside(["sql"], value.indexOf(part), 1);
  expect(at(place)).toBe(part);
  expect(place.span.start).toBe(text.lastIndexOf(part));
});

it("points at the whole scalar's end for an offset at the end", () => {
  const { document } = read("a: bcd\n");
  expect(document.locateInside(["a"], 3, 0).span).toEqual({ start: 6, end: 6 });
  expect(document.locateInside(["a"], 1, 2).span).toEqual({ start: 4, end: 6 });
});

it.each([
  ["a: 1\na: 2\n", ["duplicate-key"]],
  ["a:\n\tb: 1\n", ["tab-indentation"]],
  ["", ["empty-file"]],
  ["# nothing\n", ["empty-file"]],
  ["\uFEFFa: 1\r\nb: 2\r\n", []],
  ["a: &x 1\nb: *x\n", ["yaml-anchor", "yaml-anchor"]],
  ["a: { <<: { b: 1 } }\n", ["yaml-merge-key"]],
  ["a: !!str 1\nb: !secret x\n", ["yaml-tag", "yaml-tag"]],
  ["a: 1\n---\nb: 1\n", ["several-documents"]],
  ["? [a]\n: 1\n", ["key-not-text"]],
  ["__proto__: { a: 1 }\nconstructor: 1\n", ["prototype-key", "prototype-key"]],
  ["a: { amount: decimal(12,2), b: string }\n", ["split-comma"]],
  ["a: { x: struct<a:int,b:string,c:decimal(1,2)>, y: int }\n", ["split-comma"]],
  ["a: [sum(x, 1), b]\n", ["split-comma"]],
  ["a: [a < 1, b]\n", []],
  ["a: b #c\n", ["comment-or-text"]],
  ["a: b # c\nd: 1 #e\nf: 'g' #h\ni: # j\n  k\n", []],
  ["a: colour <> ' #1'\n", ["comment-cut"]],
  ["a: it's # fine\n", []],
  ["a: b: c\n", ["yaml-syntax"]],
  ["a: { x: sum(a) over [1h, 7d] }\n", ["yaml-syntax"]],
  ["%YAML 1.1\n---\na: on\n", ["yaml-syntax"]],
  ["a: *\n", ["yaml-anchor"]],
])("%j gives %j", (text, expected) => {
  expect(codes(text)).toEqual(expected);
});

it("joins what a comma split, so that nothing else is said about it", () => {
  const { document, diagnostics } = read("a: { amount: decimal(12,2)!, b: string }\n");
  expect(JSON.stringify(document.value)).toBe('{"a":{"amount":"decimal(12,2)!","b":"string"}}');
  expect(diagnostics[0]?.fix?.edits[0]?.newText).toBe('"decimal(12,2)!"');
});

it.each([
  ["brackets", "[".repeat(100_000)],
  ["lists", "- ".repeat(20_000)],
  ["maps", "{a: ".repeat(900)],
  ["indentation", Array.from({ length: 500 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
])("survives deep nesting: %s", (_, text) => {
  const found = codes(text);
  expect(found.some((code) => code === "too-deep" || code === "yaml-syntax")).toBe(true);
});

it("refuses a file that is too large before reading it", () => {
  expect(codes(`a: ${"b".repeat(5_000_001)}\n`)).toEqual(["file-too-large"]);
});

it.each([
  ["open", "[".repeat(2000)],
  ["closed", `a: ${"[".repeat(2000)}${"]".repeat(2000)}\n`],
  ["of maps", `a: ${"{ b: ".repeat(2000)}1${"}".repeat(2000)}\n`],
])("counts brackets before the YAML reader meets them: %s", (_, text) => {
  expect(codes(text)).toEqual(["too-deep"]);
});

it("looks for the cause of a mistake above it, up to the first line and no further", () => {
  for (const broken of ["\r\n", "\n", "\r\n\r\n"]) expect(codes(`${broken}'@9[`)).toContain("yaml-syntax");
});
