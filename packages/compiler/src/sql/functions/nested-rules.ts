/** Results of functions of arrays, maps and structs, and of those that make rows. */
import { anyNullable, type Bound } from "../bind/bound.js";
import { castNullable, common, widerWithoutString } from "../coerce.js";
import {
  arrayOf,
  field,
  INT,
  isDatetime,
  isIntegral,
  mapOf,
  NULL,
  sameType,
  STRING,
  structOf,
  unknown,
  type ArrayType,
  type MapType,
  type SqlField,
  type SqlType,
} from "../types.js";
import { parseTypeText } from "./type-text.js";
import type { Answer, Rule } from "./rule.js";

const UNKNOWN = unknown("the parts of what is not known");
const asArray = (type: SqlType | undefined): ArrayType | undefined =>
  type?.kind === "array"
    ? type
    : type?.kind === "unknown" || type?.kind === "null"
      ? { kind: "array", element: type, containsNull: true }
      : undefined;
const asMap = (type: SqlType | undefined): MapType | undefined =>
  type?.kind === "map" ? type : type?.kind === "unknown" ? { kind: "map", key: type, value: type, valueContainsNull: true } : undefined;
const mayBeNull = (parts: readonly Pick<Bound, "nullable">[]): boolean => anyNullable(parts) ?? true;

/** As they are once all have one type. */
export function castTo(args: readonly Bound[], type: SqlType): readonly Bound[] {
  return args.map((arg) => ({ ...arg, nullable: castNullable(arg, type) }));
}

const ofArrays =
  (containsNull: (a: ArrayType, b: ArrayType) => boolean): Rule =>
  ({ types: [a, b] }) => {
    const [left, right] = [asArray(a), asArray(b)];
    return left && right && arrayOf(left.element, containsNull(left, right));
  };

const makeArray: Rule = ({ args }) => {
  const element = common(args.map(({ type }) => type));
  return element && { type: arrayOf(element, mayBeNull(castTo(args, element))), nullable: false };
};

function hasMap(type: SqlType): boolean {
  return (
    type.kind === "map" ||
    (type.kind === "array" && hasMap(type.element)) ||
    (type.kind === "struct" && type.fields.some((one) => hasMap(one.type)))
  );
}

const makeMap: Rule = ({ args }) => {
  if (args.length % 2 !== 0) return undefined;
  const [keys, values] = [args.filter((_, i) => i % 2 === 0), args.filter((_, i) => i % 2 === 1)];
  const [key, value] = [common(keys.map(({ type }) => type)), common(values.map(({ type }) => type))];
  if (key !== undefined && hasMap(key)) return undefined;
  return key && value && { type: mapOf(key, value, mayBeNull(castTo(values, value))), nullable: false };
};

const namedStruct: Rule = ({ args }) => {
  const fields: SqlField[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    const [name, value] = [args[i], args[i + 1]];
    if (typeof name?.value !== "string" || value === undefined) return undefined;
    fields.push(field(name.value, value.type, value.nullable ?? true));
  }
  return args.length === 0 || args.length % 2 !== 0 ? undefined : { type: structOf(fields), nullable: false };
};

/** The element at a constant place of an array that is written out. */
function literalItem(from: Bound | undefined, index: Bound | undefined, first: number): Bound | undefined {
  const written =
    from?.op === "other" && from.key.startsWith("array(") && from.sql?.startsWith("array(") === true && from.key.endsWith(")");
  return written && typeof index?.value === "string" ? from.children[Number(index.value) - first] : undefined;
}
function perItem(at: SqlType | undefined, type: SqlType): SqlType {
  return at?.kind === "array" ? arrayOf(type, false) : type;
}

const elementAt: Rule = ({ args: [from, index] }) => {
  if (from?.type.kind === "map")
    return index !== undefined && widerWithoutString(from.type.key, index.type) === undefined
      ? undefined
      : { type: from.type.value, nullable: true };
  const array = asArray(from?.type);
  if (array === undefined || index === undefined || !(isIntegral(index.type) || ["null", "unknown"].includes(index.type.kind)))
    return undefined;
  const item = literalItem(from, index, 1);
  if (item !== undefined) return { type: array.element, nullable: item.nullable };
  return { type: array.element, nullable: index.foldable || array.containsNull ? true : from?.nullable };
};

const tryElementAt: Rule = (input) => {
  const [from, index] = input.args;
  const answer = elementAt(input);
  if (answer === undefined || !("type" in answer)) return answer;
  return { type: answer.type, nullable: literalItem(from, index, 1)?.nullable ?? true };
};

/** Whole numbers and a float stay float here, unlike elsewhere. */
function single(array: Bound | undefined, item: Bound | undefined): SqlType | undefined {
  const element = array?.type.kind === "array" ? array.type.element : undefined;
  return element !== undefined && isIntegral(element) && item?.type.kind === "float" ? item.type : undefined;
}

const arraysZip: Rule = ({ types, names, args }) => {
  const fields = types.map((type, i) => field(names[i] ?? String(i), asArray(type)?.element ?? UNKNOWN, true));
  return { type: arrayOf(structOf(fields), false), nullable: anyNullable(args) };
};

const flatten: Rule = ({ types: [type], args }) => {
  const inner = asArray(asArray(type)?.element);
  return (
    inner && { type: arrayOf(inner.element, inner.containsNull), nullable: asArray(type)?.containsNull === true ? true : args[0]?.nullable }
  );
};

const mapFromEntries: Rule = ({ types: [type], args }) => {
  const array = asArray(type);
  if (array?.element.kind === "unknown") return array.element;
  if (array?.element.kind !== "struct" || array.element.fields.length !== 2) return undefined;
  const [key, value] = array.element.fields;
  if (key === undefined || value === undefined) return undefined;
  return { type: mapOf(key.type, value.type, value.nullable), nullable: array.containsNull ? true : anyNullable(args) };
};

const sequence: Rule = ({ args }) => {
  const [first, last, step] = args;
  const type = first && last && common([first.type, last.type]);
  if (type === undefined || !(isIntegral(type) || isDatetime(type) || ["unknown", "null"].includes(type.kind))) return undefined;
  const steps = isIntegral(type) ? ["tinyint", "smallint", "int", "bigint", "string"] : ["interval", "calendar_interval", "string"];
  if (step !== undefined && ![...steps, "null", "unknown"].includes(step.type.kind)) return undefined;
  const whole = step !== undefined && isIntegral(type) ? common([type, step.type]) : type;
  return (
    whole && {
      type: arrayOf(whole, false),
      nullable: anyNullable([...castTo(args.slice(0, 2), whole), ...(step === undefined ? [] : [step])]),
    }
  );
};

/** `from_json(text, 'a INT')`: the type is in the second argument. */
const fromText: Rule = ({ args: [text, schema], name }) => {
  // Whether it is a schema was seen before (`schema-text.ts`).
  const type = typeof schema?.value === "string" ? parseTypeText(schema.value) : undefined;
  if (type === undefined) return { type: unknown(`the schema of ${name} is not a constant that we read`), nullable: true };
  return { type: maybeNull(type), nullable: name === "from_csv" ? text?.nullable : true };
};

/** What NOT NULL says of a text's fields, Spark does not trust. */
function maybeNull(type: SqlType): SqlType {
  switch (type.kind) {
    case "array":
      return arrayOf(maybeNull(type.element), true);
    case "map":
      return mapOf(maybeNull(type.key), maybeNull(type.value), true);
    case "struct":
      return structOf(type.fields.map((one) => ({ ...one, type: maybeNull(one.type), nullable: true })));
    default:
      return type;
  }
}
const variantGet: Rule = ({ args: [, , schema] }) => {
  if (schema === undefined) return { type: { kind: "variant" }, nullable: true };
  const type = typeof schema.value === "string" ? parseTypeText(schema.value) : undefined;
  return { type: type ?? unknown("the type is not a constant that we read"), nullable: true };
};

/** Rows are given as a struct: their columns are its fields. */
const rows = (...fields: readonly SqlField[]): Answer => ({ type: structOf(fields), nullable: false });

function exploded(type: SqlType | undefined, position: boolean, outer: boolean): Answer {
  if (type?.kind === "unknown") return type;
  const first = position ? [field("pos", INT, outer)] : [];
  if (type?.kind === "map")
    return rows(...first, field("key", type.key, outer), field("value", type.value, outer || type.valueContainsNull));
  const array = asArray(type);
  return array && rows(...first, field("col", array.element, outer || array.containsNull));
}
const explode: Rule = ({ types: [type], name }) => exploded(type, name.startsWith("pos"), name.endsWith("_outer"));

const inline: Rule = ({ types: [type], name }) => {
  const array = asArray(type);
  if (array?.element.kind === "unknown") return array.element;
  if (array?.element.kind !== "struct") return undefined;
  const outer = name.endsWith("_outer") || array.containsNull;
  return rows(...array.element.fields.map((one) => field(one.name, one.type, outer || one.nullable)));
};

const stack: Rule = ({ args }) => {
  const count = Number(args[0]?.value ?? Number.NaN);
  if (!(count > 0)) return undefined;
  const values = args.slice(1);
  const width = Math.ceil(values.length / count);
  let mixed = false;
  const fields = Array.from({ length: width }, (_, i) => {
    const column = values.filter((_value, at) => at % width === i);
    const [type = unknown("a column of nothing")] = column.map((value) => value.type).filter(({ kind }) => kind !== "null");
    if (
      column.some(
        (value) => value.type.kind !== "null" && value.type.kind !== "unknown" && type.kind !== "unknown" && !sameType(value.type, type),
      )
    )
      mixed = true;
    return field(`col${i}`, type, true);
  });
  return mixed ? undefined : rows(...fields);
};

export const NESTED_RULES: Readonly<Record<string, Rule>> = {
  array: makeArray,
  map: makeMap,
  struct: ({ args, names }) => ({
    type: structOf(args.map((arg, i) => field(names[i] ?? `col${i + 1}`, arg.type, arg.nullable ?? true))),
    nullable: false,
  }),
  named_struct: namedStruct,
  element_at: elementAt,
  get: ({ args: [from, index] }) => ({
    type: asArray(from?.type)?.element ?? UNKNOWN,
    // A constant that is cast first: Spark looks which item it is, and at times cannot.
    nullable:
      index?.foldable === true && !["int", "null"].includes(index.type.kind) ? undefined : (literalItem(from, index, 0)?.nullable ?? true),
  }),
  kll_quantile: ({ types: [, at], name }) =>
    perItem(at, { kind: name.endsWith("bigint") ? "bigint" : name.endsWith("float") ? "float" : "double" }),
  kll_rank: ({ types: [, at] }) => perItem(at, { kind: "double" }),
  try_element_at: tryElementAt,
  array_compact: ({ types: [type] }) => arrayOf(asArray(type)?.element ?? UNKNOWN, false),
  array_add: ({ types: [type], args: [array] }) => ({ type: arrayOf(asArray(type)?.element ?? UNKNOWN, true), nullable: array?.nullable }),
  array_contains: ({ types: [type], args }) => ({
    type: { kind: "boolean" },
    nullable: asArray(type)?.containsNull === true ? true : anyNullable(args),
  }),
  array_keep: ({ types: [type], args: [array, item] }) => {
    const from = asArray(type);
    return from && arrayOf(single(array, item) ?? from.element, from.containsNull);
  },
  array_insert: ({ types: [type], args }) => ({
    type: arrayOf(single(args[0], args[2]) ?? asArray(type)?.element ?? UNKNOWN, true),
    nullable: anyNullable(args.slice(0, 2)),
  }),
  array_except: ofArrays((a) => a.containsNull),
  array_intersect: ofArrays((a, b) => a.containsNull && b.containsNull),
  array_union: ofArrays((a, b) => a.containsNull || b.containsNull),
  array_repeat: ({ args: [value, count] }) => value && { type: arrayOf(value.type, value.nullable ?? true), nullable: count?.nullable },
  arrays_zip: arraysZip,
  flatten,
  map_concat: ({ args, types }) => {
    const type = common(types);
    return args.length === 0 ? { type: mapOf(STRING, STRING, true), nullable: false } : type;
  },
  map_entries: ({ types: [type] }) => {
    const map = asMap(type);
    return map && arrayOf(structOf([field("key", map.key, false), field("value", map.value, map.valueContainsNull)]), false);
  },
  map_from_arrays: ({ types: [keys, values] }) =>
    mapOf(asArray(keys)?.element ?? NULL, asArray(values)?.element ?? NULL, asArray(values)?.containsNull ?? true),
  map_from_entries: mapFromEntries,
  map_values: ({ types: [type] }) => arrayOf(asMap(type)?.value ?? UNKNOWN, true),
  sequence,
  from_text: fromText,
  variant_get: variantGet,
  collect: ({ args: [value] }) => value && { type: arrayOf(value.type, false), nullable: false },
  histogram: ({ types: [type] }) => type && arrayOf(structOf([field("x", type, true), field("y", { kind: "double" }, true)]), true),
  explode,
  posexplode: explode,
  inline,
  stack,
  json_tuple: ({ args }) => rows(...args.slice(1).map((_, i) => field(`c${i}`, STRING, true))),
  range: () => rows(field("id", { kind: "bigint" }, false)),
  sql_keywords: () => rows(field("keyword", STRING, false), field("reserved", { kind: "boolean" }, false)),
  variant_explode: ({ name }) =>
    rows(
      field("pos", INT, name.endsWith("_outer")),
      field("key", STRING, true),
      field("value", { kind: "variant" }, name.endsWith("_outer")),
    ),
};
