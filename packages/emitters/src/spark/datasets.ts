/** `datasets.py`: a reader for each source and transform. */
import type { Dataset, Ir, SourceDataset, TransformDataset } from "@mlspec/compiler";
import { call, code, dict, literal, type Py } from "../text/python.js";
import { constant, reader, signature } from "./code.js";

type Table = SourceDataset | TransformDataset;

export interface DatasetsContext {
  readonly project: string;
  readonly hasSources: boolean;
  readonly hasTables: boolean;
  readonly hasTransforms: boolean;
  readonly datasets: readonly DatasetContext[];
}

interface DatasetContext {
  readonly signature: Py;
  readonly description: string;
  readonly source: string | null;
  readonly table: Py | null;
  readonly inputs: Py;
  readonly sqlFile: string;
}

export function datasetsContext(ir: Ir): DatasetsContext {
  const tables = Object.values(ir.datasets).filter(isTable);
  return {
    project: ir.project.name,
    hasSources: tables.some((table) => table.kind === "source"),
    hasTables: tables.some((table) => table.kind === "transform" && table.path !== undefined),
    hasTransforms: tables.some((table) => table.kind === "transform"),
    datasets: tables.map((table) => datasetContext(ir, table)),
  };
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
  const common = {
    signature: signature(reader(table.name), "spark: SparkSession, cut: datetime | None = None", "DataFrame"),
    description: table.description ?? `Return the rows of \`${table.name}\`.`,
  };
  if (table.kind === "source") {
    return { ...common, source: constant(table.name, "SOURCE"), table: null, inputs: dict([]), sqlFile: "" };
  }
  const inputs = table.reads.map((id) => {
    const { name } = tableOf(ir, id);
    return [name, code(`${reader(name)}(spark, cut)`)] as const;
  });
  return {
    ...common,
    source: null,
    table: table.path === undefined ? null : call("read", [code("spark"), literal(table.path)]),
    inputs: dict(inputs),
    sqlFile: table.sqlFile,
  };
}
