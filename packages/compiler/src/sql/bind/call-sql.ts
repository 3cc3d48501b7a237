/** Calls as Spark writes them in the name of a column: not always as they were written. */
import type { CallExpr } from "../ast.js";
import type { FunctionDef } from "../functions/signature.js";
import { joinSql, sqlOf, type Bound } from "./bound.js";

export function callSql(expr: CallExpr, def: FunctionDef, args: readonly Bound[], filter: Bound | undefined): string | undefined {
  const sqls = args.map(({ sql }) => sql);
  if (expr.form === "bare" && (def.name === "session_user" || def.name === "user")) return "current_user()";
  const condition = filter === undefined ? [] : [" FILTER (WHERE ", filter.sql, ")"];
  // With IGNORE NULLS Spark makes another function of them.
  const name = expr.nulls === "ignore" ? def.name.replace(/^(first|last)_value$/, "$1") : def.name;
  const special = SPECIAL[expr.form === "trim" || expr.form === "position" ? `${def.name} from` : name];
  if (special !== undefined && !expr.distinct) return sqlOf([special(sqls, args), ...condition]);
  if (expr.form === "extract") return sqlOf(["extract(", sqls[0], " FROM ", sqls[1], ")"]);
  const { signature } = def;
  // What was left out may be written: where we have not seen how, we do not know.
  if (signature !== undefined && !signature.repeated && args.length < signature.params.length && !SHORT.has(def.name)) return undefined;
  return sqlOf([def.written, "(", expr.distinct ? "DISTINCT " : "", joinSql(sqls, ", "), ")", ...condition]);
}

type Sqls = readonly (string | undefined)[];
type Write = (sqls: Sqls, args: readonly Bound[]) => string | undefined;

/** Written without the arguments that were left out. */
const SHORT = new Set(["rand", "randn", "random", "trim", "ltrim", "rtrim", "btrim", "to_date", "to_timestamp", "date_trunc", "sort_array", "ceil", "floor", "ceiling", "log", "uuid", "to_json", "approx_count_distinct", "percentile_approx", "approx_percentile", "try_to_timestamp", "current_timestamp", "array_join", "to_binary", "try_to_date", "mode", "parse_url", "try_parse_url", "levenshtein", "to_timestamp_ntz", "to_timestamp_ltz"]); // prettier-ignore

/** Arguments beyond the first `least` have these values where they are left out. */
const padded =
  (name: string, least: number, ...rest: readonly string[]): Write =>
  (sqls) =>
    sqlOf([name, "(", joinSql([...sqls, ...rest.slice(sqls.length - least)], ", "), ")"]);
/** Only the first arguments are written. */
const only =
  (name: string, count: number): Write =>
  (sqls) =>
    sqlOf([name, "(", joinSql(sqls.slice(0, count), ", "), ")"]);
const infix =
  (...parts: readonly (string | number)[]): Write =>
  (sqls) =>
    sqlOf(parts.map((part) => (typeof part === "number" ? sqls[part] : part)));
const trimmed =
  (side: string, name: string): Write =>
  (sqls) =>
    sqls.length === 1 ? sqlOf([name, "(", sqls[0], ")"]) : sqlOf([`TRIM(${side} `, sqls[0], " FROM ", sqls[1], ")"]);
const unseen: Write = () => undefined;
/** Two names: with one argument and with more. */
const byCount =
  (one: string, more: string): Write =>
  (sqls) =>
    sqlOf([sqls.length === 1 ? one : more, "(", joinSql(sqls, ", "), ")"]);
const SPECIAL: Readonly<Record<string, Write>> = {
  if: (sqls) => sqlOf(["(IF(", joinSql(sqls, ", "), "))"]),
  round: padded("round", 1, "0"),
  bround: padded("bround", 1, "0"),
  substr: padded("substr", 2, "2147483647"),
  substring: padded("substring", 2, "2147483647"),
  overlay: padded("overlay", 3, "-1"),
  lag: padded("lag", 1, "1", "NULL"),
  lead: padded("lead", 1, "1", "NULL"),
  locate: padded("locate", 2, "1"),
  position: padded("position", 2, "1"),
  "position from": padded("locate", 2, "1"),
  split: padded("split", 2, "-1"),
  regexp_instr: padded("regexp_instr", 2, "0"),
  regexp_replace: padded("regexp_replace", 3, "1"),
  regexp_extract: padded("regexp_extract", 2, "1"),
  regexp_extract_all: padded("regexp_extract_all", 2, "1"),
  mask: padded("mask", 1, "X", "x", "n", "NULL"),
  months_between: padded("months_between", 2, "true"),
  percentile: padded("percentile", 2, "1"),
  str_to_map: padded("str_to_map", 1, ",", ":"),
  sentences: padded("sentences", 1, "", ""),
  from_unixtime: padded("from_unixtime", 1, "yyyy-MM-dd HH:mm:ss"),
  listagg: padded("listagg", 1, "NULL"),
  string_agg: padded("string_agg", 1, "NULL"),
  current_time: padded("current_time", 0, "6"),
  hll_sketch_agg: padded("hll_sketch_agg", 1, "12"),
  theta_sketch_agg: padded("theta_sketch_agg", 1, "12"),
  theta_union_agg: padded("theta_union_agg", 1, "12"),
  theta_union: padded("theta_union", 2, "12"),
  hll_union: padded("hll_union", 2, "false"),
  make_dt_interval: padded("make_dt_interval", 0, "0", "0", "0", "0.000000"),
  make_ym_interval: padded("make_ym_interval", 0, "0", "0"),
  make_interval: padded("make_interval", 0, "0", "0", "0", "0", "0", "0", "0.000000"),
  first: only("first", 1),
  last: only("last", 1),
  first_value: only("first_value", 1),
  last_value: only("last_value", 1),
  any_value: only("any_value", 1),
  from_json: only("from_json", 1),
  from_csv: only("from_csv", 1),
  from_xml: only("from_xml", 1),
  schema_of_json: only("schema_of_json", 1),
  schema_of_csv: only("schema_of_csv", 1),
  schema_of_xml: only("schema_of_xml", 1),
  ilike: only("ilike", 2),
  isnull: infix("(", 0, " IS NULL)"),
  isnotnull: infix("(", 0, " IS NOT NULL)"),
  positive: infix("(+ ", 0, ")"),
  datepart: infix("datepart(", 0, " FROM ", 1, ")"),
  ceil: byCount("CEIL", "ceil"),
  floor: byCount("FLOOR", "floor"),
  like: (sqls) => (sqls.length === 2 ? sqlOf([sqls[0], " LIKE ", sqls[1]]) : undefined),
  variant_get: only("variant_get", 2),
  try_variant_get: only("try_variant_get", 2),
  to_char: unseen,
  to_varchar: unseen,
  mode: (sqls) => (sqls.length === 1 ? sqlOf(["mode(", sqls[0], ")"]) : undefined),
  rank: only("RANK", 0),
  dense_rank: only("DENSE_RANK", 0),
  percent_rank: only("PERCENT_RANK", 0),
  to_csv: only("to_csv", 1),
  to_json: only("to_json", 1),
  to_xml: only("to_xml", 1),
  make_timestamp: unseen,
  make_timestamp_ltz: unseen,
  make_timestamp_ntz: unseen,
  try_make_timestamp: unseen,
  try_make_timestamp_ltz: unseen,
  try_make_timestamp_ntz: unseen,
  assert_true: unseen,
  raise_error: unseen,
  convert_timezone: unseen,
  aes_encrypt: unseen,
  aes_decrypt: unseen,
  try_aes_decrypt: unseen,
  lpad: (sqls) => (sqls.length === 3 ? sqlOf(["lpad(", joinSql(sqls, ", "), ")"]) : undefined),
  rpad: (sqls) => (sqls.length === 3 ? sqlOf(["rpad(", joinSql(sqls, ", "), ")"]) : undefined),
  array_sort: unseen,
  "trim from": trimmed("BOTH", "trim"),
  "ltrim from": trimmed("LEADING", "ltrim"),
  "rtrim from": trimmed("TRAILING", "rtrim"),
};
