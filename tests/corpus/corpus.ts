/** Reads the corpus: tables, queries and what Spark says of them (`npm run corpus` writes the answers). */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Field } from "../../packages/compiler/src/data-type.js";
import { readTyped } from "./notation.js";

export interface CorpusTable {
  readonly name: string;
  readonly columns: readonly Field[];
}

/** An output column: its name, and its type in the corpus' notation. */
export type TrueColumn = readonly [name: string, type: string];

export interface AcceptedQuery {
  readonly family: string;
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly TrueColumn[];
}

export interface RejectedQuery {
  readonly family: string;
  readonly name: string;
  readonly sql: string;
  /** Spark's error condition, or the Java class where Spark itself falls over. */
  readonly error: string;
  /** The text that Spark points at; empty where it points at nothing. */
  readonly at: string;
}

export interface Corpus {
  readonly tables: readonly CorpusTable[];
  readonly accepted: readonly AcceptedQuery[];
  readonly rejected: readonly RejectedQuery[];
}

const folder = fileURLToPath(new URL("./sql/", import.meta.url));
const read = (path: string): string => readFileSync(folder + path, "utf8");

/**
 * `refused` holds queries that Spark accepts and that we refuse on purpose; `gaps` those that it accepts and our binder has still wrong:
 * with its fix, a query moves to `accepted`.
 */
export type Kind = "accepted" | "rejected" | "refused" | "gaps";

/** Name to text: a query begins with `-- # name` and goes on up to the next one. */
export function splitQueries(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^-- # (\S+)$/m);
  const found = new Map<string, string>();
  for (let at = 1; at < parts.length; at += 2) found.set(parts[at] ?? "", (parts[at + 1] ?? "").trim());
  return found;
}

export function families(kind: Kind): readonly string[] {
  if (!existsSync(folder + kind)) return [];
  return readdirSync(folder + kind)
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.slice(0, -".sql".length))
    .sort();
}

export function readFamily(kind: Kind, family: string): { queries: ReadonlyMap<string, string>; answers: ReadonlyMap<string, unknown> } {
  const answers = JSON.parse(read(`${kind}/${family}.json`)) as Record<string, unknown>;
  return { queries: splitQueries(read(`${kind}/${family}.sql`)), answers: new Map(Object.entries(answers)) };
}

export function readTables(): readonly CorpusTable[] {
  const tables = JSON.parse(read("tables.json")) as Record<string, Record<string, string>>;
  return Object.entries(tables).map(([name, columns]) => ({
    name,
    columns: Object.entries(columns).map(([column, text]) => {
      const typed = readTyped(text);
      if (!typed) throw new Error(`tables.json: ${name}.${column} is not a type: ${text}`);
      return { name: column, ...typed };
    }),
  }));
}

export function readCorpus(): Corpus {
  const accepted = families("accepted").flatMap((family) => {
    const { queries, answers } = readFamily("accepted", family);
    return [...queries].map(([name, sql]) => ({ family, name, sql, columns: answers.get(name) as readonly TrueColumn[] }));
  });
  const rejected = families("rejected").flatMap((family) => {
    const { queries, answers } = readFamily("rejected", family);
    return [...queries].map(([name, sql]) => ({ family, name, sql, ...(answers.get(name) as { error: string; at: string }) }));
  });
  return { tables: readTables(), accepted, rejected };
}
