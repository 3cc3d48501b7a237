import { parseAllDocuments, type Document as YamlDocument, type Node } from "yaml";
import type { Report } from "../diagnostic.js";
import type { Place, SourceFile, Span } from "../text.js";
import { dataOf, DEPTH_LIMIT, type Reading } from "./data.js";
import type { Document } from "./document.js";
import { createLocator } from "./locate.js";
import { reportSyntax } from "./syntax.js";

const MEGABYTE = 1_000_000;
/** A file of this size holds some 20,000 definitions. */
export const SIZE_LIMIT = 5 * MEGABYTE;
/** More open brackets than this are refused before the YAML reader sees them: it would recurse into each. */
const BRACKET_LIMIT = 1000;

/** Text to plain data and places. Never throws: what cannot be read is reported, and the rest is there. */
export function parse(file: SourceFile, report: Report): Document {
  const { length } = file.text;
  const place = (span: Span = { start: 0, end: 0 }): Place => ({
    file: file.path,
    span: { start: Math.min(span.start, length), end: Math.min(span.end, length) },
  });
  const nothing: Document = { file, value: undefined, broken: true, ...createLocator(file, null) };
  if (file.text.length > SIZE_LIMIT) {
    report("file-too-large", place(undefined), { megabytes: Math.ceil(file.text.length / MEGABYTE), limit: SIZE_LIMIT / MEGABYTE });
    return nothing;
  }
  const deep = tooManyBrackets(file.text);
  if (deep !== undefined) {
    report("too-deep", place({ start: deep, end: deep + 1 }), { limit: DEPTH_LIMIT });
    return nothing;
  }
  const documents = read(file.text);
  const first = documents[0];
  const second = documents[1];
  if (second !== undefined) report("several-documents", place(markerOf(file.text, second)), {});
  const lost = first === undefined ? undefined : reportSyntax(first, file, report);
  const root: Node | null = first?.contents ?? null;
  if (root === null) {
    const broken = lost !== undefined;
    if (!broken) report("empty-file", place(undefined), { file: file.path });
    return { ...nothing, broken };
  }
  const sound: Report = (code, at, ...rest) => {
    if (lost === undefined || at.span.start < lost) report(code, at, ...rest);
  };
  let unknown = false;
  const reading: Reading = { file, report: sound, place, unknown: () => (unknown = true) };
  const value = dataOf(root, reading);
  return { file, value, broken: lost !== undefined || unknown, ...createLocator(file, root) };
}

function read(text: string): readonly YamlDocument.Parsed[] {
  // Duplicates are found by us: theirs come without the first place, and take quadratic time.
  const documents = parseAllDocuments(text, {
    version: "1.2",
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    logLevel: "silent",
    stringKeys: false,
  });
  return "empty" in documents ? [] : documents;
}

function markerOf(text: string, second: YamlDocument.Parsed): Span {
  const start = text.lastIndexOf("---", second.range[0]);
  return { start: Math.max(start, 0), end: Math.max(start, 0) + 3 };
}

function tooManyBrackets(text: string): number | undefined {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 91 || code === 123) open++;
    else if (code === 93 || code === 125) open = Math.max(0, open - 1);
    if (open > BRACKET_LIMIT) return i;
  }
  return undefined;
}
