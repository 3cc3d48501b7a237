/**
 * The runtime of the text templates. A hole takes data only through a typed helper, which leaves a mark in the text; the marks are
 * then replaced where they stand, so that a value is laid out for the column that it begins at.
 */
import type HandlebarsTypes from "handlebars";
import * as runtimeModule from "handlebars/runtime.js";
import { TemplateError, type TemplatePlace } from "@mlspec/compiler";
import { fits, layOut, type Place } from "./layout.js";
import { checkedDotted, checkedIdentifier, docOf, isPy, literal, type Literal, type Py } from "./python.js";
import { commentLines, docstringText } from "./python-text.js";

/** Prints a context of data as text. */
export type Template = (context: object) => string;

/** A template as the generator embeds it: readable, and compiled ahead. */
export interface EmbeddedTemplate {
  readonly source: string;
  readonly main: TemplateSpecification;
}

/** The names of the helpers that a hole may use. */
export const HOLES = ["py", "ident", "name", "block", "comment", "docstring"] as const;
export type HoleKind = (typeof HOLES)[number];

interface Hole {
  readonly kind: HoleKind;
  readonly value: unknown;
  readonly place: TemplatePlace;
}

// The types of this entry of the package are empty; what it exports is the runtime part of the whole.
const Handlebars = (runtimeModule as unknown as { readonly default: typeof HandlebarsTypes }).default;

const MARK = /\0(\d+)\0/g;

/** A template that was compiled ahead, with strict look-up and without HTML escapes. */
export function fromSpecification(name: string, specification: TemplateSpecification): Template {
  const template = Handlebars.template(specification);
  return (context) => {
    const holes: Hole[] = [];
    const helpers = Object.fromEntries(HOLES.map((kind) => [kind, marker(kind, holes)]));
    try {
      return fill(template(context, { helpers }), holes);
    } catch (error) {
      throw located(name, error);
    }
  };
}

/** Handlebars says the place at the end of its message: `"x" not defined in [object Object] - 3:5`. */
function located(name: string, error: unknown): TemplateError {
  if (error instanceof TemplateError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [, missing, line] = /^"(\w+)" not defined in .* - (\d+):\d+$/s.exec(message) ?? [];
  return new TemplateError(missing === undefined ? `${name}: ${message}` : `there is no \`${missing}\` here`, { line: Number(line ?? 1) });
}

export function fromEmbedded(name: string, template: EmbeddedTemplate): Template {
  return fromSpecification(name, template.main);
}

/** What Handlebars hands a helper beside its value. */
interface HelperOptions {
  readonly loc?: Located;
}

interface Located {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** Where a hole of a template is, as Handlebars says it: lines from 1, columns from 0. */
export function placeOf(loc: Located | undefined): TemplatePlace {
  if (loc === undefined) return { line: 1 };
  const { start, end } = loc;
  return { line: start.line, ...(start.line === end.line ? { columns: { start: start.column, end: end.column } } : {}) };
}

function marker(kind: HoleKind, holes: Hole[]): (value: unknown, options: HelperOptions) => string {
  return (value, { loc }) => {
    holes.push({ kind, value, place: placeOf(loc) });
    return `\0${holes.length - 1}\0`;
  };
}

function fill(skeleton: string, holes: readonly Hole[]): string {
  const lines = skeleton.split("\n");
  return lines.map((line, index) => fillLine(line, index, holes)).join("\n");
}

function fillLine(line: string, index: number, holes: readonly Hole[]): string {
  if (!line.includes("\0")) return line;
  const indent = line.length - line.trimStart().length;
  let out = "";
  let last = 0;
  for (const match of line.matchAll(MARK)) {
    const hole = holes[Number(match[1])];
    if (hole === undefined) throw new Error("a mark without a hole");
    out += line.slice(last, match.index);
    last = match.index + match[0].length;
    const rest = line.slice(last);
    const column = out.length - (out.lastIndexOf("\n") + 1);
    out += replaced(hole, { indent, column, after: rest.replace(MARK, "").length }, { before: out, rest, line: index });
  }
  return out + line.slice(last);
}

interface Surroundings {
  /** The line up to the hole, and what is behind it. */
  readonly before: string;
  readonly rest: string;
  /** From 0. */
  readonly line: number;
}

function replaced(hole: Hole, place: Place, around: Surroundings): string {
  try {
    if (hole.value === undefined) throw new Error("there is no such value here");
    return replace(hole, place, around);
  } catch (error) {
    throw new TemplateError(error instanceof Error ? error.message : String(error), hole.place);
  }
}

function replace(hole: Hole, place: Place, { before, rest, line }: Surroundings): string {
  const { value } = hole;
  switch (hole.kind) {
    case "py":
      return expression(pyOf(value), place, before, rest);
    case "ident":
      return checkedIdentifier(textOf(value));
    case "name":
      return checkedDotted(textOf(value));
    case "block":
      return reindent(layOut(docOf(codeOf(value)), place), place.indent);
    case "comment":
      if (line < 2) throw new Error("a comment in the first two lines could declare an encoding");
      return commentLines(textOf(value)).join(`\n${" ".repeat(place.indent)}`);
    case "docstring":
      return docstringText(textOf(value), place.indent);
  }
}

/** A long atom to the right of ` = ` or `return ` goes between brackets when that makes it fit, as the formatter does. */
function expression(py: Py, place: Place, before: string, rest: string): string {
  const doc = docOf(py);
  const statement = rest === "" && /(?:^| = |^ *return )$/.test(before) && before.trim() !== "";
  const inner = { indent: place.indent + 4, column: place.indent + 4, after: 0 };
  if (doc.kind === "text" && statement && !fits(doc, place) && fits(doc, inner)) {
    return `(\n${" ".repeat(inner.indent)}${doc.flat}\n${" ".repeat(place.indent)})`;
  }
  return layOut(doc, place);
}

function reindent(source: string, indent: number): string {
  const [first = "", ...more] = source.split("\n");
  const pad = " ".repeat(indent);
  return [first, ...more.map((line) => (line === "" ? "" : pad + line))].join("\n");
}

function pyOf(value: unknown): Py {
  return isPy(value) ? value : literal(asLiteral(value));
}

function codeOf(value: unknown): Py {
  if (!isPy(value)) throw new Error("{{block}} takes printed code, not data");
  return value;
}

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new Error(`a text was expected, not ${typeof value}`);
  return value;
}

/** The literal printer refuses whatever is none at run time. */
function asLiteral(value: unknown): Literal {
  return value as Literal;
}
