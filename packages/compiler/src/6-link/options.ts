/**
 * Checks the options of an emitter against its JSON Schema, without code generation: it also runs where `eval` is forbidden.
 * A keyword that is not known here is a mistake of the schema, not something to pass over.
 */
import type { Json, JsonObject } from "../ir.js";

export interface OptionProblem {
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

type Path = OptionProblem["path"];

export function validateOptions(schema: Json, value: unknown, path: Path = []): readonly OptionProblem[] {
  if (schema === true) return [];
  if (!isObject(schema)) return [{ path, reason: "nothing is allowed here" }];
  return Object.entries(schema).flatMap(([keyword, wanted]) => check({ keyword, wanted, schema, value, path }));
}

interface Check {
  readonly keyword: string;
  readonly wanted: Json;
  readonly schema: JsonObject;
  readonly value: unknown;
  readonly path: Path;
}

function check({ keyword, wanted, schema, value, path }: Check): readonly OptionProblem[] {
  const fail = (bad: boolean, reason: string): readonly OptionProblem[] => (bad ? [{ path, reason }] : []);
  const shown = JSON.stringify(wanted);
  switch (keyword) {
    case "type":
      return fail(
        ![wanted].flat().includes(typeOf(value)) && !(wanted === "number" && typeOf(value) === "integer"),
        `it has to be ${shown}, and is ${typeOf(value)}`,
      );
    case "enum":
      return fail(
        Array.isArray(wanted) && !wanted.some((each) => JSON.stringify(each) === JSON.stringify(value)),
        `it has to be one of ${shown}`,
      );
    case "const":
      return fail(JSON.stringify(wanted) !== JSON.stringify(value), `it has to be ${shown}`);
    case "pattern":
      return fail(typeof value === "string" && !new RegExp(String(wanted), "u").test(value), `it does not match ${String(wanted)}`);
    case "minLength":
    case "maxLength":
      return fail(
        typeof value === "string" && beyond(keyword, [...value].length, wanted),
        `its length is ${keyword === "minLength" ? "below" : "above"} ${shown}`,
      );
    case "minItems":
    case "maxItems":
      return fail(
        Array.isArray(value) && beyond(keyword, value.length, wanted),
        `it has ${keyword === "minItems" ? "fewer" : "more"} than ${shown} items`,
      );
    case "minimum":
    case "maximum":
      return fail(
        typeof value === "number" && beyond(keyword, value, wanted),
        `it is ${keyword === "minimum" ? "below" : "above"} ${shown}`,
      );
    case "required":
      return fail(
        isRecord(value) && Array.isArray(wanted) && !wanted.every((key) => Object.hasOwn(value, String(key))),
        `it needs ${shown}`,
      );
    case "items":
      return Array.isArray(value) ? value.flatMap((item: unknown, index) => validateOptions(wanted, item, [...path, index])) : [];
    case "properties":
      return properties(wanted, value, path);
    case "additionalProperties":
      return additional({ wanted, schema, value, path });
    case "$schema":
    case "$id":
    case "title":
    case "description":
    case "default":
    case "examples":
      return [];
    default:
      return [{ path, reason: `the emitter's own schema says \`${keyword}\`, which is not known here` }];
  }
}

function beyond(keyword: string, size: number, wanted: Json): boolean {
  return keyword.startsWith("min") ? size < Number(wanted) : size > Number(wanted);
}

function properties(wanted: Json, value: unknown, path: Path): readonly OptionProblem[] {
  if (!isRecord(value) || !isObject(wanted)) return [];
  return Object.entries(wanted).flatMap(([key, schema]) =>
    Object.hasOwn(value, key) ? validateOptions(schema, value[key], [...path, key]) : [],
  );
}

function additional({ wanted, schema, value, path }: Omit<Check, "keyword">): readonly OptionProblem[] {
  if (!isRecord(value)) return [];
  const known = isObject(schema["properties"] ?? null) ? Object.keys(schema["properties"] ?? {}) : [];
  const others = Object.keys(value).filter((key) => !known.includes(key) && !key.startsWith("x-"));
  return others.flatMap((key) =>
    wanted === false ? [{ path: [...path, key], reason: "there is no such option" }] : validateOptions(wanted, value[key], [...path, key]),
  );
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return isRecord(value);
}
