import { group, layOut, pair, text, type Doc, type Place } from "./layout.js";
import { stringLiteral } from "./python-string.js";

/** What Python, YAML and JSON can all say. */
export type Literal = null | boolean | number | bigint | string | readonly Literal[] | { readonly [key: string]: Literal };

const brand: unique symbol = Symbol("python");

/** Python source that our own code has printed. A string is never one, so data cannot become code. */
export interface Py {
  readonly [brand]: Doc;
}

export function isPy(value: unknown): value is Py {
  return typeof value === "object" && value !== null && brand in value;
}

/** The value as a Python literal. */
export function literal(value: Literal): Py {
  return make(literalDoc(value));
}

/** A name that our own code has chosen, or that was checked before: anything else is a bug and throws. */
export function identifier(name: string): Py {
  return make(text(checkedIdentifier(name)));
}

/** `*name` or `*module.name`, among the arguments of a call or the items of a list. */
export function starred(name: string): Py {
  return make(text(`*${checkedDotted(name)}`));
}

/** Identifiers with dots between them: a module, or an attribute of something. */
export function dotted(name: string): Py {
  return make(text(checkedDotted(name)));
}

/** Statements or an expression written in our own source. Never call this with text from a spec. */
export function code(source: string): Py {
  return make(text(source));
}

export function list(items: readonly Py[]): Py {
  return make(group("[", items.map(docOf), "]"));
}

/** `(a, b)`; a tuple of one keeps its comma. */
export function tuple(items: readonly Py[]): Py {
  const all = group("(", items.map(docOf), ")");
  return make(items.length === 1 ? { ...all, flat: `(${items.map((only) => docOf(only).flat).join("")},)` } : all);
}

export function dict(entries: readonly (readonly [string, Py])[]): Py {
  const items = entries.map(([key, value]) => pair(`${stringLiteral(key)}: `, docOf(value)));
  return make(group("{", items, "}"));
}

/** `callee(a, b, name=c)`. */
export function call(callee: string, args: readonly Py[], kwargs: Readonly<Record<string, Py>> = {}): Py {
  const named = Object.entries(kwargs).map(([name, value]) => pair(`${checkedIdentifier(name)}=`, docOf(value)));
  return make(group(`${checkedDotted(callee)}(`, [...args.map(docOf), ...named], ")"));
}

/** `from module import a, b`, in brackets where the line is too long. Names must be in the order that import sorters want. */
export function importFrom(module: string, names: readonly string[]): Py {
  const head = `from ${checkedDotted(module)} import `;
  const all = group(
    `${head}(`,
    names.map((name) => text(checkedIdentifier(name))),
    ")",
  );
  return make({ ...all, flat: head + names.join(", ") });
}

/** `lambda: value`. */
export function later(value: Py): Py {
  return make(pair("lambda: ", docOf(value)));
}

/** `lambda parameter: value`. */
export function taking(parameter: string, value: Py): Py {
  return make(pair(`lambda ${checkedIdentifier(parameter)}: `, docOf(value)));
}

/** `Annotated[a, b]`. */
export function subscript(name: string, items: readonly Py[]): Py {
  return make(group(`${checkedDotted(name)}[`, items.map(docOf), "]"));
}

/** The source, laid out as if it began at `place`; further lines are indented to `place.indent`. */
export function print(py: Py, place: Place = { indent: 0, column: 0, after: 0 }): string {
  return layOut(py[brand], place);
}

/** For the template runtime, which decides about brackets around long right-hand sides. */
export function docOf(py: Py): Doc {
  return py[brand];
}

export function checkedIdentifier(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || KEYWORDS.has(name)) {
    throw new Error(`not a Python identifier: ${JSON.stringify(name)}`);
  }
  return name;
}

export function checkedDotted(name: string): string {
  return name.split(".").map(checkedIdentifier).join(".");
}

function make(doc: Doc): Py {
  return { [brand]: doc };
}

function literalDoc(value: Literal): Doc {
  if (value === null) return text("None");
  switch (typeof value) {
    case "boolean":
      return text(value ? "True" : "False");
    case "number":
      return text(numberLiteral(value));
    case "bigint":
      return text(value.toString());
    case "string":
      return text(stringLiteral(value));
    case "object":
      return isList(value) ? group("[", value.map(literalDoc), "]") : dictDoc(value);
    default:
      throw new Error(`not a literal: ${typeof value}`);
  }
}

function dictDoc(value: { readonly [key: string]: Literal }): Doc {
  const items = Object.entries(value).map(([key, item]) => pair(`${stringLiteral(key)}: `, literalDoc(item)));
  return group("{", items, "}");
}

function isList(value: object): value is readonly Literal[] {
  return Array.isArray(value);
}

function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`not a finite number: ${value}`);
  if (Object.is(value, -0)) return "-0.0";
  return String(value).replace("e+", "e");
}

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for " +
    "from global if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);
