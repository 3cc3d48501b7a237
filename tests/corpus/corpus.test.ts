import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { families, readCorpus, readFamily } from "./corpus.js";
import { belowBars, measure, table, type Bind, type Verdict } from "./measure.js";
import { printTyped, readTyped } from "./notation.js";

const corpus = readCorpus();
const functionsFolder = fileURLToPath(new URL("./functions/", import.meta.url));

/** What Spark knows of its functions, by name. */
function readFunctions(): ReadonlyMap<string, { readonly arity?: { readonly taken: readonly number[] } }> {
  const files = readdirSync(functionsFolder).filter((file) => file !== "pairs.json" && file !== "casts.json");
  return new Map(files.flatMap((file) => Object.entries(JSON.parse(readFileSync(functionsFolder + file, "utf8")) as object)));
}

/** Functions that a query calls, leaving comments, texts and words of the grammar out. */
function callsOf(sql: string, known: ReadonlySet<string>): readonly string[] {
  const words = new Set([
    "and",
    "or",
    "not",
    "in",
    "like",
    "ilike",
    "rlike",
    "regexp",
    "between",
    "case",
    "when",
    "any",
    "all",
    "exists",
    "filter",
  ]);
  const code = sql.replaceAll(/--.*|\/\*[^]*?\*\//g, " ").replaceAll(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"/g, "''");
  const called = [...code.matchAll(/\b([a-z_]\w*)\s*\(/gi)].map(([, name]) => (name ?? "").toLowerCase());
  const lambdas = [...code.matchAll(/\b(exists|filter)\(\s*(?!where|select|with)/gi)].map(([, name]) => (name ?? "").toLowerCase());
  return [...called.filter((name) => known.has(name) && !words.has(name)), ...lambdas];
}

describe("the corpus", () => {
  it.each(["accepted", "rejected", "refused", "gaps"] as const)("has one answer for each query, in order: %s", (kind) => {
    for (const family of families(kind)) {
      const { queries, answers } = readFamily(kind, family);
      expect([...answers.keys()], `${kind}/${family}.json is stale: npm run corpus`).toStrictEqual([...queries.keys()]);
      for (const [name, sql] of queries) expect(sql, `${family}/${name}`).not.toBe("");
    }
  });

  it("is as large as it has to be", () => {
    expect(corpus.accepted.length).toBeGreaterThanOrEqual(650);
    expect(corpus.rejected.length).toBeGreaterThanOrEqual(180);
  });

  it("reads every column of every table, and prints its type back", () => {
    for (const { name, columns } of corpus.tables)
      for (const column of columns)
        expect(readTyped(printTyped(column)), `${name}.${column.name}`).toStrictEqual({ type: column.type, nullable: column.nullable });
  });

  it("prints each type of an answer as Spark's text, but for types outside of the language", () => {
    const texts = corpus.accepted.flatMap((query) => query.columns.map(([, text]) => text));
    const read = texts.flatMap((text) => readTyped(text) ?? []);
    expect(read.map(printTyped)).toEqual(texts.filter((text) => readTyped(text) !== undefined));
    const outside = new Set(texts.filter((text) => readTyped(text) === undefined));
    for (const text of outside) expect(text).toMatch(/interval|void|variant|char\(|time\(/);
  });

  it("names an error of Spark for each rejected query", () => {
    for (const query of corpus.rejected)
      expect(query.error, `${query.family}/${query.name}`).toMatch(/^([A-Z0-9_]+(\.[A-Z0-9_]+)?|(\w+\.)+\w+)$/);
  });

  it("calls at least 350 functions in accepted queries", () => {
    const known = new Set(readFunctions().keys());
    const called = new Set(corpus.accepted.flatMap((query) => callsOf(query.sql, known)));
    console.log(`${corpus.accepted.length} accepted and ${corpus.rejected.length} rejected queries call ${called.size} of ${known.size} functions; not called:
${[...known].filter((name) => !called.has(name)).join(" ")}`);
    expect(called.size).toBeGreaterThanOrEqual(350);
  });

  it("knows every built-in function with its numbers of arguments", () => {
    const functions = readFunctions();
    expect(functions.size).toBeGreaterThanOrEqual(500);
    expect(functions.get("substring")?.arity?.taken).toStrictEqual([2, 3]);
    expect(functions.get("pi")?.arity?.taken).toStrictEqual([0]);
  });
});

describe("the measure", () => {
  const truth: Bind = (sql) => {
    const accepted = corpus.accepted.find((query) => query.sql === sql);
    if (!accepted) return { kind: "rejected", why: "Spark does" };
    return { kind: "columns", columns: accepted.columns.map(([name, type]) => ({ name, type })) };
  };
  const changed = (change: (verdict: Verdict) => Verdict): Bind => {
    let first = true;
    return (sql, tables) => {
      const verdict = truth(sql, tables);
      if (!first || verdict.kind !== "columns") return verdict;
      first = false;
      return change(verdict);
    };
  };

  it("finds nothing wrong with the truth", () => {
    const measured = measure(corpus, truth);
    expect(measured.wrong).toStrictEqual([]);
    expect(measured.unanswered).toStrictEqual([]);
    expect(belowBars(measured, corpus)).toStrictEqual([]);
    expect(table(measured).split("\n").at(-1)).toMatch(/^total +\d+ +0 +0 +\d+ +0 +0$/);
  });

  it.each<[string, (verdict: Verdict) => Verdict]>([
    ["a wrong type", (v) => (v.kind === "columns" ? { ...v, columns: v.columns.map((c) => ({ ...c, type: "void" })) } : v)],
    ["a wrong name", (v) => (v.kind === "columns" ? { ...v, columns: v.columns.map((c) => ({ ...c, name: `${c.name}!` })) } : v)],
    ["a missing column", (v) => (v.kind === "columns" ? { ...v, columns: v.columns.slice(1) } : v)],
    ["a rejection", () => ({ kind: "rejected", why: "a mistake" })],
  ])("is below the bars for %s", (_, change) => {
    const measured = measure(corpus, changed(change));
    expect(measured.wrong.length).toBeGreaterThan(0);
    expect(belowBars(measured, corpus)).toHaveLength(1);
  });

  it("is below the bars for one that knows nothing", () => {
    const measured = measure(corpus, () => ({ kind: "unknown" }));
    expect(measured.wrong).toStrictEqual([]);
    expect(belowBars(measured, corpus)).toHaveLength(2);
  });
});
