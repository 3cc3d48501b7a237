/** What a transform reads, before it is known what that is: by its SQL, or as it is declared of a function. */
import type { TransformSpec } from "../spec.js";
import type { FrameReach } from "../sql/frames.js";
import type { SqlNeed } from "../sql/need.js";
import type { AnalyzeInput, TransformFacts } from "./analysis.js";
import { finding, type Found } from "./finding.js";
import { inputsOfSql, inputsRead } from "./function.js";
import type { Edge } from "./graph.js";
import { unstableFindings } from "./leakage.js";
import type { Analyses } from "./remembered.js";
import { datasetsRead, problemFinding, sqlText, type Named, type SqlText } from "./transform.js";

export interface Read {
  /** Absent where a function computes it. */
  readonly text?: SqlText;
  readonly reads: readonly Named[];
  readonly rowsFrom: readonly string[];
  readonly readOnce: readonly string[];
  readonly masks: TransformFacts["masks"];
  readonly edges: readonly Edge[];
  /** What its grammar needs of Spark. */
  readonly needs: readonly SqlNeed[];
  /** Reads a table that is not there. */
  readonly broken: boolean;
  /** Why a row is made from more than one, as far as the text says. */
  readonly manyRows?: string;
  /** How far windows over time look. */
  readonly frames: readonly FrameReach[];
}

/** What a transform reads: by its SQL, or as it is declared of a function. Nothing where that is not known. */
export function readOf(
  name: string,
  transform: TransformSpec,
  { sqlFiles, tables, ask }: Pick<AnalyzeInput, "sqlFiles"> & { readonly tables: ReadonlyMap<string, Named>; readonly ask: Analyses },
): Found<Read> {
  if (transform.python !== undefined) {
    const { findings, ...read } = inputsRead(name, transform, tables);
    return {
      facts: { ...read, rowsFrom: read.reads.map(({ id }) => id), readOnce: [], masks: [], needs: [], frames: [], broken: false },
      findings,
    };
  }
  const text = sqlText(name, transform, sqlFiles);
  const findings = inputsOfSql(name, transform);
  if (text === undefined) return { findings };
  const reading = ask.sql(text.sql);
  if (!reading.ok) return { findings: [...findings, problemFinding(reading.problem, text)] };
  const found = datasetsRead(reading.tables, text, tables);
  const edges = found.reads.map(({ id, span }) => ({ to: id, at: text.at(span) }));
  const rowsFrom = reading.rows.flatMap((table) => tables.get(table)?.id ?? []);
  const uses = reading.tables.flatMap(({ path }) => tables.get(path.at(-1)?.toLowerCase() ?? "")?.id ?? []);
  const readOnce = [...new Set(uses)].filter((id) => uses.indexOf(id) === uses.lastIndexOf(id));
  const masks = reading.masks.map(({ mask, span }) => ({ mask, at: text.at(span) }));
  const facts = {
    text,
    reads: found.reads,
    rowsFrom,
    readOnce,
    masks,
    edges,
    needs: reading.needs,
    frames: reading.frames,
    broken: found.findings.length > 0,
    ...(reading.manyRows === undefined ? {} : { manyRows: reading.manyRows }),
  };
  const versions = reading.versions.map((span) =>
    finding("sql-time-travel", text.at(span), { what: text.sql.slice(span.start, span.end) }),
  );
  return { facts, findings: [...findings, ...found.findings, ...versions, ...unstableFindings(reading.unstable, text)] };
}
