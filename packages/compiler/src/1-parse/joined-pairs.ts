import { isScalar, Scalar, type YAMLMap } from "yaml";
import type { Edit } from "../diagnostic.js";
import type { Reading } from "./data.js";
import { spanOf } from "./locate.js";

/** `{min:2, max:12}` is read as two keys without values. They are told of once, and split so that nothing else is said about them. */
export function splitJoinedPairs(map: YAMLMap, reading: Reading): void {
  const edits: Edit[] = [];
  let first: string | undefined;
  for (const pair of map.items) {
    const { key, value } = pair;
    const span = spanOf(key);
    const parts = isScalar(key) && key.type === "PLAIN" ? /^([A-Za-z_][\w-]*):([^\s:/].*)$/.exec(String(key.source ?? key.value)) : null;
    if (span === undefined || parts === null || (value !== null && spanOf(value)?.start !== spanOf(value)?.end)) continue;
    const [written, name = "", text = ""] = parts;
    const start = span.start + name.length + 1;
    first ??= written;
    edits.push({ ...reading.place({ start, end: start }), newText: " " });
    pair.key = scalarAt(name, name, span.start);
    pair.value = scalarAt(valueOf(text), text, start);
  }
  const [edit] = edits;
  if (edit === undefined || first === undefined) return;
  const reason = `A space is missing behind the \`:\`: between \`{ }\`, \`${first}\` is one word. Write \`${first.replace(":", ": ")}\`.`;
  const at = reading.place({ start: edit.span.start - 1, end: edit.span.start });
  const title = edits.length === 1 ? "Write a space" : `Write ${edits.length} spaces`;
  reading.report("yaml-syntax", at, { reason }, { fix: { title, edits } });
}

function scalarAt(value: unknown, source: string, start: number): Scalar {
  const scalar = new Scalar(value);
  scalar.type = Scalar.PLAIN;
  scalar.source = source;
  scalar.range = [start, start + source.length, start + source.length];
  return scalar;
}

function valueOf(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
