/** Which columns a type of Avro can be read as: those that hold each of its values. */
import type { DataType } from "../data-type.js";
import type { Avro, AvroField, RecordShape } from "./schema.js";

export function fits({ shape }: Avro, wanted: DataType): boolean {
  switch (shape.kind) {
    case "plain":
      return plainFits(shape.type, wanted);
    case "array":
      return wanted.kind === "array" && fits(shape.element, wanted.element);
    case "map":
      return wanted.kind === "map" && wanted.key.kind === "string" && fits(shape.value, wanted.value);
    case "record":
      return wanted.kind === "struct" && wanted.fields.every((field) => fieldFits(fieldOf(shape, field.name), field.type));
    case "unfit":
      return false;
  }
}

function fieldFits(field: AvroField | undefined, wanted: DataType): boolean {
  return field !== undefined && fits(field.type, wanted);
}

/** The field of a name; none where Spark, which does not tell upper from lower case, finds two. */
export function fieldOf({ fields }: Pick<RecordShape, "fields">, name: string): AvroField | undefined {
  const alike = fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
  return alike.length === 1 && alike[0]?.name === name ? alike[0] : undefined;
}

function plainFits(found: DataType, wanted: DataType): boolean {
  if (found.kind === "decimal" && wanted.kind === "decimal")
    return wanted.scale >= found.scale && wanted.precision - wanted.scale >= found.precision - found.scale;
  if (found.kind === "int" && wanted.kind === "bigint") return true;
  if (found.kind === "float" && wanted.kind === "double") return true;
  return found.kind === wanted.kind;
}

/** The type in which Spark reads it; undefined where there is none that a column can have. */
export function readAs({ shape }: Avro): DataType | undefined {
  switch (shape.kind) {
    case "plain":
      return shape.type;
    case "array": {
      const element = readAs(shape.element);
      return element && { kind: "array", element, containsNull: true };
    }
    case "map": {
      const value = readAs(shape.value);
      return value && { kind: "map", key: { kind: "string" }, value, valueContainsNull: true };
    }
    case "record": {
      const fields = shape.fields.map(({ name, type }) => ({ name, type: readAs(type) }));
      const known = fields.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type, nullable: true }]));
      return known.length === 0 ? undefined : { kind: "struct", fields: known };
    }
    case "unfit":
      return undefined;
  }
}
