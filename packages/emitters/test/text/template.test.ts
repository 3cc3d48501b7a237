import fc from "fast-check";
import { expect, it } from "vitest";
import { code, literal } from "../../src/text/python.js";
import { checkTemplate, fromSource, precompileTemplate } from "../../src/text/template-source.js";
import { hostileString } from "./hostile.js";

it("lays a value out for the column where its hole is", () => {
  const template = fromSource("t", "f(\n    x={{py x}},\n)\n");
  expect(template({ x: ["a"] })).toBe('f(\n    x=["a"],\n)\n');
  const long = "y".repeat(95);
  expect(template({ x: [long] })).toBe(`f(\n    x=[\n        "${long}",\n    ],\n)\n`);
});

it("puts a long text to the right of an assignment between brackets", () => {
  const template = fromSource("t", "NAME = {{py x}}\n");
  expect(template({ x: "y".repeat(92) })).toBe(`NAME = (\n    "${"y".repeat(92)}"\n)\n`);
  expect(template({ x: "y".repeat(120) })).toBe(`NAME = "${"y".repeat(120)}"\n`);
});

it("indents blocks of statements", () => {
  const template = fromSource("t", "def f():\n    {{block body}}\n");
  expect(template({ body: code("if a:\n    b()\n\nc()") })).toBe("def f():\n    if a:\n        b()\n\n    c()\n");
});

it("takes data only as data", () => {
  expect(() => fromSource("t", "{{block x}}")({ x: "import os" })).toThrow("takes printed code");
  expect(() => fromSource("t", "{{ident x}}")({ x: "a; b" })).toThrow("not a Python identifier");
  expect(() => fromSource("t", "{{name x}}")({ x: "os.a b" })).toThrow("not a Python identifier");
  expect(() => fromSource("t", "{{comment x}}")({ x: "coding: utf-7" })).toThrow("first two lines");
  expect(fromSource("t", "x = {{py x}}")({ x: literal(["{{ y }}"]) })).toBe('x = ["{{ y }}"]');
});

it("keeps comments in their lines", () => {
  const template = fromSource("t", "#\n#\n    {{comment x}}\n");
  fc.assert(
    fc.property(hostileString, (text) => {
      const lines = template({ x: text })
        .split(/[\n\r\f\v\u0085\u2028\u2029]/)
        .slice(2, -1);
      expect(lines.every((line) => line.startsWith("    #"))).toBe(true);
    }),
  );
});

it.each([
  ["{{x}}", "raw hole"],
  ["{{{py x}}}", "two braces"],
  ["{{& x}}", "two braces"],
  ["{{py x y}}", "exactly one value"],
  ["{{py (lookup a b)}}", "the path of a value"],
  ["{{#foo}}{{/foo}}", "is unknown"],
  ["{{> partial}}", "partials"],
  ["{{#if x}}", "it ends within a block or a hole. A hole ends"],
  ["{{#if", "something here is not expected. A hole ends"],
  ["{{#each (}}", "something here is not expected. A hole ends"],
  ["{{#if x}}{{/each}}", "if doesn't match each"],
  ["a\0b", "NUL"],
])("refuses %j in a template", (source, message) => {
  expect(checkTemplate(source)[0]?.message).toContain(message);
  expect(() => precompileTemplate(source)).toThrow("line 1");
});

it("reports each mistake with its line", () => {
  const source = "a\nb {{x}} {{py z}} {{w}}\n{{#each xs}}\n{{y}}\n{{/each}}";
  const found = checkTemplate(source).map(({ line, columns }) => source.split("\n")[line - 1]?.slice(columns?.start, columns?.end));
  expect(found).toEqual(["{{x}}", "{{w}}", "{{y}}"]);
});
