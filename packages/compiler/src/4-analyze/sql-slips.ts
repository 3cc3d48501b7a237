/** Slips in SQL that the parser notices later, or tells in words of its grammar. Guesses from the text: where none fits, its own words stand. */
import { nearest } from "../diagnostics/nearest.js";
import type { Span } from "../text.js";

export interface SqlSlip {
  readonly span: Span;
  readonly message: string;
  /** What to do. */
  readonly advice: string;
}

/** Words that begin a clause. */
const CLAUSES: readonly string[] = [
  "FROM",
  "WHERE",
  "GROUP",
  "ORDER",
  "HAVING",
  "JOIN",
  "INNER",
  "LEFT",
  "RIGHT",
  "FULL",
  "CROSS",
  "LIMIT",
  "UNION",
  "SELECT",
];

export function slipInSql(sql: string, { span, message }: { readonly span: Span; readonly message: string }): SqlSlip | undefined {
  return template(sql, span) ?? commaTooMany(sql, span, message) ?? openString(sql, span, message) ?? clause(sql, span, message);
}

/** The statement that a first word means. */
export function statementMeant(found: string): string | undefined {
  return nearest(found, ["SELECT", "WITH", "VALUES"]);
}

/** `{{ ref('orders') }}`, as dbt has it. */
function template(sql: string, span: Span): SqlSlip | undefined {
  const found = /^\{[{%][^}]*[}%]\}/.exec(sql.slice(span.start))?.[0];
  if (found === undefined) return undefined;
  const table = /(?:ref|source)\s*\((?:[^)]*,)?\s*['"]([^'"]+)['"]\s*\)/.exec(found)?.[1];
  return {
    span: { start: span.start, end: span.start + found.length },
    message: `\`${found}\` is of a template language, which is not read here`,
    advice: table === undefined ? "Write the SQL as it is to run." : `Tables are called by their names: write \`${table}\`.`,
  };
}

/** `SELECT a, b, FROM t`. */
function commaTooMany(sql: string, span: Span, message: string): SqlSlip | undefined {
  const comma = /,(?:\s|--[^\n]*\n)*$/.exec(sql.slice(0, span.start));
  const word = /^(?:\w+|\))/.exec(sql.slice(span.start))?.[0];
  if (comma === null || word === undefined || !message.startsWith("expected an expression")) return undefined;
  return {
    span: { start: comma.index, end: comma.index + 1 },
    message: `behind this comma another column is expected, and \`${word}\` follows`,
    advice: "Take the comma away.",
  };
}

function openString(sql: string, { start }: Span, message: string): SqlSlip | undefined {
  if (message !== "this string has no end") return undefined;
  const end = sql.slice(start).search(/[\r\n]|$/);
  return { span: { start, end: start + end }, message, advice: `Write \`${sql.charAt(start)}\` where it ends.` };
}

/** `FORM orders`, `GRUOP BY`. */
function clause(sql: string, span: Span, message: string): SqlSlip | undefined {
  const { start, word } = wordAt(sql, span.start);
  const near = word.length < 3 ? undefined : nearest(word.toUpperCase(), CLAUSES);
  if (!message.startsWith("expected") || near === undefined || CLAUSES.includes(word.toUpperCase())) return undefined;
  return { span: { start, end: start + word.length }, message: `\`${word}\` is not expected here`, advice: `Did you mean \`${near}\`?` };
}

function wordAt(sql: string, start: number): { readonly start: number; readonly word: string } {
  return { start, word: /^[A-Za-z]+(?![\w.(])/.exec(sql.slice(start))?.[0] ?? "" };
}

/** A column that is another's alias, where a comma was left out: `merchant_id country` for `merchant_id, country`. */
export function commaLeftOut(sql: string, column: string, columns: readonly string[]): Span | undefined {
  const found = [...sql.matchAll(/(?<![\w.`])(?:\w+\.)?(\w+)[ \t]+(\w+)(?=\s*(?:,|\s+FROM\b))/gi)];
  const one = found.find(([, name, alias]) => name === column && alias !== undefined && columns.includes(alias));
  return one === undefined ? undefined : { start: one.index, end: one.index + one[0].length };
}
