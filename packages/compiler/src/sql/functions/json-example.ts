/** What `schema_of_json` makes of an example: the type that `from_json` then reads. */
import { arrayOf, decimal, printType, STRING, structOf, type SqlField, type SqlType } from "../types.js";

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:])/y;
/** Of decimals. */
const MOST_DIGITS = 38;
const NOTHING: SqlType = { kind: "null" };

/** The schema as text; undefined where the example is not plain JSON, or has what Spark reads in a way of its own. */
export function schemaOfJson(example: string): string | undefined {
  try {
    JSON.parse(example);
  } catch {
    return undefined;
  }
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(example); found !== null; found = TOKEN.exec(example)) tokens.push(found[1] ?? "");
  const type = new Reader(tokens).value();
  const whole = type && settled(type);
  return whole && printed(whole);
}

/** Over the tokens of an example that is known to be JSON. */
class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly string[]) {}

  value(): SqlType | undefined {
    const token = this.tokens[this.at++] ?? "";
    if (token === "{") return this.struct();
    if (token === "[") return this.array();
    if (token.startsWith('"')) return token === '""' ? NOTHING : STRING;
    if (token === "true" || token === "false") return { kind: "boolean" };
    if (token === "null") return NOTHING;
    if (/[.eE]/.test(token)) return { kind: "double" };
    return wholeNumber(token);
  }

  private struct(): SqlType | undefined {
    const fields: SqlField[] = [];
    while (this.tokens[this.at] !== "}") {
      if (this.tokens[this.at] === ",") this.at++;
      const name = String(JSON.parse(this.tokens[this.at] ?? '""'));
      this.at += 2;
      const type = this.value();
      if (type === undefined || fields.some((one) => one.name === name)) return undefined;
      fields.push({ name, type, nullable: true });
    }
    this.at++;
    return structOf(fields.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  private array(): SqlType | undefined {
    let element: SqlType | undefined = NOTHING;
    while (this.tokens[this.at] !== "]") {
      if (this.tokens[this.at] === ",") this.at++;
      const next = this.value();
      element = element && next && both(element, next);
      if (element === undefined) return undefined;
    }
    this.at++;
    return arrayOf(element, true);
  }
}

function wholeNumber(text: string): SqlType | undefined {
  const value = BigInt(text);
  if (BigInt.asIntN(64, value) === value) return { kind: "bigint" };
  const digits = text.replace("-", "").length;
  return digits <= MOST_DIGITS ? decimal(digits, 0) : undefined;
}

/** The type that holds values of two examples; undefined beside decimals, which Spark widens. */
function both(left: SqlType, right: SqlType): SqlType | undefined {
  if (left.kind === "null") return right;
  if (right.kind === "null") return left;
  if (left.kind === "array" && right.kind === "array") {
    const element = both(left.element, right.element);
    return element && arrayOf(element, true);
  }
  if (left.kind === "struct" && right.kind === "struct") {
    const names = [...new Set([...left.fields, ...right.fields].map(({ name }) => name))].sort((a, b) => (a < b ? -1 : 1));
    const typeIn = (fields: readonly SqlField[], name: string): SqlType => fields.find((one) => one.name === name)?.type ?? NOTHING;
    const fields = names.flatMap((name): SqlField[] => {
      const type = both(typeIn(left.fields, name), typeIn(right.fields, name));
      return type === undefined ? [] : [{ name, type, nullable: true }];
    });
    return fields.length < names.length ? undefined : structOf(fields);
  }
  const kinds = new Set([left.kind, right.kind]);
  if (kinds.has("decimal")) return undefined;
  if (kinds.size === 1) return left;
  return kinds.has("bigint") && kinds.has("double") ? { kind: "double" } : STRING;
}

/** What only was NULL is text; structs without fields are left out. */
function settled(type: SqlType): SqlType | undefined {
  if (type.kind === "null") return STRING;
  if (type.kind === "array") {
    const element = settled(type.element);
    return element && arrayOf(element, true);
  }
  if (type.kind !== "struct") return type;
  const fields = type.fields.flatMap((one) => {
    const inner = one.name === "" ? undefined : settled(one.type);
    return inner === undefined ? [] : [{ ...one, type: inner }];
  });
  return fields.length === 0 ? undefined : structOf(fields);
}

function printed(type: SqlType): string {
  if (type.kind === "array") return `ARRAY<${printed(type.element)}>`;
  if (type.kind === "struct")
    return `STRUCT<${type.fields.map(({ name, type: inner }) => `\`${name.replaceAll("`", "``")}\`: ${printed(inner)}`).join(", ")}>`;
  return printType(type);
}
