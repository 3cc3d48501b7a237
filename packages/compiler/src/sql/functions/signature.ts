/**
 * What a function takes and gives, as one line of text: `substring(string|binary, int, int=) $0`.
 *
 * Parameters: a type, a class of types (`numeric`), alternatives (`a|b`), a variable that several share (`T`), `array<…>`, `map<…,…>`.
 * `^` after a type that nothing is cast to, `#` after one that must be constant, `=` after one that may be left out, `...` after the last where it may be repeated.
 * Result: a type, a variable, `$0` for the first argument's type as it was coerced, or `@rule`.
 * Then `!` never NULL, `?` always nullable, `&` only where all arguments are; else where any argument is.
 * Then words: `random`, `aggregate`, `window`, `generator`, `table`, `as=NAME` for how Spark writes it, `since=4.1` for one that Spark 4.0
 * lacks, `names=str,upperChar:X` for what its parameters are called and for texts that they are where left out, `takes=2,6` for the only numbers of arguments that it is called with, `since=4.1:2,3` where it lacks the call with 2 or 3 arguments.
 */
export type Pattern =
  | { readonly kind: "variable" | "argument"; readonly name: string }
  | { readonly kind: "class"; readonly name: string; /** Nothing but NULL is cast to it. */ readonly exact: boolean }
  | { readonly kind: "array"; readonly element: Pattern; readonly containsNull: boolean }
  | { readonly kind: "map"; readonly key: Pattern; readonly value: Pattern }
  | { readonly kind: "either"; readonly of: readonly Pattern[] };

export interface Signature {
  readonly params: readonly Pattern[];
  /** Of the parameters, how many must be given. */
  readonly required: number;
  readonly repeated: boolean;
  /** The only numbers of arguments, where not each between them is taken. */
  readonly takes?: readonly number[];
  /** Places of parameters that must be constant. */
  readonly constant: readonly number[];
  readonly result: Pattern | { readonly kind: "rule"; readonly name: string };
  readonly nullable: "any" | "all" | "always" | "never";
}

export type FunctionKind = "scalar" | "aggregate" | "window" | "generator" | "table";

export interface FunctionDef {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly deterministic: boolean;
  /** How Spark writes it in the name of a column. */
  readonly written: string;
  /** Absent where only the name is modelled. */
  readonly signature?: Signature;
  /** Absent where nothing is given by name. */
  readonly parameters?: readonly Parameter[];
  /** The first version of Spark that has it, or has it with these numbers of arguments. */
  readonly since?: { readonly version: string; readonly arities?: readonly number[] };
}

export interface Parameter {
  readonly name: string;
  /** What it is where it is left out, `NULL` for NULL; absent where it must be given. */
  readonly otherwise?: string;
}

/** `name`, or `name(params) result flags`. */
export function parseFunction(line: string): FunctionDef {
  const open = line.indexOf("(");
  const [, name = "", words = ""] = /^([^\s(]+)(.*)$/.exec(open < 0 ? line : line.slice(0, open)) ?? [];
  const close = closing(line, open);
  const rest = open < 0 ? words : line.slice(close + 1);
  const [result = "", ...flags] = rest.trim().split(/\s+/);
  const all = open < 0 ? [result, ...flags] : flags;
  const written = all.find((flag) => flag.startsWith("as="))?.slice(3) ?? name;
  const kind: FunctionKind = (["aggregate", "window", "generator", "table"] as const).find((flag) => all.includes(flag)) ?? "scalar";
  const since = all.find((flag) => flag.startsWith("since="))?.slice("since=".length);
  const names = all.find((flag) => flag.startsWith("names="))?.slice("names=".length);
  const base = {
    name,
    kind,
    deterministic: !all.includes("random"),
    written,
    ...(since !== undefined && { since: parseSince(since) }),
    ...(names !== undefined && { parameters: names.split(",").map(parseParameter) }),
  };
  return open < 0 ? base : { ...base, signature: { ...parseSignature(line.slice(open + 1, close), result), ...takesOf(flags) } };
}

function parseParameter(text: string): Parameter {
  const [name = "", otherwise] = text.split(":");
  return otherwise === undefined ? { name } : { name, otherwise };
}

function takesOf(flags: readonly string[]): Pick<Signature, "takes"> {
  const takes = flags.find((flag) => flag.startsWith("takes="))?.slice("takes=".length);
  return takes === undefined ? {} : { takes: takes.split(",").map(Number) };
}

function parseSince(text: string): NonNullable<FunctionDef["since"]> {
  const [version = "", arities] = text.split(":");
  return arities === undefined ? { version } : { version, arities: arities.split(",").map(Number) };
}

function parseSignature(params: string, result: string): Signature {
  const parts = splitTop(params, ",");
  const repeated = parts.at(-1)?.endsWith("...") === true;
  const marked = parts.map((part) => part.replace(/(=|\.\.\.)$/, ""));
  const texts = marked.map((part) => part.replace(/#$/, ""));
  const required = parts.filter((part) => !part.endsWith("=") && !part.endsWith("...")).length;
  const [, type = "", mark = ""] = /^(.*?)([!?&]?)$/.exec(result) ?? [];
  return {
    params: texts.map(parsePattern),
    required,
    repeated,
    constant: marked.flatMap((part, i) => (part.endsWith("#") ? [i] : [])),
    result: type.startsWith("@") ? { kind: "rule", name: type.slice(1) } : parsePattern(type),
    nullable: mark === "!" ? "never" : mark === "?" ? "always" : mark === "&" ? "all" : "any",
  };
}

export function parsePattern(text: string): Pattern {
  const of = splitTop(text, "|");
  if (of.length > 1) return { kind: "either", of: of.map(parsePattern) };
  const inner = /^(array|map)<(.*)>$/.exec(text);
  if (inner === null) {
    if (text.startsWith("$")) return { kind: "argument", name: text.slice(1) };
    if (/^[A-Z]$/.test(text)) return { kind: "variable", name: text };
    return { kind: "class", name: text.replace(/\^$/, ""), exact: text.endsWith("^") };
  }
  const [first = "", second = ""] = splitTop(inner[2] ?? "", ",");
  if (inner[1] === "map") return { kind: "map", key: parsePattern(first), value: parsePattern(second) };
  return { kind: "array", element: parsePattern(first.replace(/!$/, "")), containsNull: !first.endsWith("!") };
}

/** The parenthesis that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text.charAt(at) === "(") depth++;
    else if (text.charAt(at) === ")" && --depth === 0) return at;
  }
  return text.length;
}

/** Split where no bracket is open. */
function splitTop(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "<" || char === "(") depth++;
    else if (char === ">" || char === ")") depth--;
    else if (char === separator && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === "" ? parts : [...parts, last];
}
