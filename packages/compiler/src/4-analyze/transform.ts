import { nearest } from "../diagnostic.js";
import type { SqlParser, SqlProblem, SqlQuery } from "../sql-port.js";
import type { TransformSpec } from "../spec.js";
import type { Span } from "../text.js";
import type { Finding, SpecPath, TransformFacts, Where } from "./analysis.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import { reservedColumns } from "./columns.js";
import { columnsOf, duplicateColumns, timeKeys } from "./source.js";
import { sqlFacts, type SqlFacts, type SqlTable } from "./sql/facts.js";
import { sameName } from "./types/name.js";

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

export function parseSql(text: SqlText, parser: SqlParser): Found<SqlQuery> {
  const result = parser.parse(text.sql);
  return result.ok ? { facts: result.query, findings: [] } : { findings: [problemFinding(result.problem, text)] };
}

function problemFinding(problem: SqlProblem, { at }: SqlText): Finding {
  const where = at(problem.span);
  switch (problem.kind) {
    case "syntax":
      return finding("sql-syntax", where, { message: spoken(problem.message) });
    case "too-deep":
      return finding("sql-too-deep", where, {});
    case "not-one-statement":
      return finding("sql-not-one-statement", where, { count: problem.count });
    case "not-a-select":
      return finding("sql-not-a-select", where, { found: problem.found });
    case "not-spark":
      return finding("sql-not-spark", where, { what: problem.what });
  }
}

/** What the SQL reads, without its columns: the graph comes from this. */
export function sqlReads(query: SqlQuery, text: SqlText, tables: ReadonlyMap<string, SqlTable>): Found<SqlFacts> {
  const facts = sqlFacts(query, tables);
  // Names are listed only where they are few.
  const known = facts.unknown.length === 0 || tables.size > 8 ? [] : [...tables.values()].map(({ name }) => name);
  const findings = facts.unknown.map(({ name, nearest: near, span }) =>
    finding("unknown-table", text.at(span), { name, known, nearest: near }, near === undefined ? {} : { replacement: near }),
  );
  return { facts, findings };
}

/** A transform, once it is known what its SQL reads and gives. */
export function analyzeTransform(
  name: string,
  spec: TransformSpec,
  from: { readonly text: SqlText; readonly sql: SqlFacts; readonly schedule: string },
): Found<TransformFacts> {
  const path = ["transforms", name];
  const { text, sql } = from;
  const declared = spec.columns === undefined ? undefined : columnsOf(spec.columns);
  const names =
    declared?.map((column) => column.name) ?? sql.outputs?.flatMap((output) => (output.name === undefined ? [] : [output.name]));
  const time = names === undefined ? undefined : timeKeys(spec, declared ?? [], path, name);
  const findings = [
    ...(spec.columns === undefined
      ? []
      : [
          ...duplicateColumns(Object.keys(spec.columns), [...path, "columns"]),
          ...reservedColumns(Object.keys(spec.columns), [...path, "columns"]),
          ...compare(Object.keys(spec.columns), sql, { name, text, path }),
        ]),
    ...(declared === undefined || time === undefined ? [] : time.findings),
  ];
  const { key, eventTime, ingestedAt } = time?.facts ?? {};
  return {
    facts: {
      kind: "transform",
      id: `transforms.${name}`,
      name,
      sql: text.sql,
      reads: sql.reads.map(({ id }) => id),
      ...(names === undefined ? {} : { outputs: names }),
      ...(declared === undefined ? {} : { columns: declared }),
      ...(key === undefined || eventTime === undefined
        ? {}
        : { time: { key, eventTime, ...(ingestedAt === undefined ? {} : { ingestedAt }) } }),
      materialised: spec.as === "table",
      ...(spec.as === "table" ? { schedule: from.schedule } : {}),
    },
    findings,
  };
}

/** Declared names against those of the SELECT; types are Spark's to compare. */
function compare(
  declared: readonly string[],
  { outputs }: SqlFacts,
  { name, text, path }: { readonly name: string; readonly text: SqlText; readonly path: SpecPath },
): readonly Finding[] {
  if (outputs === undefined) return [];
  const findings: Finding[] = [];
  const given = outputs.flatMap((output) => (output.name === undefined ? [] : [output.name]));
  outputs.forEach((output, i) => {
    const { name: column, span } = output;
    if (column === undefined) findings.push(finding("unnamed-column", text.at(span), {}));
    else if (outputs.slice(0, i).some((other) => other.name !== undefined && sameName(other.name, column)))
      findings.push(finding("duplicate-column", text.at(span), { name: column }));
    else if (!declared.some((other) => sameName(other, column)))
      findings.push(finding("column-not-declared", text.at(span), { name: column, transform: name }));
  });
  // An expression without a name is most likely the column that seems to be missing.
  for (const column of outputs.length > given.length ? [] : declared) {
    if (given.some((other) => sameName(other, column))) continue;
    const left = given.filter((other) => !declared.some((known) => sameName(known, other)));
    findings.push(
      finding("column-not-selected", atKey(...path, "columns", column), {
        name: column,
        known: given,
        nearest: nearest(column, left) ?? nearest(column, given),
      }),
    );
  }
  return findings;
}

/** The parser's `Expected: x, found: y` as a clause. */
function spoken(message: string): string {
  const [, wanted, found] = /^Expected: (.*), found: (.*)$/s.exec(message) ?? [];
  if (wanted === undefined || found === undefined) return message.charAt(0).toLowerCase() + message.slice(1);
  return `${wanted} is expected here, not ${found === "end of text" ? "the end" : `\`${found}\``}`;
}
