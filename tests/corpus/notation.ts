/** The corpus' notation of types: Spark's own, in which `not null` may stand after every type. */
import type { AtomicKind, DataType, Field } from "../../packages/compiler/src/data-type.js";

const ATOMIC: ReadonlySet<string> = new Set<AtomicKind>([
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "float",
  "double",
  "string",
  "binary",
  "date",
  "timestamp",
  "timestamp_ntz",
]);

const TOKEN = /\s*(not null|`(?:[^`]|``)*`|decimal\(\d+,\d+\)|[A-Za-z_][A-Za-z0-9_]*|[<>,:])/y;

export interface Typed {
  readonly type: DataType;
  readonly nullable: boolean;
}

/** Undefined where the text holds a type that our type language lacks: an interval, void, variant… */
export function readTyped(text: string): Typed | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  const reader = new Reader(tokens);
  const typed = reader.typed();
  return typed !== undefined && reader.done() ? typed : undefined;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  done(): boolean {
    return this.at === this.tokens.length;
  }

  typed(): Typed | undefined {
    const type = this.type();
    return type && { type, nullable: !this.skip("not null") };
  }

  private skip(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private type(): DataType | undefined {
    const word = this.tokens[this.at] ?? "";
    this.at += 1;
    const decimal = /^decimal\((\d+),(\d+)\)$/.exec(word);
    if (decimal) return { kind: "decimal", precision: Number(decimal[1]), scale: Number(decimal[2]) };
    if (word === "array") return this.array();
    if (word === "map") return this.map();
    if (word === "struct") return this.struct();
    return ATOMIC.has(word) ? { kind: word as AtomicKind } : undefined;
  }

  private array(): DataType | undefined {
    if (!this.skip("<")) return undefined;
    const element = this.typed();
    return element && this.skip(">") ? { kind: "array", element: element.type, containsNull: element.nullable } : undefined;
  }

  private map(): DataType | undefined {
    if (!this.skip("<")) return undefined;
    const key = this.type();
    if (!key || !this.skip(",")) return undefined;
    const value = this.typed();
    return value && this.skip(">") ? { kind: "map", key, value: value.type, valueContainsNull: value.nullable } : undefined;
  }

  private struct(): DataType | undefined {
    if (!this.skip("<")) return undefined;
    const fields: Field[] = [];
    while (!this.skip(">")) {
      if (fields.length > 0 && !this.skip(",")) return undefined;
      const name = this.tokens[this.at] ?? "";
      this.at += 1;
      const typed = this.skip(":") ? this.typed() : undefined;
      if (!typed) return undefined;
      fields.push({ name: name.startsWith("`") ? name.slice(1, -1).replaceAll("``", "`") : name, ...typed });
    }
    return { kind: "struct", fields };
  }
}

export function printTyped({ type, nullable }: Typed): string {
  return `${printType(type)}${nullable ? "" : " not null"}`;
}

function printType(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${printTyped({ type: type.element, nullable: type.containsNull })}>`;
    case "map":
      return `map<${printType(type.key)},${printTyped({ type: type.value, nullable: type.valueContainsNull })}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${printName(field.name)}:${printTyped(field)}`).join(",")}>`;
    default:
      return type.kind;
  }
}

export const printName = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``);
