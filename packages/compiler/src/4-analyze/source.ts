import { nearest } from "../diagnostic.js";
import type { Field } from "../data-type.js";
import type { OnFail, TimeKeys } from "../ir.js";
import { parseColumnType, parseDuration } from "../shorthand/index.js";
import type { SqlType } from "../sql/types.js";
import type { CheckSpec, ColumnSpec, SourceSpec } from "../spec.js";
import type { CheckFacts, Finding, SourceFacts, SpecPath } from "./analysis.js";
import type { Scope } from "./expr/check.js";
import { checkCondition } from "./expr/unfailing.js";
import { atKey, atValue, expressionFindings, finding, type Found } from "./finding.js";
import { comparedColumn, sourceColumns } from "./columns.js";
import { findName, sameName } from "./types/name.js";
import { printDataType, printSqlType } from "./types/text.js";

/** Columns as declared; a type that is not well written was reported before. */
export function columnsOf(columns: Readonly<Record<string, string | ColumnSpec>>): readonly Field[] {
  return Object.entries(columns).flatMap(([name, column]): Field[] => {
    const { type, ...more } = typeof column === "string" ? { type: column } : column;
    const parsed = parseColumnType(type);
    const comment = commentOf(more);
    return parsed.ok ? [{ name, type: parsed.value.type, nullable: parsed.value.nullable, ...(comment === "" ? {} : { comment }) }] : [];
  });
}

/** What a catalogue shows of a column. */
function commentOf({ description, pii }: Omit<ColumnSpec, "type">): string {
  return [description, pii === undefined ? undefined : `Personal data (${pii}).`].filter((part) => part !== undefined).join(" ");
}

export function duplicateColumns(names: readonly string[], path: SpecPath): readonly Finding[] {
  return names.flatMap((name, i) =>
    names.slice(0, i).some((other) => sameName(other, name)) ? [finding("duplicate-column", atKey(...path, name), { name })] : [],
  );
}

export function unknownColumn(name: string, columns: readonly { readonly name: string }[], where: string, path: SpecPath): Finding {
  const known = columns.map((column) => column.name);
  const near = nearest(name, known);
  return finding("unknown-column", atValue(path), { name, where, known, nearest: near }, near === undefined ? {} : { replacement: near });
}

interface TimeSpec {
  readonly key?: string | string[];
  readonly event_time?: string;
  readonly ingested_at?: string;
  readonly lateness?: string;
}

interface Column {
  readonly name: string;
  readonly type: SqlType;
}

/** Key, event time and knowledge time, checked against the columns. Names take the case of the columns. */
export function timeKeys(spec: TimeSpec, columns: readonly Column[], path: SpecPath, where: string): Found<Partial<TimeKeys>> {
  const findings: Finding[] = [];
  const named = (name: string, at: SpecPath): string => {
    const found = findName(columns, name, (column) => column.name);
    if (found === undefined) findings.push(unknownColumn(name, columns, where, at));
    return found?.name ?? name;
  };
  const keyed = (name: string, at: SpecPath): string => {
    const found = findName(columns, name, (column) => column.name);
    findings.push(...(found === undefined ? [] : comparedColumn(found, at)));
    return named(name, at);
  };
  const timed = (key: "event_time" | "ingested_at"): string | undefined => {
    const name = spec[key];
    if (name === undefined) return undefined;
    const column = findName(columns, name, (field) => field.name);
    if (column !== undefined && column.type.kind !== "timestamp" && column.type.kind !== "unknown")
      findings.push(finding("not-a-time", atValue([...path, key]), { key, column: name, type: printSqlType(column.type) }));
    return named(name, [...path, key]);
  };
  const { key } = spec;
  const keys = typeof key === "string" ? [keyed(key, [...path, "key"])] : key?.map((name, i) => keyed(name, [...path, "key", i]));
  const eventTime = timed("event_time");
  const ingestedAt = timed("ingested_at");
  if (spec.lateness !== undefined && ingestedAt === undefined) findings.push(finding("lateness-alone", atKey(...path, "lateness"), {}));
  const lateness = spec.lateness === undefined ? undefined : parseDuration(spec.lateness);
  return {
    facts: {
      ...(keys === undefined ? {} : { key: keys }),
      ...(eventTime === undefined ? {} : { eventTime }),
      ...(ingestedAt === undefined ? {} : { ingestedAt }),
      ...(lateness?.ok === true ? { lateness: lateness.value } : {}),
    },
    findings,
  };
}

/** The column that a topic has beside those of its messages. */
const INGESTED_AT: Field = {
  name: "ingested_at",
  type: { kind: "timestamp" },
  nullable: false,
  comment: "When the broker took the message in.",
};

/** The times of a topic: messages are known by the broker's clock, in a column of ours. */
function brokerTime(name: string, spec: SourceSpec): { readonly spec: TimeSpec; readonly findings: readonly Finding[] } {
  const path = ["sources", name];
  const { ingested_at: found, lateness } = spec;
  const isBroker = found === "broker";
  return {
    spec: { ...spec, ingested_at: INGESTED_AT.name },
    findings: [
      ...(isBroker
        ? []
        : [
            finding(
              "broker-time",
              found === undefined ? atKey(...path, "kafka") : atValue([...path, "ingested_at"]),
              { source: name, found },
              found === undefined ? {} : { replacement: "broker" },
            ),
          ]),
      ...Object.keys(spec.columns)
        .filter((column) => sameName(column, INGESTED_AT.name))
        .map((column) => finding("duplicate-column", atKey(...path, "columns", column), { name: column, topic: name })),
      ...Object.keys(spec.columns)
        .filter((column) => isDropped(spec, column))
        .map((column) => finding("dropped-in-topic", atValue([...path, "columns", column, "mask"]), { source: name, column })),
      ...(lateness === undefined && isBroker ? [finding("stream-lateness", atKey(...path, "kafka"), { source: name })] : []),
    ],
  };
}

/** A source by itself: nothing else in the project matters to it. */
export function analyzeSource(name: string, spec: SourceSpec, schedule: string): Found<SourceFacts> {
  const path = ["sources", name];
  const stream = spec.kafka === undefined ? undefined : brokerTime(name, spec);
  const declared = [...columnsOf(spec.columns), ...(stream === undefined ? [] : [INGESTED_AT])];
  const dropped = declared.filter((column) => isDropped(spec, column.name));
  const columns = declared.filter((column) => !dropped.includes(column));
  const time = timeKeys(stream?.spec ?? spec, columns, path, name);
  const checks = Object.entries(spec.checks ?? {}).map(([check, checkSpec]) =>
    analyzeCheck(check, checkSpec, { columns, all: declared, path: [...path, "checks", check], source: name }),
  );
  const findings = [
    ...duplicateColumns(Object.keys(spec.columns), [...path, "columns"]),
    ...(stream?.findings ?? []),
    ...sourceColumns(declared, [...path, "columns"], spec.jdbc === undefined ? (spec.files ?? spec.kafka)?.format : "jdbc"),
    ...time.findings,
    ...checks.flatMap((check) => check.findings),
  ];
  const { key = [], eventTime = "", ...rest } = time.facts ?? {};
  return {
    facts: {
      kind: "source",
      id: `sources.${name}`,
      name,
      columns,
      ...(dropped.length === 0 ? {} : { dropped }),
      time: { key, eventTime, ...rest },
      checks: checks.flatMap(({ facts }) => (facts === undefined ? [] : [facts])),
      schedule,
    },
    findings,
  };
}

/** Whether a column is read and checked, and not stored. */
export function isDropped({ columns }: Pick<SourceSpec, "columns">, name: string): boolean {
  const column = columns[name];
  return typeof column === "object" && column.mask === "drop";
}

interface CheckContext {
  /** What is stored: whether a value is the only one shows beside what is there. */
  readonly columns: readonly Field[];
  /** What a row has as it comes. */
  readonly all: readonly Field[];
  readonly path: SpecPath;
  readonly source: string;
}

/** Columns of a dataset, by their bare names or after the dataset's. */
export function datasetScope(columns: readonly Field[], where: string): Scope {
  const names = columns.map((column) => column.name);
  return {
    resolve(path) {
      const column = (at: number): Field | undefined => findName(columns, path[at] ?? "", ({ name }) => name);
      const qualified = path.length > 1 && sameName(path[0] ?? "", where);
      const at = qualified && (column(1) !== undefined || column(0) === undefined) ? 1 : 0;
      const found = column(at);
      return found === undefined
        ? { unknown: at, names, where }
        : { ref: { scope: "dataset", name: found.name }, type: found.type, nullable: found.nullable, used: at + 1 };
    },
  };
}

function analyzeCheck(name: string, spec: CheckSpec, context: CheckContext): Found<CheckFacts> {
  const { columns, all, path, source } = context;
  const whole = spec.unique !== undefined ? "unique" : spec.freshness !== undefined ? "freshness" : undefined;
  const onFail: OnFail = spec.on_fail ?? (whole === undefined ? "quarantine" : whole === "unique" ? "fail" : "warn");
  const wrong =
    whole !== undefined && onFail === "quarantine"
      ? [finding("check-action", atValue([...path, "on_fail"]), { check: whole, action: onFail, allowed: ["fail", "warn"] })]
      : [];
  const base = { name, onFail };
  if (spec.expect !== undefined) {
    const { expr, findings } = checkCondition(spec.expect, datasetScope(all, source));
    return {
      ...(expr === undefined ? {} : { facts: { ...base, kind: "expect", expr } }),
      findings: expressionFindings(findings, [...path, "expect"]),
    };
  }
  if (spec.values !== undefined) return analyzeValues(spec.values, base, context);
  const list = spec.not_null ?? spec.unique;
  if (list !== undefined) {
    const kind = spec.not_null === undefined ? "unique" : "not_null";
    const known = kind === "unique" ? columns : all;
    const found = list.map((column) => findName(known, column, (field) => field.name));
    const unknown = list.flatMap((column, i) => (found[i] === undefined ? [unknownColumn(column, known, source, [...path, kind, i])] : []));
    const unfit = found.flatMap((column, i) =>
      kind === "unique" && column !== undefined ? comparedColumn(column, [...path, kind, i]) : [],
    );
    return {
      facts: { ...base, kind, columns: found.map((column, i) => column?.name ?? list[i] ?? "") },
      findings: [...wrong, ...unknown, ...unfit],
    };
  }
  const maxAge = parseDuration(spec.freshness ?? "");
  return { ...(maxAge.ok ? { facts: { ...base, kind: "freshness", maxAge: maxAge.value } } : {}), findings: wrong };
}

function analyzeValues(
  values: NonNullable<CheckSpec["values"]>,
  base: { readonly name: string; readonly onFail: OnFail },
  { all: columns, path, source }: CheckContext,
): Found<CheckFacts> {
  const findings: Finding[] = [];
  const facts = Object.entries(values).flatMap(([name, allowed]) => {
    const column = findName(columns, name, (field) => field.name);
    if (column === undefined) {
      findings.push({ ...unknownColumn(name, columns, source, []), at: atKey(...path, "values", name) });
      return [];
    }
    allowed.forEach((value, i) => {
      if (!fits(value, column))
        findings.push(
          finding("value-type", atValue([...path, "values", name, i]), {
            value: String(value),
            column: column.name,
            type: printDataType(column.type),
          }),
        );
    });
    return [{ column: column.name, type: column.type, allowed }];
  });
  return { facts: { ...base, kind: "values", values: facts }, findings };
}

const RANGE: Readonly<Record<string, number>> = { tinyint: 2 ** 7, smallint: 2 ** 15, int: 2 ** 31, bigint: 2 ** 53 };

function fits(value: string | number | boolean, { type }: Field): boolean {
  switch (type.kind) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "double":
    case "float":
      return typeof value === "number";
    case "decimal": {
      if (typeof value !== "number" || /e/.test(String(value))) return false;
      const [whole = "", fraction = ""] = String(Math.abs(value)).split(".");
      // Of more digits, YAML's numbers keep not all.
      if (`${whole}${fraction}`.replace(/^0+/, "").length > 15) return false;
      return fraction.length <= type.scale && whole.replace(/^0$/, "").length <= type.precision - type.scale;
    }
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint": {
      const limit = RANGE[type.kind] ?? 0;
      return typeof value === "number" && Number.isInteger(value) && value >= -limit && value < limit;
    }
    default:
      return false;
  }
}
