/** `datasets.py`: a reader for each source and transform. */
import type { Dataset, Ir, SourceDataset, TransformDataset } from "@mlspec/compiler";
import { call, code, dict, literal, type Py } from "../text/python.js";
import { constant, imported, reader, signature } from "./code.js";
import { typeText } from "./sql.js";

type Table = SourceDataset | TransformDataset;

export interface DatasetsContext {
  readonly project: string;
  readonly hasSources: boolean;
  readonly hasTables: boolean;
  /** What is imported where there are tables. */
  readonly lakehouse: Py;
  readonly hasQueries: boolean;
  readonly hasFunctions: boolean;
  readonly hasMasks: boolean;
  readonly datasets: readonly DatasetContext[];
}

interface DatasetContext {
  readonly signature: Py;
  readonly description: string;
  readonly source: string | null;
  readonly table: Py | null;
  /** Whether its query calls masks with a key. */
  readonly masked: boolean;
  readonly inputs: Py;
  /** The rows, from what is read. */
  readonly rows: Py;
}

export function datasetsContext(ir: Ir): DatasetsContext {
  const tables = Object.values(ir.datasets).filter(isTable);
  return {
    project: ir.project.name,
    hasSources: tables.some((table) => table.kind === "source"),
    hasTables: tables.some((table) => table.kind === "transform" && table.path !== undefined),
    hasQueries: tables.some((table) => table.kind === "transform" && table.function === undefined),
    hasFunctions: hasFunctions(ir),
    hasMasks: hasMasks(ir),
    lakehouse: imported([
      ...(tables.some(isIncremental) ? ["Interval"] : []),
      ...(tables.some((table) => table.kind === "transform" && table.path !== undefined) ? ["read"] : []),
      ...(tables.some(isIncremental) ? ["sliced"] : []),
    ]),
    datasets: tables.map((table) => datasetContext(ir, table)),
  };
}

function isIncremental(table: Table): boolean {
  return table.kind === "transform" && table.incremental !== undefined;
}

/** Whether the project's own code computes anything. */
export function hasFunctions(ir: Ir): boolean {
  return Object.values(ir.datasets).some((dataset) => dataset.kind === "transform" && dataset.function !== undefined);
}

/** Whether SQL calls masks with a key. */
export function hasMasks(ir: Ir): boolean {
  return Object.values(ir.datasets).some((dataset) => dataset.kind === "transform" && dataset.masks !== undefined);
}

export function isTable(dataset: Dataset): dataset is Table {
  return dataset.kind === "source" || dataset.kind === "transform";
}

/** The name in SQL of the dataset with this id. */
export function tableOf(ir: Ir, id: string): Table {
  const dataset = ir.datasets[id];
  if (dataset === undefined || !isTable(dataset)) throw new Error(`${id} is neither a source nor a transform`);
  return dataset;
}

function datasetContext(ir: Ir, table: Table): DatasetContext {
  const parameters = `spark: SparkSession, cut: datetime | None = None${isIncremental(table) ? ", within: Interval | None = None" : ""}`;
  const common = {
    signature: signature(reader(table.name), parameters, "DataFrame"),
    description: table.description ?? `Return the rows of \`${table.name}\`.`,
  };
  if (table.kind === "source") {
    return { ...common, source: constant(table.name, "SOURCE"), table: null, masked: false, inputs: dict([]), rows: literal(null) };
  }
  const inputs = table.reads.map((id) => {
    const { name } = tableOf(ir, id);
    const rows = code(`${reader(name)}(spark, cut)`);
    const column = table.incremental?.eventTimes[id];
    return [name, column === undefined ? rows : call("sliced", [rows, literal(column), code("within")])] as const;
  });
  return {
    ...common,
    source: null,
    table: table.path === undefined ? null : call("read", [code("spark"), literal(table.path)]),
    masked: table.masks !== undefined,
    inputs: dict(inputs),
    rows: rowsOf(table),
  };
}

function rowsOf({ sqlFile, function: callable, columns }: TransformDataset): Py {
  if (callable === undefined) return call("query", [code("spark"), literal(sqlFile ?? ""), code("inputs")]);
  return call("apply_function", [literal(callable.file), literal(callable.function), code("inputs"), code("cut")], {
    columns: dict(columns.map(({ name, type }) => [name, literal(typeText(type))] as const)),
    required: literal(columns.filter(({ nullable }) => !nullable).map(({ name }) => name)),
  });
}
