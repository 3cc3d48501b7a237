import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticParts, diagnosticTable } from "../../packages/compiler/src/diagnostics/index.js";
import { renderPretty } from "../../packages/compiler/src/render.js";
import { cases, check, folder } from "./run.js";

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

describe("every code has a page", () => {
  it.each(Object.entries(diagnosticTable))("%s", async (code, { severity, docs }) => {
    const page = [
      "<!-- Generated from packages/compiler/src/diagnostics by `npx vitest run tests/errors -u`. -->",
      `# ${code}`, "", `*${severity}*`, "", docs.what, "", "## Why", "", docs.why, "", "## What to do", "", docs.fix, ...example(code), "",
    ].join("\n");
    await expect(page).toMatchFileSnapshot(join(folder, `../../docs/diagnostics/${code}.md`));
  });
});

/** The first golden of the code. */
function example(code: string): readonly string[] {
  const found = cases().find((one) => one.code === code);
  if (found === undefined) return [];
  const { diagnostics, texts } = check(found);
  const shown = diagnostics.filter((diagnostic) => diagnostic.code === code);
  return ["", "## Example", "", "```text", renderPretty(shown.slice(0, 1), texts).trimEnd(), "```"];
}
