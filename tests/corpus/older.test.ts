/** What our tables say that Spark 4.0 lacks, against what Spark 4.0 itself says of every query and function of the corpus. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bind, type Catalogue } from "../../packages/compiler/src/sql/bind/index.js";
import { findFunction, functionNames } from "../../packages/compiler/src/sql/functions/table.js";
import { parseSql } from "../../packages/compiler/src/sql/parse/index.js";
import { families, readFamily, readTables, type Kind } from "./corpus.js";
import { probe, probeCases, type Outcomes } from "./calls.js";

interface Older {
  /** By `kind/family/name`: columns, or an error's condition. */
  readonly queries: Readonly<Record<string, readonly (readonly [string, string])[] | string>>;
  /** By function: an error's condition, or outcomes by call and type. */
  readonly functions: Readonly<Record<string, string | Readonly<Record<string, Outcomes>>>>;
  readonly operators: Readonly<Record<string, Outcomes>>;
}
const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
const older = JSON.parse(read("./spark-4.0.json")) as Older;
const tables: Catalogue = new Map(readTables().map(({ name, columns }) => [name.toLowerCase(), { id: name, name, columns }]));

/** What a query needs that 4.0 lacks; undefined where it is refused on every version. */
function needs(sql: string, catalogue: Catalogue): readonly string[] | undefined {
  const parsed = parseSql(sql);
  if (!parsed.ok) return undefined;
  const bound = bind(parsed.query, catalogue);
  return bound.findings.length > 0 ? undefined : [...parsed.needs, ...bound.needs].map(({ what }) => what);
}

it("knows of each query whether Spark 4.0 makes of it what 4.1 makes", () => {
  const wrong = (["accepted", "gaps"] as const satisfies readonly Kind[]).flatMap((kind) =>
    families(kind).flatMap((family) =>
      [...readFamily(kind, family).queries].flatMap(([name, sql]) => {
        const found = needs(sql, tables);
        const differs = Object.hasOwn(older.queries, `${kind}/${family}/${name}`);
        // What is not read at all is refused for every version; a value that differs is not seen in a column's type.
        const told = found?.filter((what) => differs || !/^`(''|"")`/.test(what));
        if (told === undefined ? kind === "gaps" : told.length > 0 === differs) return [];
        return [
          `${family}/${name}: ${found?.join(", ") ?? "refused"}; Spark 4.0: ${JSON.stringify(older.queries[`${kind}/${family}/${name}`] ?? "the same")}`,
        ];
      }),
    ),
  );
  expect(wrong).toEqual([]);
  expect(Object.keys(older.queries).filter((name) => name.startsWith("accepted/")).length).toBeGreaterThanOrEqual(14);
});

it("refuses on both versions what Spark 4.1 refuses: 4.0 takes none of it", () => {
  const taken = Object.entries(older.queries).filter(([name, answer]) => name.startsWith("rejected/") && typeof answer !== "string");
  expect(taken).toEqual([]);
});

it("knows of each function whether Spark 4.0 has it", () => {
  const lacking = [...functionNames()].filter((name) => {
    const since = findFunction(name)?.since;
    return since !== undefined && since.arities === undefined;
  });
  const missing = Object.keys(older.functions).filter((name) => older.functions[name] === "UNRESOLVED_ROUTINE");
  expect(lacking.sort()).toEqual(missing.sort());
  expect(missing.length).toBeGreaterThan(40);
});

it("knows of each call, with arguments of every type, whether Spark 4.0 makes of it what 4.1 makes", { timeout: 60_000 }, () => {
  const folder = new URL("./functions/", import.meta.url);
  const files = readdirSync(fileURLToPath(folder)).filter((file) => file !== "pairs.json" && file !== "casts.json");
  const wrong: string[] = [];
  const counts = { same: 0, lacking: 0 };
  for (const [name, { probes = {} }] of files.flatMap((file) =>
    Object.entries(
      JSON.parse(read(`./functions/${file}`)) as Readonly<Record<string, { readonly probes?: Readonly<Record<string, Outcomes>> }>>,
    ),
  ))
    for (const { sql, outcome, label, kind } of Object.entries(probes).flatMap(([call, outcomes]) => probeCases(call, outcomes))) {
      const answer = older.functions[name];
      if (/^[A-Z_]{4,}/.test(outcome)) continue;
      const differs = typeof answer === "string" || answer?.[label]?.[kind] !== undefined;
      const found = needs(sql, probe);
      counts[differs ? "lacking" : "same"]++;
      if (found === undefined || found.length > 0 !== differs)
        wrong.push(`${sql}: ${found?.join() ?? "refused"}; Spark 4.0: ${differs ? "differs" : "the same"}`);
    }
  console.log(counts);
  expect(wrong).toEqual([]);
  expect(counts.same).toBeGreaterThan(15_000);
  expect(counts.lacking).toBeGreaterThan(500);
});

it("has operators and casts that both versions treat alike", () => {
  expect(older.operators).toEqual({});
});
