import type { Document as YamlDocument } from "yaml";
import type { Extra, Report } from "../diagnostic.js";
import type { SourceFile, Span } from "../text.js";
import { causeOf, type Cause, type Mistake } from "./causes.js";

/** After one of these the reader has lost its footing: what it says next is an echo. */
const LOCAL: ReadonlySet<string> = new Set(["BAD_DQ_ESCAPE", "BAD_SCALAR_START", "COMMENT_SPACE", "BAD_PROP_ORDER"]);

/** Reports what the YAML reader found wrong, in our words. Gives the place from which on the structure is lost, where it is: all that is said of what stands behind is an echo. */
export function reportSyntax(document: YamlDocument.Parsed, file: SourceFile, report: Report): number | undefined {
  const mistakes = document.errors
    // Tags and anchors are refused by us, with a code of their own.
    .filter((error) => error.code !== "TAG_RESOLVE_FAILED" && error.code !== "BAD_ALIAS")
    .map((error) => ({ code: error.code, message: error.message, span: spanIn(file.text, error.pos) }));
  const directive = document.directives.yaml.explicit === true;
  if (directive) {
    report(
      "yaml-syntax",
      { file: file.path, span: { start: 0, end: file.text.search(/[\r\n]|$/) } },
      { reason: "`%YAML` directives are not taken: files are YAML 1.2. Remove the line." },
    );
  }
  let lost = directive ? 0 : undefined;
  for (const mistake of mistakes) {
    if (mistake.code === "TAB_AS_INDENT") {
      report("tab-indentation", { file: file.path, span: mistake.span }, { others: tabsBehind(file.text, mistake.span.end) });
    } else {
      const cause = causeOf(mistake, file.text);
      const span = cause?.span ?? mistake.span;
      report("yaml-syntax", { file: file.path, span }, { reason: cause?.reason ?? reasonOf(mistake, file.text) }, fixOf(cause, file));
      if (LOCAL.has(mistake.code)) continue;
      lost = Math.min(lost ?? span.start, span.start);
    }
    lost = Math.min(lost ?? mistake.span.start, mistake.span.start);
    break;
  }
  return lost;
}

function fixOf(cause: Cause | undefined, file: SourceFile): Extra {
  if (cause?.fix === undefined) return {};
  const { span, newText, ...fix } = cause.fix;
  return { fix: { ...fix, edits: [{ file: file.path, span, newText }] } };
}

/** Lines behind a place that begin with a tab, too. */
function tabsBehind(text: string, from: number): number {
  return [...text.slice(from).matchAll(/[\r\n] *\t/g)].length;
}

/** The reader's place, which may be just behind the end. */
function spanIn(text: string, [from, to]: readonly [number, number]): Span {
  const start = Math.min(from, text.length);
  return { start, end: Math.min(Math.max(to, start), text.length) };
}

function reasonOf(mistake: Mistake, text: string): string {
  const words = text.slice(mistake.span.start, mistake.span.end).split(/[\r\n]/)[0] ?? "";
  switch (mistake.code) {
    case "BLOCK_AS_IMPLICIT_KEY":
      return "A value cannot hold `: ` without quotes. Put the value in quotes, or move what follows to a line of its own.";
    case "BAD_SCALAR_START":
      return `A value cannot begin with ${words === "`" ? "a backquote" : `\`${words}\``} without quotes. Put it in quotes.`;
    case "BAD_DQ_ESCAPE":
      return `\`${words}\` is no escape in a text between double quotes. Write \`\\\\\` for a backslash, or use single quotes.`;
    case "MISSING_CHAR":
      return missingChar(mistake.message);
    case "BAD_INDENT":
      return badIndent(mistake.message);
    case "UNEXPECTED_TOKEN":
      return unexpected(words, text, mistake.span);
    case "MULTILINE_IMPLICIT_KEY":
      return "A key needs `: ` after it, on the same line. Is a space missing after a `:`?";
    case "BLOCK_IN_FLOW":
      return "Between `{ }` or `[ ]` everything is written in braces and brackets too.";
    default:
      return `This is not valid YAML: ${mistake.message}.`;
  }
}

function missingChar(message: string): string {
  const close = /closing (['"])/.exec(message)?.[1];
  if (close !== undefined) return `The text that begins with \`${close}\` is never closed. Write \`${close}\` at its end.`;
  if (message.includes("Implicit map keys"))
    return "A key needs `: ` and a value after it. Is a `:` missing, or is the line indented wrongly?";
  if (message.includes("flow map items")) return "A `,` or `:` is missing here. A value with brackets in it needs quotes between `{ }`.";
  if (message.includes("flow sequence items") || message.includes("flow collection items"))
    return "A `,` is missing between the entries of this list.";
  return `This is not valid YAML: ${message}.`;
}

function badIndent(message: string): string {
  const close = /end with a ([\]}])/.exec(message)?.[1];
  if (close !== undefined)
    return `A \`${close}\` is missing: what was opened by \`${close === "]" ? "[" : "{"}\` is never closed, or its lines are not indented.`;
  return "This line is indented differently from its neighbours. Keys of one map begin in the same column.";
}

function unexpected(words: string, text: string, span: Span): string {
  const before = text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start);
  if ((words === "[" || words === "{") && /[{[,]/.test(before))
    return `A value between \`{ }\` or \`[ ]\` cannot hold \`${words}\` without quotes. Put the whole value in quotes.`;
  if (words === "]" || words === "}")
    return `This \`${words}\` closes nothing. Remove it, or open it with \`${words === "]" ? "[" : "{"}\`.`;
  if (words === "-") return "A list begins on a line of its own, below its key.";
  if (/(['"])\s*$/.test(before)) return "After a text in quotes nothing may follow. Put the whole value in quotes.";
  return `${words === "" ? "This" : `\`${words.slice(0, 40)}\``} is not expected here. Check the indentation and the quotes of this line and the one before.`;
}
