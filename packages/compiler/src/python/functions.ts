/** Which names a Python module has and what its functions take, as far as it can be seen: what may be otherwise at run time is not told. */
import type { Token } from "./tokens.js";

export interface Parameter {
  readonly name: string;
  /** How a call can give it; `rest` is `*name`, `keywords` is `**name`. */
  readonly kind: "positional" | "either" | "keyword" | "rest" | "keywords";
  readonly optional: boolean;
  /** Its annotation, where that is one name, or one name and `None`. */
  readonly type?: string;
  readonly nullable?: true;
}

export interface ModuleNames {
  /** Functions and classes, in their order; without parameters where these are not sure: decorated, defined twice, a class. */
  readonly functions: ReadonlyMap<string, readonly Parameter[] | undefined>;
  /** All else that something may be assigned to. */
  readonly others: ReadonlySet<string>;
}

/** What can give a module a name that is written nowhere. */
const DYNAMIC: ReadonlySet<string> = new Set(["globals", "locals", "vars", "exec", "eval", "setattr", "__getattr__"]);
/** The same as a part of something: `model.eval()` is no `eval`. */
const DYNAMIC_PARTS: ReadonlySet<string> = new Set(["__dict__", "modules"]);

/** Undefined where a module may have names that are not seen here. */
export function moduleNames(tokens: readonly Token[]): ModuleNames | undefined {
  if (tokens.some(isOpen)) return undefined;
  const functions = new Map<string, readonly Parameter[] | undefined>();
  const others = new Set(tokens.flatMap(({ text }, i) => (text === "global" ? bound(tokens.slice(i + 1, endOfLine(tokens, i))) : [])));
  let isDecorated = false;
  for (let at = 0; at < tokens.length;) {
    const end = endOfLine(tokens, at);
    const line = tokens.slice(at, end).filter(({ kind }) => kind !== "indent" && kind !== "dedent");
    const [first, second] = line;
    const defined = first?.text === "async" ? line[2]?.text : second?.text;
    if (isDefinition(line) && defined !== undefined) {
      const sure = first?.text === "def" && !isDecorated && !functions.has(defined);
      functions.set(defined, sure ? parametersOf(line) : undefined);
      at = endOfBlock(tokens, end);
    } else {
      for (const name of bound(line)) others.add(name);
      at = end;
    }
    isDecorated = first?.text === "@" || (isDecorated && line.length === 0);
  }
  for (const name of others) if (functions.has(name)) functions.set(name, undefined);
  return { functions, others };
}

function isOpen({ kind, text }: Token, i: number, all: readonly Token[]): boolean {
  const before = all[i - 1]?.text;
  if (kind !== "word") return text === "*" && before === "import";
  return before === "." ? DYNAMIC_PARTS.has(text) : DYNAMIC.has(text);
}

function isDefinition([first, second]: readonly Token[]): boolean {
  return first?.text === "def" || first?.text === "class" || (first?.text === "async" && second?.text === "def");
}

/** Behind the next line end. */
function endOfLine(tokens: readonly Token[], start: number): number {
  const found = tokens.findIndex(({ kind }, i) => i >= start && kind === "newline");
  return found < 0 ? tokens.length : found + 1;
}

/** Behind the block that begins here, if one does. */
function endOfBlock(tokens: readonly Token[], start: number): number {
  if (tokens[start]?.kind !== "indent") return start;
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    if (tokens[i]?.kind === "indent") depth++;
    if (tokens[i]?.kind === "dedent") depth--;
    if (depth === 0) return i + 1;
  }
  return tokens.length;
}

/** Names that a statement may assign to: rather one too many. What is called, or has a part taken of it, has to be there before. */
function bound(line: readonly Token[]): readonly string[] {
  const from = line[0]?.text === "from" ? line.findIndex(({ text }) => text === "import") : -1;
  let depth = 0;
  return line.flatMap(({ kind, text }, i) => {
    if (kind === "operator" && /^[([{]$/.test(text)) depth++;
    if (kind === "operator" && /^[)\]}]$/.test(text)) depth--;
    const [before, after] = [line[i - 1]?.text, line[i + 1]?.text ?? ""];
    const isArgument = depth > 0 && after === "=";
    return kind !== "word" || i <= from || before === "." || isArgument || ["(", ".", "["].includes(after) ? [] : [text];
  });
}

/** Of `def name(…)`; undefined where they are not understood. */
function parametersOf(line: readonly Token[]): readonly Parameter[] | undefined {
  const open = line[2]?.text === "(" ? 2 : -1;
  const parts = open < 0 ? undefined : partsBetween(line, open);
  if (parts === undefined) return undefined;
  const found: Parameter[] = [];
  let kind: Parameter["kind"] = "either";
  for (const part of parts) {
    const [first, ...rest] = part;
    if (first?.text === "/" && rest.length === 0) {
      for (const [i, parameter] of found.entries()) found[i] = { ...parameter, kind: "positional" };
    } else if (first?.text === "*" || first?.text === "**") {
      const [name] = rest;
      if (name !== undefined) found.push({ name: name.text, kind: first.text === "*" ? "rest" : "keywords", optional: true });
      kind = "keyword";
    } else if (first?.kind === "word") found.push({ name: first.text, kind, ...detailsOf(rest) });
    else return undefined;
  }
  return found;
}

/** Between a bracket and the one that closes it, by commas; a lambda has commas of its own. */
function partsBetween(line: readonly Token[], open: number): readonly (readonly Token[])[] | undefined {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of line.slice(open)) {
    const { kind, text } = token;
    if (kind === "word" && text === "lambda") return undefined;
    if (kind === "operator" && /^[)\]}]$/.test(text)) depth--;
    if (depth === 0 && text === ")") return parts.filter((part) => part.length > 0);
    if (depth === 1 && kind === "operator" && text === ",") parts.push([]);
    else if (depth > 0) parts.at(-1)?.push(token);
    if (kind === "operator" && /^[([{]$/.test(text)) depth++;
  }
  return undefined;
}

/** What stands behind a parameter's name: `: type = default`. */
function detailsOf(rest: readonly Token[]): Pick<Parameter, "optional" | "type" | "nullable"> {
  const equals = rest.findIndex(({ kind, text }) => kind === "operator" && text === "=");
  const annotation = rest.slice(1, equals < 0 ? undefined : equals);
  const optional = equals >= 0;
  if (rest[0]?.text !== ":" || annotation.some(({ kind, text }) => kind !== "word" && text !== "|")) return { optional };
  const names = annotation.filter(({ kind }) => kind === "word").map(({ text }) => text);
  const [type, ...more] = names.filter((name) => name !== "None");
  if (type === undefined || more.length > 0) return { optional };
  return { optional, type, ...(names.includes("None") ? { nullable: true as const } : {}) };
}
