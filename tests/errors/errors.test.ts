import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticParts, diagnosticTable } from "../../packages/compiler/src/diagnostics/index.js";
import { renderPretty } from "../../packages/compiler/src/render.js";
import { cases, check } from "./run.js";

describe("a mistake is told in these words", () => {
  it.each(cases())("$code: $name", async (one) => {
    const { diagnostics, texts } = check(one);
    await expect(renderPretty(diagnostics, texts)).toMatchFileSnapshot(join(one.path, "expected.txt"));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(one.code);
  });
});

it("every code has a golden", () => {
  const shown = new Set(cases().map(({ code }) => code));
  expect(Object.keys(diagnosticTable).filter((code) => !shown.has(code))).toEqual([]);
});

it("every folder is a code", () => {
  expect(cases().map(({ code }) => code).filter((code) => !Object.hasOwn(diagnosticTable, code))).toEqual([]);
});

it("a code stands in one part of the table only", () => {
  const codes = diagnosticParts.flatMap((part) => Object.keys(part));
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});
