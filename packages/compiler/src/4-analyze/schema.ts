/** The columns of everything in a project that has columns, with their types: by the ids of `lineageOf`. */
import type { DataType } from "../data-type.js";
import { printType } from "../sql/types.js";
import type { Analysis, DeploymentFacts } from "./analysis.js";
import { scoredOf } from "./scored.js";
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
  for (const deployment of Object.values(analysis.deployments)) {
    const task = analysis.spec.models?.[deployment.model]?.task;
    schema.set(deployment.id, [
      ...ownInputs(deployment, analysis),
      { name: "prediction", type: task === "multiclass_classification" ? "string" : "double", nullable: false },
    ]);
  }
  return schema;
}

/** Inputs that a batch deployment computes of its own rows. */
function ownInputs(deployment: DeploymentFacts, analysis: Analysis): readonly ColumnSchema[] {
  const own = new Set(scoredOf(deployment, analysis).map(([name]) => name));
  return Object.values(analysis.groups).flatMap(({ name: group, outputs }) =>
    outputs.flatMap((output) => (own.has(`${group}__${output.name}`) ? [{ ...typed(output), name: `${group}__${output.name}` }] : [])),
  );
}

function typed({ name, type, nullable }: { readonly name: string; readonly type: DataType; readonly nullable: boolean }): ColumnSchema {
  return { name, type: printDataType(type), nullable };
}
