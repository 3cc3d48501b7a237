/** Our binder against what real Spark says. */
import { expect, it } from "vitest";
import { bind, type Catalogue } from "../../packages/compiler/src/sql/bind/index.js";
import { sparkCondition } from "../../packages/compiler/src/diagnostics/analyze-sql.js";
import { parseSql } from "../../packages/compiler/src/sql/parse/index.js";
import { hasUnknown } from "../../packages/compiler/src/sql/types.js";
import { families, readCorpus, readFamily, type CorpusTable } from "./corpus.js";
import { bars, belowBars, measure, table, type Verdict } from "./measure.js";
import { printSqlType } from "./binder.js";

const corpus = readCorpus();
const catalogueOf = (tables: readonly CorpusTable[]): Catalogue =>
  new Map(tables.map(({ name, columns }) => [name.toLowerCase(), { id: name, name, columns }]));

function verdict(sql: string, tables: readonly CorpusTable[]): Verdict {
  const parsed = parseSql(sql);
  if (!parsed.ok) return { kind: "rejected", why: JSON.stringify(parsed.problem) };
  const { columns, open, findings } = bind(parsed.query, catalogueOf(tables));
  const [first] = findings;
  if (first !== undefined) return { kind: "rejected", why: `${first.condition} at ${sql.slice(first.span.start, first.span.end)}` };
  if (open) return { kind: "unknown", why: "columns that are not known" };
  return {
    kind: "columns",
    columns: columns.map(({ name, type, nullable }) => ({
      name: name ?? "",
      type: name === undefined || nullable === undefined || hasUnknown(type) ? undefined : printSqlType(type, nullable),
    })),
  };
}

it("agrees with Spark on every query, or says that it does not know", { timeout: 60_000 }, () => {
  const measured = measure(corpus, verdict);
  console.log(`${table(measured)}\n${measured.unanswered.join("\n")}\n${bars(measured, corpus)}`);
  expect(measured.wrong).toEqual([]);
  expect(belowBars(measured, corpus)).toEqual([]);
});

it("refuses on purpose, with a reason, what Spark takes: programs, and arguments that it drops", () => {
  const tables = catalogueOf(corpus.tables);
  const said = families("refused").flatMap((family) =>
    [...readFamily("refused", family).queries].map(([name, sql]) => {
      const parsed = parseSql(sql);
      return [family, name, parsed.ok ? bind(parsed.query, tables).findings[0]?.condition : parsed.problem.kind];
    }),
  );
  expect(said.length).toBeGreaterThan(20);
  // A program of the machine, and arguments that Spark drops unread.
  const reasons: Readonly<Record<string, string>> = {
    programs: "starts-a-program",
    dropped_arguments: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
  };
  expect(said.filter(([family = "", , reason]) => reason !== reasons[family])).toEqual([]);
});

it("calls nine of ten mistakes what Spark calls them, where it names a condition", { timeout: 60_000 }, () => {
  const tables = catalogueOf(corpus.tables);
  // Parentheses after `current_date` are a list of aliases to Spark, so that it says this of each argument.
  const mistakes = corpus.rejected.filter(({ error }) => error !== "MULTI_ALIAS_WITHOUT_GENERATOR");
  const named = mistakes.flatMap(({ sql, family, name, error }) => {
    const parsed = parseSql(sql);
    const [first] = parsed.ok ? bind(parsed.query, tables).findings : [];
    const said = first && sparkCondition(first.condition);
    return said === undefined ? [] : [{ query: `${family}/${name}`, said, truth: sparkCondition(error) ?? error }];
  });
  const other = named.filter(({ said, truth }) => said !== truth);
  console.log(`${named.length - other.length} of ${named.length} mistakes are called as Spark does; not so:`);
  for (const { query, said, truth } of other) console.log(`${query}: ${said}, Spark: ${truth}`);
  expect(named.length).toBeGreaterThan(350);
  expect(other.length / named.length).toBeLessThan(0.1);
});

it("points at a place inside the text, for each mistake", () => {
  const tables = catalogueOf(corpus.tables);
  for (const { sql, name } of corpus.rejected) {
    const parsed = parseSql(sql);
    const spans = parsed.ok ? bind(parsed.query, tables).findings.map(({ span }) => span) : [parsed.problem.span];
    for (const { start, end } of spans)
      expect(start >= 0 && start < end && end <= sql.length, `${name}: ${start}–${end} of ${sql.length}`).toBe(true);
  }
});

it("finds no mistake where it knows no columns: unknown flows on", () => {
  const open: Catalogue = new Map(corpus.tables.map(({ name }) => [name.toLowerCase(), { id: name, name }]));
  const wrong = corpus.accepted.flatMap(({ family, name, sql }) => {
    const parsed = parseSql(sql);
    const findings = parsed.ok ? bind(parsed.query, open).findings : [];
    return findings.map(({ condition, span }) => `${family}/${name}: ${condition} at ${sql.slice(span.start, span.end)}`);
  });
  expect(wrong).toEqual([]);
});

it("answers, with places inside the text, for queries with any word missing", { timeout: 60_000 }, () => {
  const tables = catalogueOf(corpus.tables);
  const outside: string[] = [];
  let asked = 0;
  for (const { sql, family, name } of [...corpus.accepted, ...corpus.rejected].filter((_, i) => i % 5 === 0)) {
    for (const word of sql.matchAll(/[A-Za-z_0-9.]+|[^\sA-Za-z_0-9.]/g)) {
      const text = sql.slice(0, word.index) + sql.slice(word.index + word[0].length);
      const parsed = parseSql(text);
      const spans = parsed.ok ? bind(parsed.query, tables).findings.map(({ span }) => span) : [parsed.problem.span];
      for (const { start, end } of spans)
        if (!(start >= 0 && start <= end && end <= text.length))
          outside.push(`${family}/${name} without ${word[0]}: ${start}–${end} of ${text.length}`);
      asked += 1;
    }
  }
  expect(outside).toEqual([]);
  expect(asked).toBeGreaterThan(10_000);
});
