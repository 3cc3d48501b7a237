import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticParts, diagnosticTable } from "../../packages/compiler/src/diagnostics/index.js";
import { renderPretty } from "../../packages/compiler/src/render.js";
import { cases, check, folder } from "./run.js";

/** Codes that no project file can cause, with the test that shows them. */
const elsewhere: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(folder, "elsewhere.json"), "utf8"));

/** In the table, and told by nothing yet: `compile --check` says them in its own words. */
const unreported: ReadonlySet<string> = new Set(["output-stale", "output-other-version"]);

describe("a mistake is told in these words", () => {
  it.each(cases())("$code: $name", async ({ code, path }) => {
    const { diagnostics, texts } = check({ code, path });
    await expect(renderPretty(diagnostics, texts)).toMatchFileSnapshot(join(path, "expected.txt"));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });
});

it("every code has a golden, or a test elsewhere that names it", () => {
  const shown = new Set(cases().map(({ code }) => code));
  const untold = Object.keys(diagnosticTable).filter((code) => !shown.has(code) && elsewhere[code] === undefined && !unreported.has(code));
  expect(untold).toEqual([]);
  for (const [code, test] of Object.entries(elsewhere)) {
    expect(readFileSync(join(folder, "../..", test), "utf8"), `${test} shows ${code}`).toContain(code);
  }
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
