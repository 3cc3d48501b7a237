/** Schemas of Avro 1.12: what messages hold, in the types in which Spark 4.1 reads them (`from_avro`). */
import type { AtomicKind, DataType } from "../data-type.js";
import type { Json } from "../ir.js";
import type { Span } from "../text.js";
import { parseJson, type JsonNode, type Slip } from "./json.js";

export interface Avro {
  readonly shape: Shape;
  readonly nullable: boolean;
  /** How many types it is made of, with those of a name counted each time. */
  readonly size: number;
  /** The type as Spark is given it: without what does not matter for reading, and with names that are unique without their namespaces. */
  readonly json: Json;
}

export type Shape =
  | { readonly kind: "plain"; readonly type: DataType }
  | { readonly kind: "array"; readonly element: Avro }
  | { readonly kind: "map"; readonly value: Avro }
  | RecordShape
  /** What no column can be. `why` is half a sentence. */
  | { readonly kind: "unfit"; readonly why: string };

export interface RecordShape {
  readonly kind: "record";
  readonly fields: readonly AvroField[];
}

export interface AvroField {
  readonly name: string;
  readonly type: Avro;
  /** Of its name. */
  readonly span: Span;
}

/** What Spark is given: the type of a whole message. */
export interface MessageSchema {
  readonly type: "record";
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: Json }[];
}

export interface AvroMessage {
  readonly fields: readonly AvroField[];
  readonly json: MessageSchema;
}

export type ParsedSchema = { readonly message: AvroMessage } | { readonly slips: readonly Slip[] };

export function parseAvroSchema(text: string): ParsedSchema {
  const root = parseJson(text.replace(/^\uFEFF/, " "));
  if ("message" in root) return { slips: [root] };
  const parser = new SchemaParser();
  const { shape, json } = parser.type(root, "");
  if (parser.slips.length > 0) return { slips: parser.slips };
  if (shape.kind !== "record") return { slips: [{ span: root.span, message: "a message is a record, and this is another type" }] };
  // A record is printed as one.
  return { message: { fields: shape.fields, json: json as unknown as MessageSchema } };
}

const PRIMITIVES: Readonly<Record<string, AtomicKind | "null">> = {
  null: "null",
  boolean: "boolean",
  int: "int",
  long: "bigint",
  float: "float",
  double: "double",
  bytes: "binary",
  string: "string",
};

/** Logical types that make another type of Spark; with others, and on other types, Spark reads what is below. */
const LOGICAL: Readonly<Record<string, AtomicKind>> = {
  "int date": "date",
  "long timestamp-millis": "timestamp",
  "long timestamp-micros": "timestamp",
  "long local-timestamp-millis": "timestamp_ntz",
  "long local-timestamp-micros": "timestamp_ntz",
};

const TYPES = [...Object.keys(PRIMITIVES), "record", "enum", "array", "map", "fixed"];
const NOTHING: Avro = { shape: { kind: "unfit", why: "it is not known" }, nullable: true, size: 1, json: "null" };
const NULL: Shape = { kind: "unfit", why: "it holds nothing but null" };
const MOST_DIGITS = 38;
/** Names can say a type of any size in a few words, and Spark writes it out. */
const MOST_TYPES = 10_000;

type MapNode = Extract<JsonNode, { kind: "map" }>;

class SchemaParser {
  readonly slips: Slip[] = [];
  /** By full name; undefined while it is being read. */
  private readonly named = new Map<string, { readonly avro: Avro | undefined; readonly name: string }>();
  private readonly taken = new Set(TYPES);

  type(node: JsonNode, namespace: string): Avro {
    switch (node.kind) {
      case "text":
        return this.reference(node.value, node.span, namespace);
      case "list":
        return this.union(node.items, node.span, namespace);
      case "map":
        return this.complex(node, namespace);
      default:
        return this.slip(node.span, "a type is a name, a map or a list of types");
    }
  }

  private slip(span: Span, message: string): Avro {
    this.slips.push({ span, message });
    return NOTHING;
  }

  private reference(name: string, span: Span, namespace: string): Avro {
    const primitive = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined;
    if (primitive === "null") return { shape: NULL, nullable: true, size: 1, json: name };
    if (primitive !== undefined) return plain({ kind: primitive }, name);
    const found = this.named.get(fullName(name, namespace)) ?? this.named.get(name);
    if (found === undefined) return this.slip(span, `there is no type \`${name}\`, nor does one of this name stand before`);
    if (found.avro === undefined) return this.slip(span, `\`${name}\` holds itself, and Spark does not read such records`);
    return { ...found.avro, json: found.name };
  }

  private union(nodes: readonly JsonNode[], span: Span, namespace: string): Avro {
    const members = nodes.map((node) => ({ node, avro: this.type(node, namespace) }));
    const kinds = new Set<string>();
    for (const { node, avro } of members) {
      if (avro === NOTHING) continue;
      const kind = kindOf(node, avro.json);
      if (kind === "union") this.slip(node.span, "no union stands in a union");
      else if (kinds.has(kind)) this.slip(node.span, "of each type, a union has one");
      kinds.add(kind);
    }
    if (members.length === 0) return this.slip(span, "a union has at least one type");
    const others = members.flatMap(({ avro }) => (avro.json === "null" ? [] : [avro]));
    const json = members.map(({ avro }) => avro.json);
    return { shape: oneShape(others), nullable: others.length < members.length, size: sizeOf(others), json };
  }

  private complex(node: MapNode, namespace: string): Avro {
    const type = member(node, "type");
    if (type === undefined) return this.slip(node.span, "a type in a map has a `type`");
    if (type.kind !== "text") return this.slip(type.span, "the `type` of a type is a name");
    switch (type.value) {
      case "record":
        return this.declared(node, namespace, (name, inner) => this.record(node, name, inner));
      case "enum":
        return this.declared(node, namespace, (name) => this.enumeration(node, name));
      case "fixed":
        return this.declared(node, namespace, (name) => this.fixed(node, name));
      case "array": {
        const element = this.inner(node, "items", namespace);
        return { shape: { kind: "array", element }, nullable: false, size: element.size + 1, json: { type: "array", items: element.json } };
      }
      case "map": {
        const value = this.inner(node, "values", namespace);
        return { shape: { kind: "map", value }, nullable: false, size: value.size + 1, json: { type: "map", values: value.json } };
      }
      default:
        return logical(node, type.value) ?? this.reference(type.value, type.span, namespace);
    }
  }

  private inner(node: MapNode, key: "items" | "values", namespace: string): Avro {
    const found = member(node, key);
    if (found !== undefined) return this.type(found, namespace);
    return this.slip(node.span, key === "items" ? "an array has `items`" : "a map has `values`");
  }

  /** A type that has a name. */
  private declared(node: MapNode, namespace: string, read: (name: string, namespace: string) => Avro): Avro {
    const name = textOf(member(node, "name"));
    if (name === undefined) return this.slip(node.span, "records, enums and fixed have a `name`");
    const at = member(node, "name")?.span ?? node.span;
    if (!name.split(".").every(isName)) return this.slip(at, WHAT_NAMES_ARE);
    const full = fullName(name, textOf(member(node, "namespace")) ?? namespace);
    if (this.named.has(full)) return this.slip(at, `a type \`${full}\` stands before`);
    const printed = this.printedName(full);
    this.named.set(full, { avro: undefined, name: printed });
    const avro = read(printed, full.split(".").slice(0, -1).join("."));
    this.named.set(full, { avro, name: printed });
    return avro;
  }

  private printedName(full: string): string {
    const last = full.split(".").at(-1) ?? full;
    let name = last;
    for (let i = 2; this.taken.has(name) || name.startsWith("__"); i++) name = `${last.replace(/^__+/, "")}_${i}`;
    this.taken.add(name);
    return name;
  }

  private record(node: MapNode, name: string, namespace: string): Avro {
    const list = member(node, "fields");
    if (list?.kind !== "list") return this.slip(list?.span ?? node.span, "a record has `fields`, a list");
    const fields: AvroField[] = [];
    const names = new Set<string>();
    for (const item of list.items) {
      const [named, type] = item.kind === "map" ? [member(item, "name"), member(item, "type")] : [];
      const own = textOf(named);
      if (named === undefined || own === undefined || type === undefined) this.slip(item.span, "a field is a map with `name` and `type`");
      else if (!isName(own)) this.slip(named.span, WHAT_NAMES_ARE);
      else if (names.has(own)) this.slip(named.span, `two fields are called \`${own}\``);
      else fields.push({ name: own, type: this.type(type, namespace), span: named.span });
      names.add(own ?? "");
    }
    const size = sizeOf(fields.map((field) => field.type));
    if (size > MOST_TYPES) return this.slip(node.span, `written out, a record has more than ${MOST_TYPES} types in it`);
    const printed = fields.map((field) => ({ name: field.name, type: field.type.json }));
    return { shape: { kind: "record", fields }, nullable: false, size, json: { type: "record", name, fields: printed } };
  }

  private enumeration(node: MapNode, name: string): Avro {
    const list = member(node, "symbols");
    if (list?.kind !== "list") return this.slip(list?.span ?? node.span, "an enum has `symbols`, a list");
    const symbols = new Set<string>();
    for (const item of list.items) {
      const symbol = textOf(item);
      if (symbol === undefined || !isName(symbol)) this.slip(item.span, WHAT_NAMES_ARE);
      else if (symbols.has(symbol)) this.slip(item.span, `\`${symbol}\` stands here twice`);
      else symbols.add(symbol);
    }
    return plain({ kind: "string" }, { type: "enum", name, symbols: [...symbols] });
  }

  private fixed(node: MapNode, name: string): Avro {
    const size = numberOf(member(node, "size"));
    if (size === undefined || !Number.isSafeInteger(size) || size < 0) return this.slip(node.span, "a fixed has a `size`, in bytes");
    const json = { type: "fixed", name, size };
    // The most digits that so many bytes can have.
    const digits = Math.floor(Math.log10(2) * (8 * size - 1));
    return decimal(node, json, digits) ?? plain({ kind: "binary" }, json);
  }
}

function plain(type: DataType, json: Json): Avro {
  return { shape: { kind: "plain", type }, nullable: false, size: 1, json };
}

function sizeOf(types: readonly Avro[]): number {
  return types.reduce((sum, { size }) => sum + size, 1);
}

const WHAT_NAMES_ARE = "a name begins with a letter or `_`, and goes on with letters, digits and `_`";

function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

function fullName(name: string, namespace: string): string {
  return name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
}

function member(node: MapNode, key: string): JsonNode | undefined {
  return node.entries.find((entry) => entry.key === key)?.value;
}

function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === "text" ? node.value : undefined;
}

function numberOf(node: JsonNode | undefined): number | undefined {
  return node?.kind === "number" ? node.value : undefined;
}

/** What a union has one of: types by name, or of one kind. */
function kindOf(node: JsonNode, json: Json): string {
  if (node.kind === "list") return "union";
  const type = typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Readonly<Record<string, Json>>) : undefined;
  return typeof json === "string" ? json : String(type?.["name"] ?? type?.["type"]);
}

function oneShape(types: readonly Avro[]): Shape {
  const [first, second] = types;
  if (first === undefined) return NULL;
  if (second === undefined) return first.shape;
  const kinds = types.map(({ json }) => json);
  const both = (a: string, b: string): boolean => kinds.length === 2 && kinds.includes(a) && kinds.includes(b);
  // So Spark has it.
  if (both("int", "long")) return { kind: "plain", type: { kind: "bigint" } };
  if (both("float", "double")) return { kind: "plain", type: { kind: "double" } };
  return { kind: "unfit", why: "it may be of several types" };
}

/** A primitive type with a logical one that Spark knows. */
function logical(node: MapNode, type: string): Avro | undefined {
  const name = textOf(member(node, "logicalType"));
  if (name === undefined) return undefined;
  if (type === "bytes") return decimal(node, { type }, Infinity);
  const kind = LOGICAL[`${type} ${name}`];
  return kind && plain({ kind }, { type, logicalType: name });
}

/** Of more digits than Spark has, it is the bytes that they are in. */
function decimal(node: MapNode, json: Readonly<Record<string, Json>>, digits: number): Avro | undefined {
  const precision = numberOf(member(node, "precision"));
  const scale = member(node, "scale") === undefined ? 0 : numberOf(member(node, "scale"));
  if (textOf(member(node, "logicalType")) !== "decimal" || precision === undefined || scale === undefined) return undefined;
  const isWhole = Number.isInteger(precision) && Number.isInteger(scale);
  if (!isWhole || precision < 1 || precision > Math.min(digits, MOST_DIGITS) || scale < 0 || scale > precision) return undefined;
  return plain({ kind: "decimal", precision, scale }, { ...json, logicalType: "decimal", precision, scale });
}
