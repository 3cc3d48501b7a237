import type { Path } from "../1-parse/index.js";
import type { Report } from "../diagnostic.js";
import { shapeAt, type Shape } from "../shape.js";
import { everComes, parseCron } from "../shorthand/index.js";
import { parseFormat } from "./formats.js";
import { badName } from "./names.js";
import { isRecord, valueAt, type Located } from "./places.js";
import { shapeOf } from "./words.js";

/** Checks names and texts with a format, everywhere in a value. Kinds of values are checked by the schema. */
export function checkTexts(data: Located, root: Shape, report: Report, from: Path = []): void {
  const visit = (value: unknown, shape: Shape | undefined, path: Path): void => {
    if (shape === undefined || shape.free === true) return;
    if (typeof value === "string") checkText(value, shape, path, { data, report });
    // An amount may be written as a number.
    else if (typeof value === "number" && isAmount(shape) && shape.format !== undefined)
      checkNumber(value, shape.format, path, { data, report });
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, shapeAt(shape, index), [...path, index]);
    else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (key.startsWith("x-") && shape.keys !== undefined) continue;
        // Overrides name what exists: that they do is checked with the references.
        if (shape.declares !== undefined && !path.includes("overrides")) checkName(key, [...path, key], "key", { data, report });
        visit(inner, shapeAt(shape, key), [...path, key]);
      }
    }
  };
  visit(valueAt(data.value, from), shapeOf(root, from), from);
}

interface Context {
  readonly data: Located;
  readonly report: Report;
}

function checkName(name: string, path: Path, at: "key" | "value", { data, report }: Context): void {
  const bad = badName(name);
  if (bad !== undefined) report("bad-name", data.locate(path, at), { name, reason: bad.reason, suggestion: bad.suggestion });
}

/** One text. */
function checkText(value: string, shape: Shape, path: Path, { data, report }: Context): void {
  if (shape.vars === true && value.includes("${")) return;
  if (shape.pattern !== undefined && shape.references === undefined) checkName(value, path, "value", { data, report });
  if (shape.format === undefined) return;
  if (shape.format === "sql") checkFolding(path, data, report);
  const parsed = parseFormat(shape.format, value);
  if (!parsed.ok) {
    const part = value.slice(parsed.offset, parsed.offset + parsed.length);
    if (/^[“”„‘’«]/.test(value)) {
      const reason = 'typographic quotes are letters to YAML: write `"` at both ends';
      report("bad-value", data.locate(path), { value, reason });
      return;
    }
    report("bad-value", data.locateInside(path, parsed.offset, parsed.length), {
      value: part.trim() === "" ? value : part,
      reason: parsed.message,
    });
  } else if (shape.format === "cron") {
    const cron = parseCron(value);
    if (cron.ok && !everComes(cron.value)) report("impossible-cron", data.locate(path), { cron: value });
  }
}

function checkNumber(value: number, format: string, path: Path, { data, report }: Context): void {
  const parsed = parseFormat(format, String(value));
  if (!parsed.ok) report("bad-value", data.locate(path), { value: String(value), reason: parsed.message });
}

function isAmount({ types = [] }: Shape): boolean {
  return types.includes("text") && types.includes("number");
}

/** SQL whose lines YAML joins. */
function checkFolding(path: Path, data: Located, report: Report): void {
  const style = data.style(path);
  const place = data.locate(path);
  const written = data.source(place);
  if (style === "folded") {
    const edits = [{ file: place.file, span: { start: place.span.start, end: place.span.start + 1 }, newText: "|" }];
    report(
      "folded-sql",
      { file: place.file, span: { start: place.span.start, end: place.span.start + (/^>[-+0-9]*/.exec(written)?.[0].length ?? 1) } },
      { how: "folded by `>`" },
      { fix: { title: "Write `|`", edits } },
    );
  } else if ((style === "plain" || style === "single" || style === "double") && /[\r\n]/.test(written)) {
    const column = indentOf(data, path, place.span.start);
    const block = `|\n${written
      .split(/\r\n|\r|\n/)
      .map((line) => `${column}  ${line.trim()}`)
      .join("\n")}`;
    const fix = style === "plain" ? { fix: { title: "Write `|`", edits: [{ ...place, newText: block }] } } : {};
    report("folded-sql", place, { how: "written over several lines without `|`" }, fix);
  }
}

/** Indentation of the key, as spaces. */
function indentOf(data: Located, path: Path, valueStart: number): string {
  const key = data.locate(path, "key");
  const before = data.source({ file: key.file, span: { start: 0, end: Math.min(key.span.start, valueStart) } });
  return " ".repeat(before.length - (Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1));
}
