/**
 * Spark SQL data types as plain data (Spark 4.1, `org.apache.spark.sql.types`). Text to type and back is in `4-analyze/types`.
 */
export type DataType =
  | { readonly kind: AtomicKind }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "array"; readonly element: DataType; readonly containsNull: boolean }
  | { readonly kind: "map"; readonly key: DataType; readonly value: DataType; readonly valueContainsNull: boolean }
  | { readonly kind: "struct"; readonly fields: readonly Field[] };

export type AtomicKind =
  | "boolean"
  | "tinyint"
  | "smallint"
  | "int"
  | "bigint"
  | "float"
  | "double"
  | "string"
  | "binary"
  | "date"
  | "timestamp"
  | "timestamp_ntz";

export interface Field {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly comment?: string;
}
