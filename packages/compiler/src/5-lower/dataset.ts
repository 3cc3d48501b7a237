/** Sources, transforms, and the datasets that mlspec derives. */
import type {
  DatasetFacts,
  GroupFacts,
  LatestFacts,
  ModelFacts,
  SourceFacts,
  TransformFacts,
  WindowedFacts,
} from "../4-analyze/analysis.js";
import { typedColumns } from "../4-analyze/dataset.js";
import { keyedMasks } from "../4-analyze/masking.js";
import type { Field } from "../data-type.js";
import type { Check, Dataset, DerivedDataset, SourceDataset, TransformDataset } from "../ir.js";
import { HISTORY_COLUMNS, topicInput } from "./topic.js";
import { parseDatabaseTable, parseJdbcUrl, secretName } from "../shorthand/index.js";
import type { SourceSpec } from "../spec.js";
import { datasetOf, known, node, type LowerInput } from "./context.js";
import type { Layout } from "./layout.js";
import { AS_OF, ownOutputs, valuedGroups, valuesVersion, WRITTEN_AT } from "./values.js";

export function lowerDatasets(input: LowerInput, layout: Layout): readonly Dataset[] {
  const { datasets, groups, models, deployments } = input.analysis;
  return [
    ...Object.values(datasets).map((facts) => (facts.kind === "source" ? source(input, layout, facts) : transform(input, layout, facts))),
    ...Object.values(datasets).flatMap((facts) =>
      facts.kind === "source" && input.analysis.spec.sources?.[facts.name]?.kafka !== undefined ? [history(input, layout, facts)] : [],
    ),
    ...Object.values(groups).flatMap((group) => (group.kind === "windowed" ? [tiles(input, layout, group)] : [])),
    ...valuedGroups(input).map((group) => values(input, layout, group)),
    ...Object.values(models).map((model) => training(input, layout, model)),
    ...Object.values(deployments).flatMap((deployment) =>
      deployment.rows === undefined ? [] : batch(input, layout, { ...deployment, rows: deployment.rows }),
    ),
  ];
}

function source(input: LowerInput, layout: Layout, facts: SourceFacts): SourceDataset {
  const spec = known(input.analysis.spec.sources ?? {}, facts.name);
  const base = node(input, facts.id, facts.id);
  const checks = facts.checks.map((check): Check => ({
    ...check,
    origin: { file: base.origin.file, path: [...base.origin.path, "checks", check.name] },
  }));
  return {
    ...base,
    kind: "source",
    name: facts.name,
    path: layout.path("sources", facts.name),
    columns: facts.columns,
    ...(facts.dropped === undefined ? {} : { dropped: facts.dropped }),
    time: facts.time,
    input: spec.kafka === undefined ? inputOf(spec) : topicInput(layout, facts.name, spec.kafka, input.analysis.schemas[facts.name]),
    checks,
    verdictsPath: layout.path("verdicts", facts.name),
  };
}

function inputOf({ files, table, jdbc }: SourceSpec): SourceDataset["input"] {
  if (files !== undefined) return { kind: "files", ...files };
  if (table !== undefined) return { kind: "table", ...table };
  const { url, table: name, user, password, partitions = 1 } = required(jdbc);
  const [address, path] = [parseJdbcUrl(url), parseDatabaseTable(name)];
  if (!address.ok || !path.ok) throw new Error("analysis vouches for the address of a database");
  const { host, port } = address.value;
  const secret = (text: string): string => `secrets.${required(secretName(text))}`;
  return {
    kind: "jdbc",
    url,
    host,
    port,
    table: path.value.flatMap((part) => part ?? []),
    user: secret(user),
    password: secret(password),
    partitions,
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a value that validation requires is absent");
  return value;
}

function transform(input: LowerInput, layout: Layout, facts: TransformFacts): TransformDataset {
  return {
    ...node(input, facts.id, facts.id),
    kind: "transform",
    name: facts.name,
    ...(facts.materialised ? { path: layout.path("transforms", facts.name) } : {}),
    columns: typedColumns(facts),
    materialised: facts.materialised,
    ...(facts.sql === undefined ? {} : { sql: facts.sparkSql ?? facts.sql, sqlFile: `sql/${facts.name}.sql` }),
    ...maskedBy(facts),
    ...(facts.function === undefined ? {} : { function: facts.function }),
    reads: facts.reads,
    ...(facts.time === undefined ? {} : { time: facts.time }),
    ...(facts.incremental === undefined ? {} : { incremental: facts.incremental }),
  };
}

function maskedBy(facts: TransformFacts): Pick<TransformDataset, "masks"> {
  const masks = keyedMasks(facts);
  return masks.length === 0 ? {} : { masks };
}

function history(input: LowerInput, layout: Layout, { name, id }: SourceFacts): DerivedDataset {
  return { ...derived(input, layout, { kind: "history", section: "history", name, definition: id }), columns: HISTORY_COLUMNS };
}

function tiles(input: LowerInput, layout: Layout, group: WindowedFacts): DerivedDataset {
  return {
    ...derived(input, layout, { kind: "tiles", section: "features", name: group.name, definition: group.id }),
    columns: fieldsOf(datasetOf(input, group.from), group.key),
  };
}

/** Files for stores that read files: a folder for each interval, below one for what is computed. */
function values(input: LowerInput, layout: Layout, group: LatestFacts | WindowedFacts): DerivedDataset {
  const base = derived(input, layout, { kind: "values", section: "values", name: group.name, definition: group.id });
  return { ...base, path: `${base.path}/${valuesVersion(input, group)}`, columns: valueFields(input, group) };
}

function valueFields(input: LowerInput, group: LatestFacts | WindowedFacts): readonly Field[] {
  const moment = (name: string): Field => ({ name, type: { kind: "timestamp" }, nullable: false });
  return [
    ...keyFields(input, group),
    moment(AS_OF),
    moment(WRITTEN_AT),
    ...ownOutputs(group).map(({ name, type, nullable }) => ({ name, type, nullable })),
  ];
}

function training(input: LowerInput, layout: Layout, model: ModelFacts): DerivedDataset {
  const observations = datasetOf(input, model.observations);
  return {
    ...derived(input, layout, { kind: "training", section: "training", name: model.name, definition: model.id }),
    columns: unique([
      ...fieldsOf(observations, [...model.time.key, model.time.eventTime]),
      model.label.field,
      ...model.inputs.map(inputField),
    ]),
  };
}

/** What a batch deployment reads and writes: rows with features, and rows with predictions. */
function batch(
  input: LowerInput,
  layout: Layout,
  { id, name, rows, model }: { id: string; name: string; rows: string; model: string },
): readonly DerivedDataset[] {
  const dataset = datasetOf(input, rows);
  const time = dataset.time;
  const identity = fieldsOf(dataset, time === undefined ? [] : [...time.key, time.eventTime]);
  const { inputs } = known(input.analysis.models, model);
  const prediction: Field = { name: "prediction", type: { kind: "double" }, nullable: false };
  return [
    {
      ...derived(input, layout, { kind: "scoring", section: "scoring", name, definition: id }),
      columns: unique([...identity, ...inputs.map(inputField)]),
    },
    {
      ...derived(input, layout, { kind: "predictions", section: "predictions", name, definition: id }),
      columns: unique([...identity, prediction]),
    },
  ];
}

interface Derivation {
  readonly kind: DerivedDataset["kind"];
  readonly section: "history" | "features" | "values" | "training" | "scoring" | "predictions";
  readonly name: string;
  readonly definition: string;
}

function derived(input: LowerInput, layout: Layout, { kind, section, name, definition }: Derivation): Omit<DerivedDataset, "columns"> {
  return { ...node(input, `${section}.${name}`, definition), kind, name, path: layout.path(section, name) };
}

export function fieldsOf(dataset: DatasetFacts, names: readonly string[]): readonly Field[] {
  return names.flatMap((name) => typedColumns(dataset).find((column) => column.name === name) ?? []);
}

function inputField({ name, type, nullable }: ModelFacts["inputs"][number]): Field {
  return { name, type, nullable };
}

export function unique(fields: readonly Field[]): readonly Field[] {
  return [...new Map(fields.toReversed().map((field) => [field.name, field])).values()].toReversed();
}

/** Entity keys with the type that a group's dataset gives them; what the entity is, says what they mean. */
export function keyFields(input: LowerInput, group: GroupFacts): readonly Field[] {
  if (group.kind === "request") return [];
  const { description } = known(input.analysis.spec.entities ?? {}, group.entity);
  const comment = description === undefined ? {} : { comment: description };
  return fieldsOf(datasetOf(input, group.from), group.key).map((field) => ({ ...comment, ...field, nullable: false }));
}
