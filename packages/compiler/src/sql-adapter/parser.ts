/** The SQL parser's tree becomes ours, its faults become problems with places. Hosts bring the opened parser; a trap costs its instance, never an answer. */
import type { SqlParser, SqlProblem, SqlResult } from "../sql-port.js";
import { readStatement } from "./read.js";
import { scan } from "./scan.js";
import { spanReader, type Reader } from "./spans.js";

/** One instance of the parser. It throws when it traps, and is dead afterwards. */
export interface RawSqlInstance {
  parse(sql: string): { readonly json: string } | { readonly error: string };
}

export function createSqlParser(instantiate: () => RawSqlInstance): SqlParser {
  let instance: RawSqlInstance | undefined;
  return {
    parse(text) {
      const before = scan(text);
      if (before !== undefined) return { ok: false, problem: before };
      let answer: ReturnType<RawSqlInstance["parse"]>;
      try {
        instance ??= instantiate();
        answer = instance.parse(text);
      } catch {
        instance = undefined;
        return { ok: false, problem: { kind: "too-deep", span: whole(text) } };
      }
      const spans = spanReader(text);
      return "error" in answer ? { ok: false, problem: problemOf(answer.error, text, spans) } : read(answer.json, text, spans);
    },
  };
}

function read(json: string, text: string, spans: Reader): SqlResult {
  const statements: unknown = JSON.parse(json);
  if (!Array.isArray(statements) || statements.length !== 1) {
    return {
      ok: false,
      problem: { kind: "not-one-statement", count: Array.isArray(statements) ? statements.length : 0, span: whole(text) },
    };
  }
  return readStatement(statements[0], { spans, whole: whole(text) });
}

function problemOf(error: string, text: string, spans: Reader): SqlProblem {
  if (error.includes("recursion limit exceeded")) return { kind: "too-deep", span: whole(text) };
  const place = / at Line: (\d+), Column: (\d+)$/.exec(error);
  const message = error.replace(/^sql parser error: /, "").replace(/ at Line: \d+, Column: \d+$/, "");
  // The end of the text has no place of its own there: it is where the last word ends.
  if (place === null) {
    const end = text.trimEnd().length;
    return { kind: "syntax", message: message.replace("found: EOF", "found: end of text"), span: { start: Math.max(0, end - 1), end } };
  }
  const start = spans.offset(Number(place[1]), Number(place[2]));
  const word = /^(?:[\p{L}\p{N}_]+|\S)?/u.exec(text.slice(start))?.[0] ?? "";
  return { kind: "syntax", message, span: { start, end: start + word.length } };
}

function whole(text: string): { readonly start: number; readonly end: number } {
  const end = text.trimEnd().length;
  return { start: Math.min(text.length - text.trimStart().length, end), end };
}
