/** The columns of everything in a project that has columns, with their types: by the ids of `lineageOf`. */
import type { DataType } from "../data-type.js";
import { printType } from "../sql/types.js";
import type { Analysis } from "./analysis.js";
import { printDataType } from "./types/text.js";

export interface ColumnSchema {
  readonly name: string;
  /** Spark's own text of the type; `unknown` where it is not known. */
  readonly type: string;
  /** Also where it is not known. */
  readonly nullable: boolean;
  /** Why the type is not known. */
  readonly unknown?: string;
}

/** By definition (`transforms.payments`), in order. */
export function schemaOf(analysis: Analysis): ReadonlyMap<string, readonly ColumnSchema[]> {
  const schema = new Map<string, readonly ColumnSchema[]>();
  for (const dataset of Object.values(analysis.datasets))
    schema.set(
      dataset.id,
      dataset.kind === "source"
        ? dataset.columns.map(typed)
        : dataset.columns.map(({ name, type, nullable }) => ({
            name,
            type: printType(type),
            nullable,
            ...(type.kind === "unknown" ? { unknown: type.why } : {}),
          })),
    );
  for (const { id, outputs } of Object.values(analysis.groups)) schema.set(id, outputs.map(typed));
  for (const { id, inputs, label } of Object.values(analysis.models))
    schema.set(id, [...inputs.map(typed), { ...typed(label.field), name: "label" }]);
  for (const { id, model } of Object.values(analysis.deployments)) {
    const task = analysis.spec.models?.[model]?.task;
    schema.set(id, [{ name: "prediction", type: task === "multiclass_classification" ? "string" : "double", nullable: false }]);
  }
  return schema;
}

function typed({ name, type, nullable }: { readonly name: string; readonly type: DataType; readonly nullable: boolean }): ColumnSchema {
  return { name, type: printDataType(type), nullable };
}
