import type { Scalar } from "yaml";
import { quote } from "../diagnostics/define.js";
import type { Reading } from "./data.js";
import { spanOf } from "./locate.js";

/** A ` #` that cuts an unquoted text where the text was meant to go on. */
export function checkComment(scalar: Scalar, reading: Reading): void {
  const span = spanOf(scalar);
  if (scalar.type !== "PLAIN" || typeof scalar.value !== "string" || span === undefined) return;
  const { text } = reading.file;
  const [gap, comment] = /^([ \t]+)(#[^\r\n]*)/.exec(text.slice(span.end, lineEnd(text, span.end)))?.slice(1) ?? [];
  if (gap === undefined || comment === undefined) return;
  const kept = scalar.value;
  const hash = span.end + gap.length;
  const whole = text.slice(span.start, hash) + comment.trimEnd();
  const fix = {
    title: `Put ${quote(whole)} in quotes`,
    edits: [{ ...reading.place({ start: span.start, end: span.start + whole.length }), newText: quoted(whole) }],
  };
  if (unclosed(kept)) {
    reading.report("comment-cut", reading.place({ start: hash, end: hash + comment.length }), { kept }, { fix });
    // What was meant goes on, so that nothing else is said about it.
    scalar.value = whole;
    scalar.range = [span.start, span.start + whole.length, span.start + whole.length];
  } else if (/^#[^\s#!]/.test(comment)) {
    const word = comment.trimEnd();
    reading.report(
      "comment-or-text",
      reading.place({ start: hash, end: hash + word.length }),
      { kept, comment: word },
      { fix: { ...fix, guess: true } },
    );
  }
}

/** Whether a quote or bracket of another language is open at the end. An apostrophe within a word is none. */
export function unclosed(value: string): boolean {
  const open: string[] = [];
  let within = "";
  for (const [i, c] of [...value].entries()) {
    if (within !== "") {
      if (c === within) within = "";
    } else if (c === '"' || c === "`" || (c === "'" && !/[\p{L}\p{N}]/u.test(value[i - 1] ?? ""))) within = c;
    else if (c === "(" || c === "[" || c === "{") open.push(c);
    else if (c === ")" || c === "]" || c === "}") open.pop();
  }
  return within !== "" || open.length > 0;
}

/** Text as a quoted YAML scalar on one line. */
export function quoted(text: string): string {
  return /['\\\n]/.test(text) || !text.includes('"') ? JSON.stringify(text) : `'${text}'`;
}

function lineEnd(text: string, from: number): number {
  const found = text.slice(from).search(/[\r\n]/);
  return found < 0 ? text.length : from + found;
}
