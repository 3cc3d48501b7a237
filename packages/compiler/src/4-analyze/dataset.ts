/** Columns of sources and transforms, as those who read them need them. */
import type { Field } from "../data-type.js";
import { isWrongType, toDataType, WRONG } from "../sql/types.js";
import type { DatasetFacts, TransformColumn } from "./analysis.js";

/** The columns whose types are known, and can be a column's. */
export function typedColumns(dataset: DatasetFacts): readonly Field[] {
  return dataset.kind === "source"
    ? dataset.columns
    : once(typed, dataset, () => dataset.columns.flatMap((column) => fieldOf(column) ?? []));
}

/** Many ask the same of one dataset. */
const typed = new WeakMap<DatasetFacts, readonly Field[]>();
const knowledge = new WeakMap<DatasetFacts, "all" | "some" | "wrong">();

function once<T>(known: WeakMap<DatasetFacts, T>, dataset: DatasetFacts, compute: () => T): T {
  const found = known.get(dataset);
  if (found !== undefined) return found;
  const value = compute();
  known.set(dataset, value);
  return value;
}

function fieldOf({ name, type: bound, nullable, comment }: TransformColumn): Field | undefined {
  const type = toDataType(bound);
  return type && { name, type, nullable, ...(comment === undefined ? {} : { comment }) };
}

/** Names of the columns whose types are not known, in the order of the SELECT; empty where it is not known which columns there are. */
export function untypedColumns(dataset: DatasetFacts): readonly string[] {
  if (dataset.kind === "source" || dataset.open !== undefined) return [];
  return dataset.columns.flatMap((column) => (fieldOf(column) === undefined ? [column.name] : []));
}

/** Whether all columns are known; `wrong` where some are not because of a mistake that is reported already. */
export function knowledgeOf(dataset: DatasetFacts): "all" | "some" | "wrong" {
  if (dataset.kind === "source") return "all";
  return once(knowledge, dataset, () => {
    const untyped = dataset.columns.filter((column) => fieldOf(column) === undefined);
    if (dataset.open === WRONG.why || untyped.some(({ type }) => isWrongType(type))) return "wrong";
    return dataset.open === undefined && untyped.length === 0 ? "all" : "some";
  });
}
