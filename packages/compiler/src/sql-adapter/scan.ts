import type { SqlProblem } from "../sql-port.js";

/** Operators between two separators. Measured: the parser survives 1,000 of any kind, slowly, and traps at 3,000 of some. */
export const LONGEST_CHAIN = 500;
/** The parser gives up on nested NOT at 50, and then names a wrong token. */
const LONGEST_NOT = 20;

// A string, a quoted name, a comment · a word · an operator · anything else.
const TOKEN =
  /(?:'(?:[^'\\]|\\[\s\S]|'')*'?|"(?:[^"\\]|\\[\s\S]|"")*"?|`(?:[^`]|``)*`?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|([A-Za-z_]\w*)|(\|\||&&|::|[-+*/%=<>!&|^~?[]+)|([,;])|\S/g;
const OPERATORS = new Set([
  "and",
  "or",
  "not",
  "like",
  "rlike",
  "ilike",
  "between",
  "is",
  "in",
  "div",
  "union",
  "intersect",
  "except",
  "minus",
  "array",
  "map",
  "struct",
  "when",
]);
const SEPARATORS = new Set(["from", "where", "having", "group", "order", "limit", "join", "on"]);

/** Counts chains of operators before the parser sees them: beyond some length it traps. */
export function scan(text: string): SqlProblem | undefined {
  let chain = 0;
  let nots = 0;
  for (const match of text.matchAll(TOKEN)) {
    const word = match[1]?.toLowerCase();
    if (match[3] !== undefined || (word !== undefined && SEPARATORS.has(word) && chain > 0 && word !== "from")) chain = 0;
    else if (match[2] !== undefined || (word !== undefined && OPERATORS.has(word))) chain++;
    nots = word === "not" ? nots + 1 : 0;
    if (chain > LONGEST_CHAIN || nots > LONGEST_NOT)
      return { kind: "too-deep", span: { start: match.index, end: match.index + match[0].length } };
  }
  return undefined;
}
