import type { AtomicKind, DataType, Field } from "../data-type.js";
import { nearest } from "../diagnostics/nearest.js";
import { mistake, ok, type Mistake, type Parsed } from "./result.js";

export interface ColumnTypeText {
  readonly type: DataType;
  /** False where the text ends in `!`. */
  readonly nullable: boolean;
}

const ATOMS: Readonly<Record<string, AtomicKind>> = {
  boolean: "boolean",
  tinyint: "tinyint",
  byte: "tinyint",
  smallint: "smallint",
  short: "smallint",
  int: "int",
  integer: "int",
  bigint: "bigint",
  long: "bigint",
  float: "float",
  real: "float",
  double: "double",
  string: "string",
  binary: "binary",
  date: "date",
  timestamp: "timestamp",
  timestamp_ltz: "timestamp",
  timestamp_ntz: "timestamp_ntz",
};

/** Words of other databases, and what Spark calls the same. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  text: "string",
  varchar: "string",
  char: "string",
  str: "string",
  uuid: "string",
  json: "string",
  bool: "boolean",
  int8: "tinyint",
  int16: "smallint",
  int32: "int",
  int64: "bigint",
  float32: "float",
  float64: "double",
  datetime: "timestamp",
  timestamptz: "timestamp",
  bytes: "binary",
  blob: "binary",
  numeric: "decimal",
  list: "array",
  object: "struct",
  number: "double or decimal(12,2)",
};

const DEPTH_LIMIT = 20;

/** `string!`, `decimal(12,2)`, `array<struct<a:int,b:string>>`. */
export function parseColumnType(text: string): Parsed<ColumnTypeText> {
  const reader = new Reader(text);
  try {
    const type = reader.type(0);
    const nullable = !reader.takes("!");
    reader.end();
    return ok({ type, nullable });
  } catch (error) {
    if (error instanceof Stop) return error.mistake;
    throw error;
  }
}

/** Ends a reading from within; never leaves this file. */
class Stop extends Error {
  constructor(readonly mistake: Mistake) {
    super(mistake.message);
  }
}

/** A position in the text. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  type(depth: number): DataType {
    if (depth > DEPTH_LIMIT) this.stop(this.at, 1, `types are nested at most ${DEPTH_LIMIT} deep`);
    const start = this.skip();
    const word = this.word();
    const name = word.toLowerCase();
    if (word === "") this.stop(start, Math.max(this.text.length - start, 0), "a type is missing here, such as `string` or `decimal(12,2)`");
    if (Object.hasOwn(ATOMS, name)) {
      const kind = ATOMS[name];
      if (kind !== undefined) return { kind };
    }
    if (name === "decimal" || name === "dec") return this.decimal();
    if (name === "array")
      return this.between(() => ({ kind: "array", element: this.type(depth + 1), containsNull: true }), "array<string>");
    if (name === "map") return this.map(depth);
    if (name === "struct") return this.between(() => ({ kind: "struct", fields: this.fields(depth) }), "struct<name:string,size:int>");
    const other = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
    const near = other ?? nearest(name, [...Object.keys(ATOMS), "decimal", "array", "map", "struct"]);
    // Spark has it, as another name or with a length that it hardly ever looks at.
    const not = ["varchar", "char", "numeric"].includes(name) ? "is not taken" : "is no Spark type";
    return this.stop(start, word.length, `\`${word}\` ${not}${near === undefined ? "" : `: write \`${near}\``}`);
  }

  private decimal(): DataType {
    if (!this.takes("(")) return { kind: "decimal", precision: 10, scale: 0 };
    const start = this.at;
    const precision = this.number();
    const scale = this.takes(",") ? this.number() : 0;
    const end = this.at;
    this.expect(")", "decimal(12,2)");
    if (precision < 1 || precision > 38) this.stop(start, end - start, "a decimal has 1 to 38 digits");
    if (scale > precision) this.stop(start, end - start, `of ${precision} digits, ${scale} cannot be behind the point`);
    return { kind: "decimal", precision, scale };
  }

  private map(depth: number): DataType {
    return this.between(() => {
      const start = this.skip();
      const key = this.type(depth + 1);
      if (key.kind === "map") this.stop(start, this.at - start, "a map cannot be the key of a map");
      this.expect(",", "map<string,int>");
      return { kind: "map", key, value: this.type(depth + 1), valueContainsNull: true };
    }, "map<string,int>");
  }

  private fields(depth: number): readonly Field[] {
    const fields: Field[] = [];
    if (this.text[this.skip()] === ">") return fields;
    do {
      const start = this.skip();
      const name = this.word();
      if (name === "") this.stop(start, 1, "a field is written `name:type`");
      if (fields.some((field) => field.name.toLowerCase() === name.toLowerCase()))
        this.stop(start, name.length, `the field \`${name}\` is there twice`);
      this.takes(":");
      const type = this.type(depth + 1);
      const notNull = /^\s*not\s+null/i.exec(this.text.slice(this.at))?.[0];
      if (notNull !== undefined) this.at += notNull.length;
      fields.push({ name, type, nullable: notNull === undefined && !this.takes("!") });
    } while (this.takes(","));
    return fields;
  }

  private between(inner: () => DataType, example: string): DataType {
    this.expect("<", example);
    const type = inner();
    this.expect(">", example);
    return type;
  }

  private word(): string {
    const found = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.text.slice(this.skip()))?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private number(): number {
    const digits = /^\d{1,3}/.exec(this.text.slice(this.skip()))?.[0];
    if (digits === undefined) return this.stop(this.at, 1, "digits are a whole number, such as in `decimal(12,2)`");
    this.at += digits.length;
    return Number(digits);
  }

  takes(sign: string): boolean {
    if (this.text[this.skip()] !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string, example: string): void {
    if (!this.takes(sign))
      this.stop(this.at, this.at < this.text.length ? 1 : 0, `\`${sign}\` is missing here: such a type is written \`${example}\``);
  }

  end(): void {
    if (this.skip() < this.text.length) {
      const rest = this.text.slice(this.at);
      this.stop(
        this.at,
        rest.length,
        /^not\s+null$/i.test(rest) ? "NOT NULL is written `!`, as in `string!`" : `\`${rest}\` is not expected after the type`,
      );
    }
  }

  private skip(): number {
    while (/\s/.test(this.text[this.at] ?? "")) this.at++;
    return this.at;
  }

  private stop(offset: number, length: number, message: string): never {
    throw new Stop(mistake(offset, length, message));
  }
}
