/** The calls that `functions/` has answers for: a place of each is filled with columns of every type. */
import type { Catalogue, CatalogueColumn } from "../../packages/compiler/src/sql/bind/index.js";
import { readTyped } from "./notation.js";

/** Outcomes, and the types that have them: `T` is the type itself, ` / ` stands between those of NOT NULL and nullable arguments. */
export type Outcomes = Readonly<Record<string, string>>;
/** Columns of the probe: `n_i` is an int, `v_i` one that is never NULL. */
export const SHORT: Readonly<Record<string, string>> = {
  boolean: "bool",
  tinyint: "ti",
  smallint: "si",
  int: "i",
  bigint: "bi",
  float: "f",
  double: "d",
  "decimal(10,2)": "dec",
  string: "s",
  binary: "bin",
  date: "dt",
  timestamp: "ts",
  timestamp_ntz: "ntz",
  "array<int>": "arr",
  "map<string,int>": "m",
  "struct<a:int>": "st",
  "interval day to second": "dti",
  "interval year to month": "ymi",
};

function column(prefix: "n" | "v", kind: string): CatalogueColumn {
  const name = `${prefix}_${SHORT[kind]}`;
  if (kind.startsWith("interval")) {
    const type = kind.endsWith("second")
      ? ({ kind: "interval", start: 2, end: 5 } as const)
      : ({ kind: "interval", start: 0, end: 1 } as const);
    return { name, type, nullable: prefix === "n" };
  }
  const text = prefix === "n" ? kind : `${kind.replace(/(<int|,int|a:int)>/, "$1 not null>")} not null`;
  const typed = readTyped(text);
  if (typed === undefined) throw new Error(`no type: ${text}`);
  return { name, ...typed };
}

const columns = Object.keys(SHORT).flatMap((kind) => [column("n", kind), column("v", kind)]);
export const probe: Catalogue = new Map([["probe", { id: "probe", name: "probe", columns }]]);

/** A call with a column of one type in a place. */
export interface Case {
  readonly sql: string;
  readonly outcome: string;
}
export interface ProbeCase extends Case {
  readonly label: string;
  readonly kind: string;
}

/** The parts of a call with a hole: `f(?, 1) OVER (…)FROM VALUES …`. */
function splitCall(label: string): readonly [call: string, rest: string] {
  let depth = 0;
  let quote = "";
  for (let at = label.indexOf("("); at < label.length; at++) {
    const char = label.charAt(at);
    if (quote !== "") quote = char === quote && label.charAt(at - 1) !== "\\" ? "" : quote;
    else if (char === "'" || char === '"') quote = char;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char) && --depth === 0) return [label.slice(0, at + 1), label.slice(at + 1).trim()];
  }
  return [label, ""];
}

export function probeCases(label: string, outcomes: Outcomes): readonly ProbeCase[] {
  const [call, rest] = splitCall(label);
  // A question mark inside of a text is not the hole.
  if (call.indexOf("?") !== call.lastIndexOf("?")) return [];
  const [before = "", after = ""] = call.split("?");
  const [over = "", origin] = rest.split("FROM ");
  const from = origin === undefined ? "probe" : `probe, ${origin}`;
  return byType(outcomes).flatMap(({ kind, made }) =>
    (["v", "n"] as const).map((prefix, i) => ({
      label,
      kind,
      sql: `SELECT ${before}${prefix}_${SHORT[kind]}${after} ${over} FROM ${from}`,
      outcome: (made[i] ?? made[0] ?? "").replace(/^T(?= not null$|$)/, kind),
    })),
  );
}

export function byType(outcomes: Outcomes): readonly { readonly kind: string; readonly made: readonly string[] }[] {
  return Object.entries(outcomes).flatMap(([text, kinds]) => kinds.split(" | ").map((kind) => ({ kind, made: text.split(" / ") })));
}
