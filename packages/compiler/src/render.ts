/** Diagnostics as text for people: code frames. What machines read is made in `render/`. */
import type { Diagnostic, Related } from "./diagnostic.js";
import { printable } from "./render/printable.js";
import { ranges, type Range, type Texts } from "./render/range.js";
import type { Place, Position } from "./text.js";

export interface RenderOptions {
  readonly colour?: boolean;
}

type Paint = (text: string) => string;

interface Palette {
  readonly error: Paint;
  readonly warning: Paint;
  readonly hint: Paint;
  readonly dim: Paint;
  readonly bold: Paint;
}

const TAB = 4;
/** Longest part of a line that is shown; the rest becomes `…`. */
const WIDTH = 120;

export function renderPretty(diagnostics: readonly Diagnostic[], texts: Texts, options: RenderOptions = {}): string {
  const palette = paletteOf(options.colour === true);
  const view: View = { texts, palette, position: ranges(texts) };
  return diagnostics.map((diagnostic) => renderOne(diagnostic, view)).join("\n");
}

interface View {
  readonly texts: Texts;
  readonly palette: Palette;
  position(place: Place): Range;
}

function renderOne(diagnostic: Diagnostic, view: View): string {
  const { palette } = view;
  const paint = palette[diagnostic.severity];
  const lines = [
    `${paint(`${diagnostic.severity}[${diagnostic.code}]`)}: ${palette.bold(printable(diagnostic.message))}`,
    ...frame(diagnostic, paint, view),
  ];
  for (const related of diagnostic.related ?? []) lines.push(...note(related, view));
  if (diagnostic.environments !== undefined)
    lines.push(
      `  ${palette.dim("=")} in ${diagnostic.environments.length === 1 ? "environment" : "environments"} ${diagnostic.environments.join(", ")}`,
    );
  if (diagnostic.fix !== undefined)
    lines.push(`  ${palette.dim("=")} ${diagnostic.fix.guess === true ? "perhaps" : "fix"}: ${printable(diagnostic.fix.title)}`);
  return `${lines.join("\n")}\n`;
}

function note(related: Related, view: View): readonly string[] {
  const [header = "", ...rest] = frame(related, view.palette.dim, view);
  return [header.replace("-->", ":::") + ` ${printable(related.message)}`, ...rest.slice(1)];
}

/** The line that is meant, and a line below that points into it. */
function frame(place: Place, paint: Paint, view: View): readonly string[] {
  const { start, end } = view.position(place);
  const { dim } = view.palette;
  const header = `${dim("  -->")} ${printable(place.file)}:${start.line}:${start.column}`;
  const text = view.texts.get(place.file);
  if (text === undefined) return [header];
  const line = lineAt(text, place.span.start - (start.column - 1) - bomBefore(text, start));
  const until = end.line === start.line ? end.column - 1 : line.trimEnd().length;
  const gutter = String(start.line);
  const { shown, from, to } = excerpt(line, start.column - 1, Math.max(until, start.column - 1));
  const pointer = " ".repeat(from) + paint("^".repeat(Math.max(to - from, 1)));
  const pad = " ".repeat(gutter.length);
  return [header, `${pad} ${dim("|")}`, `${dim(`${gutter} |`)} ${shown}`, `${pad} ${dim("|")} ${pointer}`];
}

function bomBefore(text: string, start: Position): number {
  return start.line === 1 && text.startsWith("\uFEFF") ? 1 : 0;
}

function lineAt(text: string, offset: number): string {
  const bom = offset === 0 && text.startsWith("\uFEFF") ? 1 : 0;
  return /^[^\r\n]*/.exec(text.slice(offset + bom))?.[0] ?? "";
}

/** The line as a terminal shows it, and the cells that the marked part takes. */
function excerpt(line: string, start: number, end: number): { readonly shown: string; readonly from: number; readonly to: number } {
  const skip = wholeCharacter(line, start > WIDTH * 0.75 ? start - Math.floor(WIDTH / 2) : 0);
  const cut = line.slice(skip, wholeCharacter(line, skip + WIDTH));
  const before = skip > 0 ? "…" : "";
  const after = skip + WIDTH < line.length ? "…" : "";
  const from = before.length + cells(cut.slice(0, start - skip));
  const to = before.length + cells(cut.slice(0, Math.min(end - skip, cut.length)));
  return { shown: before + visible(cut) + after, from, to };
}

/** The offset, or the one before where it lies inside of a character. */
function wholeCharacter(line: string, offset: number): number {
  return /[\uDC00-\uDFFF]/.test(line.charAt(offset)) ? offset - 1 : offset;
}

/** Tabs become spaces up to the next stop; control characters, which could drive the terminal, become signs. */
function visible(text: string): string {
  let out = "";
  let width = 0;
  for (const c of graphemes(text)) {
    const shown = c === "\t" ? " ".repeat(TAB - (width % TAB)) : printable(c);
    out += shown;
    width += cellsOf(shown);
  }
  return out;
}

function cells(text: string): number {
  return cellsOf(visible(text));
}

function cellsOf(text: string): number {
  let width = 0;
  for (const c of graphemes(text)) width += isWide(c) ? 2 : 1;
  return width;
}

function graphemes(text: string): readonly string[] {
  // oxlint-disable-next-line no-control-regex -- plain ASCII needs no segmenter.
  if (/^[\u0000-\u007f]*$/.test(text)) return [...text];
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment);
}

/** East Asian wide and full-width characters, and emoji, take two cells. */
function isWide(c: string): boolean {
  return (
    /\p{Emoji_Presentation}|\uFE0F/u.test(c) ||
    /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u.test(
      c,
    )
  );
}

function paletteOf(colour: boolean): Palette {
  const paint = (open: number, close: number): Paint => (colour ? (text) => `\u001b[${open}m${text}\u001b[${close}m` : (text) => text);
  return { error: paint(31, 39), warning: paint(33, 39), hint: paint(36, 39), dim: paint(2, 22), bold: paint(1, 22) };
}
