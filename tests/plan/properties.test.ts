import fc from "fast-check";
import { parse, stringify } from "yaml";
import { diff, type Plan } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { base } from "../key-table/base.js";
import { folderTexts, type Texts } from "../support/compile.js";
import { changed, sides, textsOf } from "./project.js";
import { table } from "./table.js";

const fraud = folderTexts("tests/support/fraud_files");
const fraudSides = sides(fraud);

it("is empty where nothing has changed", () => {
  for (const texts of [fraud, textsOf(base)]) {
    const same = sides(texts);
    const plan = diff(same, sides(texts));
    expect([plan.class, plan.changes, plan.environments.flatMap(({ steps, files }) => [...steps, ...files])]).toEqual(["none", [], []]);
  }
});

type Data = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Data => typeof value === "object" && value !== null && !Array.isArray(value);

/** Maps in another order; columns stay, for their order is that of the table. */
function shuffled(value: unknown, random: (most: number) => number, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, shuffled(inner, random, name)] as const);
  if (key !== "columns")
    for (let i = entries.length - 1; i > 0; i--) {
      const j = random(i);
      [entries[i], entries[j]] = [entries[j] as (typeof entries)[number], entries[i] as (typeof entries)[number]];
    }
  return Object.fromEntries(entries);
}

const SECTIONS = ["entities", "sources", "transforms", "features", "models", "deployments"];

/** The same project, written by somebody else: other order, other files, flow or block style, comments between the lines. */
function rewritten(texts: Texts, random: (most: number) => number): Texts {
  const documents = Object.entries(texts).filter(([path]) => path.endsWith(".yaml"));
  const all: Record<string, unknown> = {};
  for (const [, text] of documents)
    for (const [key, value] of Object.entries(parse(text) as Data))
      all[key] = isMap(all[key]) ? { ...all[key], ...(value as Data) } : value;
  const files = [{ ...all }, {}, {}, {}] as Record<string, Record<string, unknown>>[];
  for (const section of SECTIONS) {
    const definitions = Object.entries((all[section] ?? {}) as Data);
    delete files[0]?.[section];
    for (const [name, definition] of definitions) {
      const file = files[random(3)] ?? {};
      file[section] = { ...(file[section] as Data | undefined), [name]: definition };
    }
  }
  const others = Object.fromEntries(Object.entries(texts).filter(([path]) => !path.endsWith(".yaml")));
  const written = files.map((file, i): readonly [string, string] => {
    const text = stringify(shuffled(file, random), { collectionStyle: random(1) === 0 ? "block" : "any", lineWidth: 0 });
    // Between definitions of the top level, where no text of SQL is.
    const noted = text.replace(/^(?=[a-z])/gm, () => (random(1) === 0 ? "# A note.\n\n" : ""));
    return [i === 0 ? "mlspec.yaml" : `specs/part_${i}.yaml`, noted];
  });
  return { ...others, ...Object.fromEntries(written.filter(([, text]) => text.trim() !== "{}")) };
}

it("is empty where a project is only written otherwise, and what is emitted is the same", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (stream) => {
      const random = (most: number): number => (stream.next().value as number) % (most + 1);
      const plan = diff(fraudSides, sides(rewritten(fraud, random)));
      expect([plan.class, plan.changes.map(({ definition }) => definition), plan.environments.flatMap(({ files }) => files)]).toEqual([
        "none",
        [],
        [],
      ]);
    }),
    { numRuns: 25 },
  );
}, 60_000);

it("says that the order of columns is that of the table", () => {
  const data = fraud["specs/data.yaml"] ?? "";
  const texts = {
    ...fraud,
    "specs/data.yaml": data
      .replace("      merchant_id: string!\n      amount: ", "      amount: ")
      .replace(`      currency: string!\n`, "      merchant_id: string!\n$&"),
  };
  const plan = diff(fraudSides, sides(texts));
  expect(plan.changes.map(({ definition, class: kind, parts }) => [definition, kind, parts.map(({ path }) => path)])).toEqual([
    ["sources.transactions", "metadata", ["columns"]],
  ]);
});

it("says of both ways that the same definitions change", () => {
  const before = sides(textsOf(base));
  const rows = Object.values(table).filter((_, i) => i % 5 === 0);
  for (const { edits, files = {} } of rows) {
    const after = sides(changed(edits, files));
    const ids = (plan: Plan): readonly string[] => [...new Set(plan.changes.map(({ definition }) => definition))];
    expect(ids(diff(after, before))).toEqual(ids(diff(before, after)));
  }
}, 60_000);
