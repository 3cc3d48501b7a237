/** `sources.py`: what each source promises. */
import type { Check, Ir, SourceDataset } from "@mlspec/compiler";
import { call, code, dict, list, literal, type Py } from "../text/python.js";
import { databasesOf, schemasOf, topicsOf } from "../places.js";
import { topicValue, topicImports } from "./topics.js";
import { constant, imported, present, timedelta } from "./code.js";
import { sqlExpression, typeText } from "./sql.js";

export interface SourcesContext {
  readonly project: string;
  readonly usesTime: boolean;
  readonly usesDatabases: boolean;
  readonly usesSecrets: boolean;
  /** What is imported where there are topics. */
  readonly history: Py | null;
  /** Whether there are messages in Avro. */
  readonly usesAvro: boolean;
  readonly topics: readonly { readonly constant: string; readonly value: Py }[];
  readonly imports: Py;
  readonly sources: readonly { readonly constant: string; readonly value: Py }[];
}

export function sourcesContext(ir: Ir): SourcesContext {
  const sources = sourcesOf(ir);
  const checks = sources.flatMap((source) => source.checks);
  const names = ["Field", "Source"];
  if (checks.some(isRowCheck)) names.push("RowCheck");
  if (checks.some((check) => check.kind === "unique")) names.push("Unique");
  const fresh = checks.some((check) => check.kind === "freshness");
  if (fresh) names.push("Freshness");
  return {
    project: ir.project.name,
    usesTime: fresh || sources.some((source) => source.time.lateness !== undefined),
    usesDatabases: databasesOf(ir).length > 0,
    usesSecrets: databasesOf(ir).length > 0 || topicsOf(ir).some(([, { sasl, tls }]) => (sasl ?? tls?.ca ?? tls?.client) !== undefined),
    history: topicsOf(ir).length === 0 ? null : topicImports(ir),
    usesAvro: schemasOf(ir).length > 0,
    topics: topicsOf(ir).map(([name, topic]) => ({ constant: constant(name, "TOPIC"), value: topicValue(ir, name, topic) })),
    imports: imported(names),
    sources: sources.map((source) => ({ constant: constant(source.name, "SOURCE"), value: sourceValue(ir, source) })),
  };
}

export function sourcesOf(ir: Ir): readonly SourceDataset[] {
  return Object.values(ir.datasets).filter((dataset) => dataset.kind === "source");
}

function sourceValue(ir: Ir, source: SourceDataset): Py {
  const { time, dropped = [] } = source;
  const rowChecks = source.checks.filter(isRowCheck);
  const datasetChecks = source.checks.filter((check) => !isRowCheck(check));
  const values = {
    name: literal(source.name),
    ...inputValues(ir, source),
    table: literal(source.path ?? ""),
    verdicts: literal(source.verdictsPath),
    fields: list([...source.columns.map((each) => fieldValue(each)), ...dropped.map((each) => fieldValue(each, true))]),
    key: literal(time.key),
    event_time: literal(time.eventTime),
    ingested_at: time.ingestedAt === undefined ? undefined : literal(time.ingestedAt),
    lateness: time.lateness === undefined ? undefined : timedelta(time.lateness),
    row_checks: rowChecks.length === 0 ? undefined : list(rowChecks.map(rowCheck)),
    dataset_checks: datasetChecks.length === 0 ? undefined : list(datasetChecks.map(datasetCheck)),
  };
  return call("Source", [], present(values));
}

function inputValues(ir: Ir, { name, input }: SourceDataset): Readonly<Record<string, Py>> {
  if (input.kind === "kafka")
    return { file_format: literal(input.schema === undefined ? input.format : "avro"), messages: code(constant(name, "TOPIC")) };
  if (input.kind !== "jdbc") return { files: literal(input.path), file_format: literal(input.format) };
  const secret = (id: string): Py => call("Secret", [literal(ir.secrets[id]?.variable ?? "")]);
  const values = {
    url: literal(input.url),
    table: literal(input.table),
    user: secret(input.user),
    password: secret(input.password),
    partitions: input.partitions === 1 ? undefined : literal(input.partitions),
  };
  return { database: call("Database", [], present(values)) };
}

function fieldValue(field: SourceDataset["columns"][number], dropped = false): Py {
  const more = {
    required: field.nullable ? undefined : literal(true),
    comment: field.comment === undefined ? undefined : literal(field.comment),
    dropped: dropped ? literal(true) : undefined,
  };
  return call("Field", [literal(field.name), literal(typeText(field.type))], present(more));
}

/** Checks that look at one row alone. */
function isRowCheck(check: Check): boolean {
  return check.kind === "expect" || check.kind === "values" || check.kind === "not_null";
}

function rowCheck(check: Check): Py {
  const common = { on_fail: literal(check.onFail) };
  switch (check.kind) {
    case "expect": {
      const sql = sqlExpression(check.expr, (ref) => ("name" in ref ? ref.name : ref.scope));
      return call("RowCheck", [literal(check.name)], { ...common, expect: literal(sql) });
    }
    case "values": {
      const values = check.values.map(({ column, allowed }) => [column, literal(allowed)] as const);
      return call("RowCheck", [literal(check.name)], { ...common, values: dict(values) });
    }
    case "not_null":
      return call("RowCheck", [literal(check.name)], { ...common, not_null: literal(check.columns) });
    default:
      throw new Error(`${check.kind} looks at more than one row`);
  }
}

function datasetCheck(check: Check): Py {
  const name = [literal(check.name)];
  switch (check.kind) {
    case "unique":
      return call("Unique", name, { on_fail: literal(check.onFail), columns: literal(check.columns) });
    case "freshness":
      return call("Freshness", name, { on_fail: literal(check.onFail), max_age: timedelta(check.maxAge) });
    default:
      throw new Error(`${check.kind} looks at single rows`);
  }
}
