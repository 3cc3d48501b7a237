/** Every function against what Spark gave for arguments of every type, one place at a time; operators for every pair of types; casts. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bind } from "../../packages/compiler/src/sql/bind/index.js";
import { findFunction, functionNames } from "../../packages/compiler/src/sql/functions/table.js";
import { parseSql } from "../../packages/compiler/src/sql/parse/index.js";
import { hasUnknown } from "../../packages/compiler/src/sql/types.js";
import { printSqlType } from "./binder.js";
import { readFamily } from "./corpus.js";
import { byType, probe, probeCases, SHORT, type Case, type Outcomes } from "./calls.js";

const folder = fileURLToPath(new URL("./functions/", import.meta.url));
const read = (file: string): unknown => JSON.parse(readFileSync(folder + file, "utf8"));

interface Entry {
  /** Numbers of arguments with which Spark does not say that it is a wrong number. */
  readonly arity?: { readonly taken: readonly number[] };
  readonly probes?: Readonly<Record<string, Outcomes>>;
}
const functions = readdirSync(folder)
  .filter((file) => file !== "pairs.json" && file !== "casts.json")
  .flatMap((file) => Object.entries(read(file) as Readonly<Record<string, Entry>>));

function pairCases(operator: string, matrix: Readonly<Record<string, Outcomes>>): readonly Case[] {
  const named = /^[a-z]/.test(operator);
  const [open, middle, close] =
    operator === "in"
      ? ["", " IN (", ")"]
      : operator === "if"
        ? ["if(v_bool, ", ", ", ")"]
        : named
          ? [`${operator}(`, ", ", ")"]
          : ["", ` ${operator} `, ""];
  return Object.entries(matrix).flatMap(([left, outcomes]) =>
    byType(outcomes).flatMap(({ kind, made }) =>
      ["vv", "nv", "vn", "nn"].map((ways, i) => ({
        sql: `SELECT ${open}${ways.charAt(0)}_${SHORT[left]}${middle}${ways.charAt(1)}_${SHORT[kind]}${close} FROM probe`,
        outcome: made[i] ?? made[0] ?? "",
      })),
    ),
  );
}

function castCases(word: string, matrix: Readonly<Record<string, Outcomes>>): readonly Case[] {
  return Object.entries(matrix).flatMap(([from, outcomes]) =>
    byType(outcomes).flatMap(({ kind, made }) =>
      (["v", "n"] as const).map((prefix, i) => ({
        sql: `SELECT ${word}(${prefix}_${SHORT[from]} AS ${kind}) FROM probe`,
        outcome: (made[i] ?? made[0] ?? "").replace(/^T(?= not null$|$)/, kind),
      })),
    ),
  );
}

function judge(cases: readonly Case[]): {
  readonly wrong: readonly string[];
  readonly counts: Readonly<Record<"right" | "unknown" | "caught" | "missed", number>>;
} {
  const wrong: string[] = [];
  const counts = { right: 0, unknown: 0, caught: 0, missed: 0 };
  for (const { sql, outcome } of cases) {
    const parsed = parseSql(sql);
    const made = parsed.ok ? bind(parsed.query, probe) : undefined;
    const refused = made === undefined || made.findings.length > 0;
    if (/^[A-Z_]{4,}/.test(outcome)) counts[refused ? "caught" : "missed"]++;
    else if (made === undefined || refused) wrong.push(`${sql}: ${made?.findings[0]?.condition ?? "syntax"}, Spark: ${outcome}`);
    else if (made.open || made.columns.some(({ type, nullable }) => hasUnknown(type) || nullable === undefined)) counts.unknown++;
    else {
      const text = made.columns.map(({ type, nullable }) => printSqlType(type, nullable === true)).join(", ");
      if (text === outcome) counts.right++;
      else wrong.push(`${sql}: ${text}, Spark: ${outcome}`);
    }
  }
  return { wrong, counts };
}

const share = (part: number, other: number): number => part / (part + other);

it("knows every function of Spark by name, and none that it does not have", () => {
  const names = functions
    .map(([name]) => name)
    .filter((name) => /^[a-z]/.test(name) && !["and", "or", "not", "in", "between", "case", "cast"].includes(name));
  expect(names.filter((name) => findFunction(name) === undefined)).toEqual([]);
  // What `DATEADD(DAY, …)` and `DATEDIFF(DAY, …)` are read as.
  const ours = new Set(["timestampadd", "timestampdiff"]);
  const theirs = new Set(functions.map(([name]) => name));
  expect([...functionNames()].filter((name) => !theirs.has(name) && !ours.has(name))).toEqual([]);
});

/** `name_count`: calls that Spark refuses, though it says that something else is wrong with them, and those whose arguments it drops unread. */
const refusedOtherwise = new Set([
  ...readFamily("rejected", "arity").answers.keys(),
  ...readFamily("refused", "dropped_arguments").answers.keys(),
]);

/** What the binder says of a call with so many arguments. */
function conditions(name: string, count: number): readonly string[] {
  const kind = findFunction(name)?.kind;
  const call = `${name}(${Array.from({ length: count }, () => "NULL").join(", ")})`;
  const parsed = parseSql(kind === "table" ? `SELECT * FROM ${call}` : `SELECT ${call}${kind === "window" ? " OVER (ORDER BY v_i)" : ""} FROM probe`); // prettier-ignore
  return parsed.ok ? bind(parsed.query, probe).findings.map(({ condition }) => condition) : ["syntax"];
}

it("takes as many arguments as Spark, of every function", () => {
  const wrong = functions.flatMap(([name, { arity }]) =>
    arity === undefined
      ? []
      : Array.from({ length: 9 }, (_, count) => count).flatMap((count) => {
          const found = conditions(name, count);
          const isNumber = found.some((condition) => condition.startsWith("WRONG_NUM_ARGS") || condition === "syntax");
          if (!arity.taken.includes(count)) return found.length > 0 ? [] : [`${name} with ${count}: taken, Spark refuses it`];
          return isNumber && !refusedOtherwise.has(`${name}_${count}`) ? [`${name} with ${count}: ${found.join()}, Spark takes it`] : [];
        }),
  );
  expect(wrong).toEqual([]);
});

it("gives what Spark gives, for arguments of every type", { timeout: 60_000 }, () => {
  const { wrong, counts } = judge(
    functions.flatMap(([, { probes = {} }]) => Object.entries(probes).flatMap(([label, outcomes]) => probeCases(label, outcomes))),
  );
  console.log("functions", counts);
  expect(wrong).toEqual([]);
  expect(share(counts.right, counts.unknown)).toBeGreaterThan(0.98);
  expect(share(counts.caught, counts.missed)).toBeGreaterThan(0.95);
});

it("computes, compares and casts as Spark does, for every pair of types", { timeout: 60_000 }, () => {
  type Matrices = Readonly<Record<string, Readonly<Record<string, Outcomes>>>>;
  const pairs = Object.entries(read("pairs.json") as Matrices).flatMap(([operator, matrix]) => pairCases(operator, matrix));
  const casts = Object.entries(read("casts.json") as Matrices).flatMap(([word, matrix]) => castCases(word, matrix));
  const { wrong, counts } = judge([...pairs, ...casts]);
  console.log("operators and casts", counts);
  expect(wrong).toEqual([]);
  expect(share(counts.right, counts.unknown)).toBeGreaterThan(0.99);
  expect(share(counts.caught, counts.missed)).toBeGreaterThan(0.99);
});
