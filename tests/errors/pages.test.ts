import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticTable, type Code } from "../../packages/compiler/src/diagnostics/index.js";
import { builtins } from "@mlspec/emitters";
import { pageText, shown } from "./page.js";
import { remedies } from "./remedies.js";
import { folder, type Outcome } from "./run.js";

const docs = join(folder, "../../docs/diagnostics");
const codes = Object.keys(diagnosticTable) as readonly Code[];

/** What is said, by code and by what is marked. */
const said = ({ diagnostics, texts }: Outcome): readonly string[] =>
  diagnostics.map(({ code, file, span }) => `${code}: ${(texts.get(file) ?? "").slice(span.start, span.end)}`);

it("every code has an example that is put right: add it to remedies.ts (or remedies-made.ts)", () => {
  expect(codes.filter((code) => !Object.hasOwn(remedies, code))).toEqual([]);
  expect(Object.keys(remedies).filter((code) => !Object.hasOwn(diagnosticTable, code))).toEqual([]);
});

describe("the bad example shows the code, the good one nothing of it and nothing new; the page shows both", () => {
  it.each(codes.filter((code) => Object.hasOwn(remedies, code)))("%s", async (code) => {
    const remedy = remedies[code];
    if (remedy === undefined) throw new Error("filtered above");
    const example = shown(code, remedy);
    expect(example.before.diagnostics.map((each) => each.code)).toContain(code);
    expect(example.after.diagnostics.filter((each) => each.code === code)).toEqual([]);
    expect(said(example.after).filter((each) => !said(example.before).includes(each))).toEqual([]);
    await expect(pageText(code, diagnosticTable[code], example)).toMatchFileSnapshot(join(docs, `${code}.md`));
  });
});

it("every page is about a code", () => {
  const known = [...codes, ...Object.entries(builtins).flatMap(([name, { diagnostics = {} }]) => Object.keys(diagnostics).map((code) => `${name}/${code}`))];
  const pages = readdirSync(docs, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
  expect(pages.map((file) => file.slice(0, -3).replaceAll("\\", "/")).sort()).toEqual(known.sort());
});
