/** Schemas in texts, as `from_json`, `from_csv` and `from_xml` take them. */
import type { Bound } from "../bind/bound.js";
import { printType, type SqlType } from "../types.js";
import { parseTypeText } from "./type-text.js";

const READERS: ReadonlySet<string> = new Set(["from_json", "from_csv", "from_xml"]);
export const readsSchema = (name: string): boolean => READERS.has(name);

/** A schema in the notation of Spark's own files, which we do not read. */
const isJson = (text: string): boolean => /^\s*[{"]/.test(text);

interface Problem {
  readonly condition: string;
  readonly at: number;
  readonly args?: Readonly<Record<string, string>>;
}

export function schemaProblem(name: string, [, schema, options]: readonly Bound[]): Problem | undefined {
  const found = schema === undefined || schema.type.kind === "unknown" ? undefined : ofSchema(name, schema);
  if (found !== undefined || options === undefined || options.type.kind === "unknown") return found;
  const { type } = options;
  if (type.kind !== "map") return { condition: "INVALID_OPTIONS.NON_MAP_FUNCTION", at: 2 };
  const isText = [type.key, type.value].every(({ kind }) => kind === "string" || kind === "unknown");
  return isText ? undefined : { condition: "INVALID_OPTIONS.NON_STRING_TYPE", at: 2, args: { type: printType(type) } };
}

function ofSchema(name: string, { value, type: given }: Bound): Problem | undefined {
  if (given.kind !== "string") return { condition: "INVALID_SCHEMA.NON_STRING_LITERAL", at: 1 };
  if (typeof value !== "string" || isJson(value)) return undefined;
  if (value.trim() === "") return { condition: "PARSE_EMPTY_STATEMENT", at: 1 };
  const type = parseTypeText(value);
  if (type === undefined) return { condition: "PARSE_SYNTAX_ERROR", at: 1 };
  const args = { type: printType(type) };
  if (type.kind === "unknown") return undefined;
  if (name === "from_csv") return type.kind === "struct" ? undefined : { condition: "INVALID_SCHEMA.NON_STRUCT_TYPE", at: 1, args };
  if (name === "from_json" && type.kind === "map" && type.key.kind !== "string")
    return { condition: "DATATYPE_MISMATCH.INVALID_JSON_MAP_KEY_TYPE", at: 1, args };
  return KINDS[name]?.includes(type.kind) === false ? { condition: `DATATYPE_MISMATCH.INVALID_${name.slice(5).toUpperCase()}_SCHEMA`, at: 1, args } : undefined; // prettier-ignore
}

const KINDS: Readonly<Record<string, readonly SqlType["kind"][]>> = {
  from_json: ["struct", "array", "map", "variant"],
  from_xml: ["struct", "variant"],
};
