/** What people do that YAML tells of in words of its own, and at a place of its own: the cause, by the text around that place. */
import type { Fix } from "../diagnostic.js";
import { quote } from "../diagnostics/define.js";
import type { Span } from "../text.js";
import { quoted } from "./comment.js";

/** What the YAML reader says. */
export interface Mistake {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

export interface Cause {
  readonly reason: string;
  readonly span: Span;
  /** Its edits are of the same file. */
  readonly fix?: Pick<Fix, "title" | "guess"> & { readonly span: Span; readonly newText: string };
}

type Seek = (mistake: Mistake, text: string) => Cause | undefined;

/** The first that is recognised; undefined where the reader's own words have to do. */
export function causeOf(mistake: Mistake, text: string): Cause | undefined {
  for (const seek of CAUSES) {
    const cause = seek(mistake, text);
    if (cause !== undefined) return cause;
  }
  return undefined;
}

const CAUSES: readonly Seek[] = [
  conflict,
  strangeSpace,
  template,
  starBegins,
  listAmongKeys,
  deeperLine,
  colonInValue,
  blockText,
  noColon,
  openBracket,
  quoteInQuotes,
];

interface Line {
  readonly start: number;
  readonly text: string;
  readonly indent: number;
}

function lineAt(text: string, offset: number): Line {
  // `lastIndexOf` takes what is below 0 for 0.
  const start = offset === 0 ? 0 : Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const written = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? "";
  return { start, text: written, indent: written.length - written.trimStart().length };
}

/** The next line above that says something. */
function lineBefore(text: string, line: Line): Line | undefined {
  let end = line.start;
  while (end > 0 && /\s/.test(text[end - 1] ?? "")) end -= 1;
  return end === 0 ? undefined : lineAt(text, end - 1);
}

/** The line without indentation, and without white space at its end. */
function spanOfLine({ start, text, indent }: Line): Span {
  return { start: start + indent, end: start + Math.max(text.trimEnd().length, indent) };
}

function conflict(_: Mistake, text: string): Cause | undefined {
  const found = /^<{7}(?: [^\r\n]*)?$/m.exec(text);
  if (found === null || !/^>{7}/m.test(text.slice(found.index))) return undefined;
  return {
    reason: "git left a conflict here. Keep one side, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
    span: { start: found.index, end: found.index + found[0].length },
  };
}

/** Spaces that look like spaces, before the first word of a line. */
function strangeSpace({ span }: Mistake, text: string): Cause | undefined {
  const around = text.slice(0, lineAt(text, span.end).start + lineAt(text, span.end).text.length);
  const found = /^ *([\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]+)/m.exec(around);
  if (found?.[1] === undefined) return undefined;
  const start = found.index + found[0].length - found[1].length;
  const one = { start, end: start + found[1].length };
  return {
    reason: `This line is indented by spaces of another kind (${name(found[1])}), as text has that was copied from a page. Write ordinary spaces.`,
    span: one,
    fix: { title: "Write spaces", guess: true, span: one, newText: " ".repeat(found[1].length) },
  };
}

function name(space: string): string {
  const code = space.charCodeAt(0);
  return code === 0xa0 ? "no-break spaces" : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `{{ … }}` without quotes. */
function template({ span }: Mistake, text: string): Cause | undefined {
  const line = lineAt(text, span.start);
  const found = /^[^"'#]*?(?:[:,[{-] |\[)(\{\{[^}]*\}\})/.exec(line.text);
  if (found?.[1] === undefined) return undefined;
  const start = line.start + found[0].length - found[1].length;
  if (start > span.start) return undefined;
  return { reason: templateReason(found[1]), span: { start, end: start + found[1].length } };
}

/** What is said of the braces of Jinja, which YAML takes for maps. */
export function templateReason(written: string): string {
  return `${quote(written)} is of a template language, which is not read here. Variables are written in quotes: \`"\${var.name}"\`.`;
}

/** `cron: * 2 * * *`: the star is read as an alias, and what follows as something else. */
function starBegins({ code, span }: Mistake, text: string): Cause | undefined {
  const line = lineAt(text, span.start);
  const found = /(?:[:,[-] +|\[)(\*[^\s,\]}]* +[^,\]}#]*)/.exec(line.text);
  if (code !== "UNEXPECTED_TOKEN" || found?.[1] === undefined) return undefined;
  const value = found[1].trimEnd();
  const start = line.start + found.index + found[0].length - found[1].length;
  const one = { start, end: start + value.length };
  if (span.start < one.start || span.start > one.end) return undefined;
  return {
    reason: "A value cannot begin with `*` without quotes. Put the whole value in quotes.",
    span: one,
    fix: { title: `Put ${quote(value)} in quotes`, span: one, newText: quoted(value) },
  };
}

function listAmongKeys({ code, span }: Mistake, text: string): Cause | undefined {
  if (code !== "BLOCK_AS_IMPLICIT_KEY") return undefined;
  const line = lineAt(text, span.start);
  if (!/^\s*- /.test(line.text) || text.slice(line.start, span.end).trim() !== "") return undefined;
  const called = /^\s*- (?:name|id): *(\w+)\s*$/.exec(line.text)?.[1];
  return {
    reason: `An entry of a list stands among the keys of a map. Write ${called === undefined ? "a name and `:`" : quote(`${called}:`)} in place of ${called === undefined ? "the `-`" : quote(line.text)}, and what belongs to it below.`,
    span: spanOfLine(line),
  };
}

/** A key that is indented deeper than the one above it, which has a value already. */
function deeperLine({ code, span }: Mistake, text: string): Cause | undefined {
  if (code !== "BLOCK_AS_IMPLICIT_KEY") return undefined;
  const line = lineAt(text, span.start);
  const below = lineAt(
    text,
    Math.min(line.start + line.text.length + (text.startsWith("\r\n", line.start + line.text.length) ? 2 : 1), text.length),
  );
  // On one line, it is the value that holds `: `.
  if (/: /.test(text.slice(span.start, line.start + line.text.length).replace(/ #.*/, "")) || !/^\s*[\w-]+:(?:\s|$)/.test(below.text))
    return undefined;
  const key = /^\s*(?:- )?([\w-]+):/.exec(line.text)?.[1];
  if (key === undefined || below.indent <= line.indent) return undefined;
  return {
    reason: `This line is indented deeper than ${quote(key)} above it, so that it is read as part of its value. Indent both alike.`,
    span: spanOfLine(below),
  };
}

/** `description: Note: this`. */
function colonInValue({ code, span }: Mistake, text: string): Cause | undefined {
  if (code !== "BLOCK_AS_IMPLICIT_KEY") return undefined;
  const line = lineAt(text, span.start);
  const rest = line.text.slice(span.start - line.start);
  const value = rest.replace(/\s+#.*$/, "").trimEnd();
  if (!/: |:$/.test(value) || /^["'[{|>]/.test(value)) return undefined;
  const one = { start: span.start, end: span.start + value.length };
  return {
    reason: "A value cannot hold `: ` without quotes. Put the value in quotes, or move what follows to a line of its own.",
    span: one,
    fix: { title: `Put ${quote(value)} in quotes`, guess: true, span: one, newText: quoted(value) },
  };
}

/** Text below `sql: |` that is not indented. */
function blockText({ code, span }: Mistake, text: string): Cause | undefined {
  if (code !== "MULTILINE_IMPLICIT_KEY" && code !== "MISSING_CHAR") return undefined;
  const line = lineAt(text, span.start);
  const before = lineBefore(text, line);
  const found = before === undefined ? undefined : /^\s*(?:- )?([\w-]+): *([|>][-+0-9]*)\s*(?:#.*)?$/.exec(before.text);
  if (found === undefined || found === null || before === undefined || line.indent > before.indent) return undefined;
  return {
    reason: `The text of ${quote(`${found[1]}: ${found[2]}`)} begins here, and is not indented. Indent its lines deeper than ${quote(String(found[1]))}.`,
    span: spanOfLine(line),
  };
}

/** `key:value`, `key value` and `key` where `key: value` is meant. */
function noColon({ code, message, span }: Mistake, text: string): Cause | undefined {
  if (code !== "MULTILINE_IMPLICIT_KEY" && !(code === "MISSING_CHAR" && message.includes("Implicit map keys"))) return undefined;
  const line = lineAt(text, span.start);
  const one = spanOfLine(line);
  const written = text.slice(one.start, one.end);
  const [, key = "", gap = "", value = ""] = /^([A-Za-z_][\w-]*)(:|\s*=\s*| +|)(.*)$/.exec(written) ?? [];
  if (key === "" || (gap === "" && value !== "")) return undefined;
  const whole = value === "" ? `${key}:` : `${key}: ${value}`;
  const lacks =
    gap === ":"
      ? "A space is missing behind the `:`"
      : gap.includes("=")
        ? "A key and its value have `: ` between them"
        : `A \`:\` is missing behind ${quote(key)}`;
  return {
    reason: `${lacks}. Write ${quote(whole)}.`,
    span: one,
    fix: { title: `Write ${quote(whole)}`, ...(gap === ":" ? {} : { guess: true }), span: one, newText: whole },
  };
}

/** A bracket that is not closed on its line: that line is meant, not the next, where YAML notices it. */
function openBracket({ code, message, span }: Mistake, text: string): Cause | undefined {
  const close = code === "BAD_INDENT" ? /end with a ([\]}])/.exec(message)?.[1] : undefined;
  if (close === undefined) return undefined;
  const open = close === "]" ? "[" : "{";
  const here = lineAt(text, span.start);
  // At the end of the file there is no next line.
  const line = here.text.slice(0, span.start - here.start).includes(open) ? here : lineBefore(text, here);
  if (line === undefined) return undefined;
  const [, comment] = /\s(#.*)$/.exec(line.text) ?? [];
  if (comment?.includes(close) === true) {
    const start = line.start + line.text.length - comment.length;
    return {
      reason: `From \` #\` on the line is a comment, with the \`${close}\` that ends what \`${open}\` opened. Put the comment on a line of its own, or the value that holds the \`#\` in quotes.`,
      span: { start, end: line.start + line.text.trimEnd().length },
    };
  }
  const at = line.text.indexOf(open);
  if (at < 0) return undefined;
  return {
    reason: `A \`${close}\` is missing: what \`${open}\` opens is never closed, or its lines are not indented.`,
    span: { start: line.start + at, end: line.start + line.text.trimEnd().length },
  };
}

/** `'country <> 'FR''`. */
function quoteInQuotes({ code, span }: Mistake, text: string): Cause | undefined {
  const quote = text[span.start - 1];
  if (code !== "UNEXPECTED_TOKEN" || (quote !== "'" && quote !== '"') || !/^[\p{L}\p{N}_]/u.test(text.slice(span.start))) return undefined;
  const instead =
    quote === "'"
      ? "Write it twice (`''`), or put the whole value in double quotes"
      : 'Write `\\"`, or put the whole value in single quotes';
  return {
    reason: `This \`${quote}\` ends the text that began with \`${quote}\`. ${instead}.`,
    span: { start: span.start - 1, end: span.start },
  };
}
