/** Types as Spark SQL writes them in CAST. */
import type { AtomicKind } from "../../data-type.js";
import {
  arrayOf,
  decimal,
  field,
  INTERVAL_UNITS,
  interval,
  mapOf,
  STRING,
  structOf,
  unknown,
  type SqlField,
  type SqlType,
} from "../types.js";
import type { Cursor } from "./cursor.js";
import { SqlSyntaxError } from "./lexer.js";

const ATOMS: Readonly<Record<string, AtomicKind | "variant" | "null">> = {
  BOOLEAN: "boolean",
  TINYINT: "tinyint",
  BYTE: "tinyint",
  SMALLINT: "smallint",
  SHORT: "smallint",
  INT: "int",
  INTEGER: "int",
  BIGINT: "bigint",
  LONG: "bigint",
  FLOAT: "float",
  REAL: "float",
  DOUBLE: "double",
  BINARY: "binary",
  DATE: "date",
  TIMESTAMP: "timestamp",
  TIMESTAMP_LTZ: "timestamp",
  TIMESTAMP_NTZ: "timestamp_ntz",
  VARIANT: "variant",
  VOID: "null",
};

interface Named {
  readonly type: SqlType;
  /** As Spark prints it. */
  readonly name: string;
}

export function readDataType(cursor: Cursor): Named {
  return cursor.nested(() => readType(cursor));
}

function readType(cursor: Cursor): Named {
  const { text, span, kind } = cursor.peek();
  if (kind !== "word") cursor.fail("a type");
  cursor.next();
  const atom = ATOMS[text];
  if (atom !== undefined) return { type: { kind: atom }, name: atom === "null" ? "VOID" : atom.toUpperCase() };
  switch (text) {
    case "DECIMAL":
    case "DEC":
    case "NUMERIC": {
      const [precision = 10, scale = 0] = numbers(cursor, 2);
      if (precision > 38 || scale > precision)
        throw new SqlSyntaxError("a decimal has at most 38 digits, and no more of them after the point", span);
      return { type: decimal(precision, scale), name: `DECIMAL(${precision},${scale})` };
    }
    case "STRING":
      if (cursor.eatWords("COLLATE")) return { type: unknown(`a collation: ${cursor.ident().name}`), name: "STRING" };
      return { type: STRING, name: "STRING" };
    case "CHAR":
    case "CHARACTER":
    case "VARCHAR": {
      const [length] = numbers(cursor, 1);
      if (length === undefined) cursor.fail("a length in parentheses");
      return { type: STRING, name: `${text === "VARCHAR" ? text : "CHAR"}(${length})` };
    }
    case "TIME": {
      const [precision = 6] = numbers(cursor, 1);
      cursor.need("the type `TIME`", span);
      if (precision > 6) throw new SqlSyntaxError("a time has at most six digits of a second", span);
      return { type: { kind: "time", precision }, name: `TIME(${precision})` };
    }
    case "TIMESTAMP_WITHOUT_TIME_ZONE":
      return { type: { kind: "timestamp_ntz" }, name: "TIMESTAMP_NTZ" };
    case "INTERVAL":
      return readInterval(cursor);
    case "ARRAY":
    case "MAP":
    case "STRUCT":
      return readNested(cursor, text);
    default:
      throw new SqlSyntaxError(`there is no type ${cursor.text.slice(span.start, span.end)}`, span);
  }
}

function numbers(cursor: Cursor, most: number): readonly number[] {
  if (!cursor.eatOp("(")) return [];
  const found = cursor.list(() => {
    const token = cursor.next();
    return /^\d+$/.test(token.text) ? Number(token.text) : cursor.fail("a number");
  });
  cursor.expectOp(")");
  return found.length <= most ? found : cursor.fail("fewer numbers");
}

function readInterval(cursor: Cursor): Named {
  const unit = (): number => {
    const found = INTERVAL_UNITS.findIndex((name) => cursor.isWord(name.toUpperCase()));
    if (found < 0) cursor.fail("a unit of time");
    cursor.next();
    return found;
  };
  const start = INTERVAL_UNITS.some((name) => cursor.isWord(name.toUpperCase())) ? unit() : undefined;
  if (start === undefined) return { type: { kind: "calendar_interval" }, name: "INTERVAL" };
  const end = cursor.eatWords("TO") ? unit() : start;
  if (end < start || start < 2 !== end < 2) cursor.fail("a smaller unit of the same kind");
  const names = [INTERVAL_UNITS[start] ?? "", INTERVAL_UNITS[end] ?? ""].map((name) => name.toUpperCase());
  return { type: interval(start, end), name: `INTERVAL ${start === end ? names[0] : names.join(" TO ")}` };
}

function readNested(cursor: Cursor, text: "ARRAY" | "MAP" | "STRUCT"): Named {
  if (text === "STRUCT" && cursor.eatOp("<>")) return { type: structOf([]), name: "STRUCT<>" };
  cursor.expectOp("<");
  if (text === "ARRAY") {
    const element = readDataType(cursor);
    cursor.expectClose();
    return { type: arrayOf(element.type, true), name: `ARRAY<${element.name}>` };
  }
  if (text === "MAP") {
    const key = readDataType(cursor);
    cursor.expectOp(",");
    const value = readDataType(cursor);
    cursor.expectClose();
    return { type: mapOf(key.type, value.type, true), name: `MAP<${key.name}, ${value.name}>` };
  }
  const fields: (SqlField & { readonly text: string })[] = [];
  if (!cursor.isOp(">")) {
    do fields.push(readField(cursor));
    while (cursor.eatOp(","));
  }
  cursor.expectClose();
  return {
    type: structOf(fields.map(({ name, type, nullable }) => field(name, type, nullable))),
    name: `STRUCT<${fields.map((one) => one.text).join(", ")}>`,
  };
}

function readField(cursor: Cursor): SqlField & { readonly text: string } {
  const { name } = cursor.ident();
  cursor.eatOp(":");
  const { type, name: typeName } = readDataType(cursor);
  const required = cursor.eatWords("NOT", "NULL");
  if (cursor.eatWords("COMMENT") && cursor.next().kind !== "string") cursor.fail("a string");
  return { name, type, nullable: !required, text: `${name}: ${typeName}${required ? " NOT NULL" : ""}` };
}
