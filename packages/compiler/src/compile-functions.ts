/** Holds what a project says of its own functions to what their files have: that they are there, and take what they are called with. */
import { nameFix, nearest, type Report } from "./diagnostic.js";
import type { ModuleNames, Parameter } from "./python/functions.js";
import type { Place } from "./text.js";

export interface CodeFunction {
  readonly path: readonly string[];
  readonly file: string;
  readonly function: string;
  readonly role: Role;
  /** What a factory is called with. */
  readonly params?: Readonly<Record<string, unknown>>;
}

type Role = "transform" | "train" | "factory";

/** By position, as emitted programs call them. */
const CALLS = { transform: ["inputs", "as_of"], train: ["inputs", "label", "params"], factory: [] } as const;

export interface Places {
  locate(path: readonly (string | number)[], part?: "key"): Place;
  locateInside(path: readonly (string | number)[], offset: number, length: number): Place;
}

/** `names`: of its file; what is not known is not held against it. */
export function checkFunction(
  used: CodeFunction,
  names: ModuleNames,
  { report, places }: { readonly report: Report; readonly places: Places },
): void {
  const { file, function: name, path, role } = used;
  const at = places.locateInside(path, file.length + 1, name.length);
  if (!names.functions.has(name)) {
    if (names.others.has(name)) return;
    const known = [...names.functions.keys()];
    const near = nearest(name, known);
    report("no-such-function", at, { file, name, known, nearest: near }, nameFix(at, name, near, known));
    return;
  }
  const parameters = names.functions.get(name);
  if (parameters === undefined) return;
  const given = CALLS[role];
  const unfit = unfitFor(given, parameters, role);
  if (unfit !== undefined) report("function-arguments", at, { name: `${file}:${name}`, role, given, unfit });
  else if (role === "factory") checkParams(used, parameters, { report, places });
}

const WORDS: readonly string[] = ["none", "one", "two", "three", "four", "five"];

/** Why a function cannot be called so; half a sentence. */
function unfitFor(given: readonly string[], parameters: readonly Parameter[], role: Role): string | undefined {
  const byPosition = parameters.filter(({ kind }) => kind === "positional" || kind === "either");
  const named = parameters.find(({ kind, optional }) => kind === (role === "factory" ? "positional" : "keyword") && !optional);
  if (named !== undefined) return role === "factory" ? `takes \`${named.name}\` by position only` : `needs \`${named.name}\` by its name`;
  if (role === "factory") return undefined;
  const least = byPosition.filter(({ optional }) => !optional).length;
  const most = parameters.some(({ kind }) => kind === "rest") ? Infinity : byPosition.length;
  if (given.length > most) return `takes ${WORDS[most] ?? String(most)}`;
  return given.length < least ? `needs ${WORDS[least] ?? String(least)}` : undefined;
}

function checkParams(
  { file, function: name, path, params = {} }: CodeFunction,
  parameters: readonly Parameter[],
  { report, places }: { readonly report: Report; readonly places: Places },
): void {
  const own = [...path.slice(0, -1), "params"];
  const called = `${file}:${name}`;
  const known = parameters.filter(({ kind }) => kind === "either" || kind === "keyword");
  const names = known.map((parameter) => parameter.name);
  const takesAll = parameters.some(({ kind }) => kind === "keywords");
  for (const [key, value] of Object.entries(params)) {
    const at = places.locate([...own, key], "key");
    const parameter = known.find((one) => one.name === key);
    const near = nearest(key, names);
    if (parameter === undefined && !takesAll)
      report("unknown-parameter", at, { name: key, estimator: called, known: names, nearest: near }, nameFix(at, key, near, names));
    const wanted = parameter === undefined ? undefined : mismatch(parameter, value);
    if (wanted !== undefined) report("parameter-type", places.locate([...own, key]), { name: key, of: called, type: wanted, value: JSON.stringify(value) }); // prettier-ignore
  }
  const missing = known.filter((one) => !one.optional && !Object.hasOwn(params, one.name)).map((one) => one.name);
  // What is misspelt is missing, too.
  if (missing.length > 0 && (takesAll || Object.keys(params).every((key) => names.includes(key))))
    report("missing-parameter", places.locate(path), { estimator: called, missing });
}

/** Types that a value of YAML can be held to; a whole number is a `float`, too. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  int: (value) => typeof value === "boolean" || Number.isInteger(value),
  float: (value) => typeof value === "boolean" || typeof value === "number",
  str: (value) => typeof value === "string",
  bool: (value) => typeof value === "boolean",
  list: (value) => Array.isArray(value),
  dict: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** The annotation that a value is not of. */
function mismatch({ type, nullable }: Parameter, value: unknown): string | undefined {
  if (type === undefined || !Object.hasOwn(TYPES, type) || (nullable === true && value === null)) return undefined;
  return TYPES[type]?.(value) === true ? undefined : `${type}${nullable === true ? " | None" : ""}`;
}
