import { nearest } from "../diagnostic.js";
import type { TimeKeys } from "../ir.js";
import type { TransformSpec } from "../spec.js";
import type { SqlProblem } from "../sql/parse/index.js";
import type { TableUse } from "../sql/tables.js";
import { hasUnknown, isWrongType, WRONG } from "../sql/types.js";
import type { Span } from "../text.js";
import type { Finding, SpecPath, TransformColumn, TransformFacts, Where } from "./analysis.js";
import { slipInSql, statementMeant } from "./sql-slips.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import { unstableFindings } from "./leakage.js";
import { only, passedOn, type PassedOn, type TimedInput } from "./passed-on.js";
import type { OwnFacts } from "./incremental.js";
import { reservedColumns } from "./columns.js";
import { columnsOf, duplicateColumns, timeKeys } from "./source.js";
import type { BoundSql } from "./sql/bind.js";
import { differences, hasType } from "./sql/declared.js";
import { sqlFinding, sqlHints } from "./sql/findings.js";
import { findName, sameName } from "./types/name.js";

/** The text of a transform, and how a range of it is pointed at. */
export interface SqlText {
  readonly sql: string;
  readonly at: (span: Span) => Where;
}

/** Undefined where the file is missing, which was reported before. */
export function sqlText(name: string, spec: TransformSpec, files: Readonly<Record<string, string>>): SqlText | undefined {
  const { sql, sql_file: file } = spec;
  if (sql !== undefined) return { sql, at: (span) => atValue(["transforms", name, "sql"], span) };
  const text = file !== undefined && Object.hasOwn(files, file) ? files[file] : undefined;
  return file === undefined || text === undefined ? undefined : { sql: text, at: (span) => ({ in: "file", file, span }) };
}

export function problemFinding(problem: SqlProblem, { at, sql }: SqlText): Finding {
  const where = at(problem.span);
  switch (problem.kind) {
    case "syntax": {
      const slip = slipInSql(sql, problem);
      if (slip !== undefined) return finding("sql-syntax", at(slip.span), { message: slip.message, advice: slip.advice });
      return finding("sql-syntax", where, { message: spoken(problem.message) });
    }
    case "too-deep":
      return finding("sql-too-deep", where, {});
    case "not-one-statement":
      return finding("sql-not-one-statement", where, { count: problem.count });
    case "not-a-select":
      return finding("sql-not-a-select", where, { found: problem.found, nearest: statementMeant(problem.found) });
    case "starts-a-program":
      return finding("sql-starts-program", where, {});
    case "not-spark":
      return finding("sql-not-spark", where, { what: problem.what });
  }
}

/** A source or a transform, as SQL names it. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The datasets that a query reads, in order of first use; `tables` by name in lower case. */
export function datasetsRead(
  uses: readonly TableUse[],
  text: SqlText,
  tables: ReadonlyMap<string, Named>,
): { readonly reads: readonly (Named & { readonly span: Span })[]; readonly findings: readonly Finding[] } {
  const reads = new Map<string, Named & { readonly span: Span }>();
  const findings: Finding[] = [];
  for (const { path, span, ctes } of uses) {
    const table = path.length === 1 ? tables.get(path[0]?.toLowerCase() ?? "") : undefined;
    if (table === undefined) findings.push(unknownTable(path, text.at(span), ctes, tables));
    else if (!reads.has(table.id)) reads.set(table.id, { ...table, span });
  }
  return { reads: [...reads.values()], findings };
}

// oxlint-disable-next-line max-params
function unknownTable(path: readonly string[], at: Where, ctes: readonly string[], tables: ReadonlyMap<string, Named>): Finding {
  const names = [...tables.values()].map(({ name }) => name);
  const last = path.at(-1) ?? "";
  const near = nearest(last, [...names, ...ctes]) ?? (path.length > 1 ? tables.get(last.toLowerCase())?.name : undefined);
  // Names are listed only where they are few.
  const known = names.length > 8 ? [] : names;
  const more = near === undefined ? {} : { replacement: near };
  return finding("unknown-table", at, { name: path.join("."), known, nearest: near }, more);
}

/** A transform, once it is known what its SQL reads and gives. */
export function analyzeTransform(
  name: string,
  spec: TransformSpec,
  from: {
    readonly text: SqlText;
    readonly sql: BoundSql;
    readonly reads: readonly string[];
    /** Of the datasets that it reads, those that have a key and an event time. */
    readonly inputs: readonly TimedInput[];
    readonly rowsFrom: readonly string[];
    readonly readOnce: readonly string[];
    readonly masks: TransformFacts["masks"];
    /** Something that it reads is not known because of a mistake that is reported. */
    readonly broken: boolean;
    readonly schedule: string;
  },
): Found<OwnFacts> {
  const path = ["transforms", name];
  const { text, sql, reads, rowsFrom, readOnce, masks, schedule } = from;
  const broken = from.broken || sql.findings.length > 0;
  const columns = columnsOfTransform(sql, spec.columns, { text, broken });
  const open = sql.open && spec.columns === undefined ? { open: broken ? WRONG.why : "the columns of its SQL are not all known" } : {};
  const time = open.open === undefined ? timeKeys(spec, columns, path, name) : undefined;
  const findings = [
    ...sql.findings.map((one) => sqlFinding(one, text.at)),
    ...unstableFindings(sql.unstable, text),
    ...(spec.columns === undefined ? sqlHints(sql.hints, text.at) : []),
    ...nameFindings(sql, text),
    ...(spec.columns === undefined
      ? []
      : [
          ...duplicateColumns(Object.keys(spec.columns), [...path, "columns"]),
          ...reservedColumns(Object.keys(spec.columns), [...path, "columns"]),
          ...differences(columnsOf(spec.columns), sql, { name, text, path: [...path, "columns"] }),
        ]),
    // Which columns a wrong query has is not known.
    ...(sql.findings.length > 0 ? [] : (time?.findings ?? [])),
    ...viewKeys(spec, path),
  ];
  return {
    facts: {
      kind: "transform",
      id: `transforms.${name}`,
      name,
      sql: text.sql,
      meaning: sql.meaning,
      reads,
      rowsFrom,
      weak: sql.weak.map(({ what, columns: shown, span }) => ({ what, columns: shown, at: text.at(span) })),
      readOnce,
      masks,
      ...(sql.spark === undefined ? {} : { sparkSql: sql.spark }),
      columns,
      ...open,
      ...timeOf(time?.facts ?? {}, passedOn(columns, from.inputs)),
      ...stored(spec, schedule),
    },
    findings,
  };
}

/** As declared, else the one that passes through. */
function timeOf(declared: Partial<TimeKeys>, passed: PassedOn): Pick<TransformFacts, "time" | "undecided"> {
  const { key = only(passed.key), eventTime = only(passed.eventTime), ingestedAt = only(passed.ingestedAt) } = declared;
  if (key !== undefined && eventTime !== undefined)
    return { time: { key, eventTime, ...(ingestedAt === undefined ? {} : { ingestedAt }) } };
  const keys = key === undefined ? [{ key: "key" as const, candidates: passed.key.map((names) => names.join(", ")) }] : [];
  return { undecided: [...keys, ...(eventTime === undefined ? [{ key: "event_time" as const, candidates: passed.eventTime }] : [])] };
}

/** What only a stored table has a use for. */
export function viewKeys(spec: TransformSpec, path: SpecPath): readonly Finding[] {
  if (spec.as !== undefined && spec.as !== "view") return [];
  return (["resources", "schedule"] as const).flatMap((key) =>
    spec[key] === undefined ? [] : [finding("view-key", atKey(...path, key), { key })],
  );
}

/** What is kept of it, and when. */
export function stored({ as = "view" }: TransformSpec, schedule: string): Pick<TransformFacts, "materialised" | "schedule"> {
  return as === "view" ? { materialised: false } : { materialised: true, schedule };
}

/** Types as they are declared, else as they are bound; lineage is the SQL's. What is not known where something is wrong, is so because of that. */
function columnsOfTransform(
  { columns }: BoundSql,
  declared: TransformSpec["columns"],
  { text, broken }: { readonly text: SqlText; readonly broken: boolean },
): readonly TransformColumn[] {
  const bound = columns.flatMap(({ name, type, nullable, from, told, indirect, span, ahead = [], moment }): TransformColumn[] => {
    const known = broken && hasUnknown(type) ? WRONG : type;
    const later = ahead.map(({ span: place, ...one }) => ({ ...one, at: text.at(place) }));
    const time = { ...(later.length === 0 ? {} : { ahead: later }), ...(moment === undefined ? {} : { moment }) };
    const made = { from, ...(told === undefined ? {} : { told }), indirect };
    return name === undefined ? [] : [{ name, type: known, nullable: nullable ?? true, ...made, at: text.at(span), ...time }];
  });
  if (declared === undefined) return bound;
  const fields = columnsOf(declared);
  const more = bound.filter(({ name }) => !fields.some((field) => sameName(field.name, name)));
  const own = fields.map((column): TransformColumn => {
    const found = findName(bound, column.name, (one) => one.name);
    const { from = [], told, indirect = [], at, ahead, moment } = found ?? {};
    const time = { ...(ahead === undefined ? {} : { ahead }), ...(moment === undefined ? {} : { moment }) };
    // Where the two differ, which of them readers mean is not known.
    const type = found !== undefined && !hasType(found, column.type) ? WRONG : column.type;
    return { ...column, type, from, ...(told === undefined ? {} : { told }), indirect, ...(at === undefined ? {} : { at }), ...time };
  });
  // What is not declared is told, and can be read all the same.
  return [...own, ...more];
}

/** Every column of a table has a name, and no other has it. */
function nameFindings({ columns }: BoundSql, text: SqlText): readonly Finding[] {
  return columns.flatMap(({ name, made, type, span }, i): readonly Finding[] => {
    if (name === undefined || made !== undefined) return isWrongType(type) ? [] : [unnamed(text, span)];
    const twice = columns.slice(0, i).some((other) => other.name !== undefined && sameName(other.name, name));
    return twice ? [finding("duplicate-column", text.at(span), { name })] : [];
  });
}

/** `"merchant_id"` is a text in Spark's SQL, and a column in that of others. */
function unnamed(text: SqlText, span: Span): Finding {
  const column = /^"([A-Za-z_]\w*)"$/.exec(text.sql.slice(span.start, span.end))?.[1];
  return finding("unnamed-column", text.at(span), { column }, column === undefined ? {} : { replacement: column });
}

/** The parser's `expected x, found y` as a clause. */
function spoken(message: string): string {
  const [, wanted, found] = /^expected (.*), found (.*)$/s.exec(message) ?? [];
  if (wanted === undefined || found === undefined) return message;
  return `${wanted} is expected here, not ${found === "the end of the text" ? "the end" : found === "a string" ? found : `\`${found}\``}`;
}
