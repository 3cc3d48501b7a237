/**
 * Checks the options of an emitter against its JSON Schema, without code generation: it also runs where `eval` is forbidden.
 * A keyword that is not known here is a mistake of the schema, not something to pass over.
 */
import { listOf, quote } from "../diagnostics/define.js";
import { nearest } from "../diagnostic.js";
import type { Json, JsonObject } from "../ir.js";

export interface OptionProblem {
  readonly path: readonly (string | number)[];
  /** What is wrong: the option's name, or what it is set to. */
  readonly part: "key" | "value";
  /** Half a sentence. */
  readonly reason: string;
}

type Path = OptionProblem["path"];

/** Options that an emitter without a schema takes: none. What it would not look at must not stand there. */
const NONE: Json = { type: "object", additionalProperties: false };

export function validateOptions(schema: Json | undefined, value: unknown): readonly OptionProblem[] {
  return validate(schema ?? NONE, value, []);
}

function validate(schema: Json, value: unknown, path: Path): readonly OptionProblem[] {
  if (schema === true) return [];
  if (!isObject(schema)) return [{ path, part: "value", reason: "nothing is allowed here" }];
  const keywords = Object.entries(schema).map(([keyword, wanted]) => ({ keyword, wanted, schema, value, path }));
  // Of a value of the wrong type there is nothing more to say.
  const wrongType = keywords.filter(({ keyword }) => keyword === "type").flatMap(check);
  return wrongType.length > 0 ? wrongType : keywords.flatMap(check);
}

interface Check {
  readonly keyword: string;
  readonly wanted: Json;
  readonly schema: JsonObject;
  readonly value: unknown;
  readonly path: Path;
}

/** Keywords that say something to people only. */
const WORDS: ReadonlySet<string> = new Set(["$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated"]);

function check(asked: Check): readonly OptionProblem[] {
  const { keyword, path } = asked;
  if (WORDS.has(keyword)) return [];
  const inner = nested(asked) ?? combined(asked);
  if (inner !== undefined) return inner;
  const verdict = simple(asked);
  if (verdict === undefined)
    return [{ path, part: "value", reason: `the emitter's own schema says ${quote(keyword)}, which mlspec does not know` }];
  const [bad, reason] = verdict;
  return bad ? [{ path, part: "value", reason: reason() }] : [];
}

type Verdict = readonly [bad: boolean, reason: () => string];

function simple({ keyword, wanted, value }: Check): Verdict | undefined {
  const shown = JSON.stringify(wanted);
  const size = sizeOf(keyword, value);
  switch (keyword) {
    case "type": {
      const types = [wanted].flat().map(String);
      const is = typeOf(value);
      const fits = types.includes(is) || (is === "integer" && types.includes("number"));
      return [!fits, () => `it has to be ${types.map((type) => NAMES[type] ?? type).join(" or ")}, and is ${NAMES[is] ?? is}`];
    }
    case "enum":
      return [Array.isArray(wanted) && !wanted.some((each) => same(each, value)), () => oneOf([wanted].flat().map(String), String(value))];
    case "const":
      return [!same(wanted, value), () => `it has to be ${shown}`];
    case "pattern":
      return [
        typeof value === "string" && !new RegExp(String(wanted), "u").test(value),
        () => `it does not match ${quote(String(wanted))}`,
      ];
    case "minLength":
    case "minItems":
    case "minProperties":
    case "minimum":
      return [size !== undefined && size < Number(wanted), () => `it has to be at least ${shown}${unitOf(keyword, wanted)}`];
    case "maxLength":
    case "maxItems":
    case "maxProperties":
    case "maximum":
      return [size !== undefined && size > Number(wanted), () => `it can be at most ${shown}${unitOf(keyword, wanted)}`];
    case "exclusiveMinimum":
      return [typeof value === "number" && value <= Number(wanted), () => `it has to be more than ${shown}`];
    case "exclusiveMaximum":
      return [typeof value === "number" && value >= Number(wanted), () => `it has to be less than ${shown}`];
    case "uniqueItems":
      return [
        wanted === true && Array.isArray(value) && new Set(value.map((each) => JSON.stringify(each))).size < value.length,
        () => "it holds an entry twice",
      ];
    default:
      return undefined;
  }
}

function oneOf(allowed: readonly string[], value: string): string {
  const near = nearest(value, allowed);
  return `it is one of ${listOf(allowed)}${near === undefined ? "" : `; did you mean ${quote(near)}?`}`;
}

const NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "a `true` or `false`",
  array: "a list",
  object: "a map",
  null: "nothing",
};
const CHARACTERS = [["character", "characters"], "long"] as const;
const ENTRIES = [["entry", "entries"], "long"] as const;
const KEYS = [["key", "keys"], "large"] as const;
const UNITS: Readonly<Record<string, typeof CHARACTERS | typeof ENTRIES | typeof KEYS>> = {
  minLength: CHARACTERS,
  maxLength: CHARACTERS,
  minItems: ENTRIES,
  maxItems: ENTRIES,
  minProperties: KEYS,
  maxProperties: KEYS,
};

function unitOf(keyword: string, wanted: Json): string {
  const [what, how] = UNITS[keyword] ?? [];
  if (what === undefined || how === undefined) return "";
  const [one, many] = what;
  return ` ${wanted === 1 ? one : many} ${how}`;
}

/** What a bound is about; undefined where the value has nothing of it. */
function sizeOf(keyword: string, value: unknown): number | undefined {
  if (keyword.endsWith("Length")) return typeof value === "string" ? [...value].length : undefined;
  if (keyword.endsWith("Items")) return Array.isArray(value) ? value.length : undefined;
  if (keyword.endsWith("Properties")) return isRecord(value) ? Object.keys(value).length : undefined;
  return typeof value === "number" ? value : undefined;
}

/** Schemas of what is inside. */
function nested({ keyword, wanted, schema, value, path }: Check): readonly OptionProblem[] | undefined {
  switch (keyword) {
    case "items":
      return Array.isArray(value) ? value.flatMap((item: unknown, index) => validate(wanted, item, [...path, index])) : [];
    case "properties":
      if (!isRecord(value) || !isObject(wanted)) return [];
      return Object.entries(wanted).flatMap(([key, inner]) =>
        Object.hasOwn(value, key) ? validate(inner, value[key], [...path, key]) : [],
      );
    case "required":
      if (!isRecord(value) || !Array.isArray(wanted)) return [];
      return wanted.flatMap((key: Json) =>
        Object.hasOwn(value, String(key)) ? [] : [{ path, part: "key" as const, reason: `${quote(String(key))} is missing` }],
      );
    case "additionalProperties":
      return additional({ wanted, schema, value, path });
    default:
      return undefined;
  }
}

function combined({ keyword, wanted, value, path }: Check): readonly OptionProblem[] | undefined {
  if (keyword === "not") return validate(wanted, value, path).length === 0 ? [{ path, part: "value", reason: "this is not allowed" }] : [];
  if (!["allOf", "anyOf", "oneOf"].includes(keyword) || !Array.isArray(wanted)) return undefined;
  const answers = wanted.map((each: Json) => validate(each, value, path));
  if (keyword === "allOf") return answers.flat();
  const fitting = answers.filter((problems) => problems.length === 0).length;
  if (fitting === 1 || (fitting > 1 && keyword === "anyOf")) return [];
  if (fitting > 1) return [{ path, part: "value", reason: "it fits more than one of the shapes that exclude each other" }];
  // The shape that fits best is most likely the one that is meant.
  return [...answers].sort((a, b) => a.length - b.length)[0] ?? [];
}

function additional({ wanted, schema, value, path }: Omit<Check, "keyword">): readonly OptionProblem[] {
  if (!isRecord(value)) return [];
  const known = isObject(schema["properties"] ?? null) ? Object.keys(schema["properties"] ?? {}) : [];
  const others = Object.keys(value).filter((key) => !known.includes(key) && !key.startsWith("x-"));
  return others.flatMap((key): readonly OptionProblem[] => {
    if (wanted !== false) return validate(wanted, value[key], [...path, key]);
    const near = nearest(key, known);
    const takes = known.length === 0 ? "it takes none" : `it takes ${listOf(known, "and")}`;
    const hint = near === undefined ? takes : `did you mean ${quote(near)}?`;
    return [{ path: [...path, key], part: "key", reason: `there is no such option; ${hint}` }];
  });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return isRecord(value);
}
