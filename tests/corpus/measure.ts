/** Compares a binder's answers with Spark's, and prints how far they agree by family. */
import type { AcceptedQuery, Corpus, CorpusTable, RejectedQuery, TrueColumn } from "./corpus.js";

/** What a binder says of a query. A column's type is in the corpus' notation (`printTyped`), undefined where it is not known. */
export type Verdict =
  | { readonly kind: "columns"; readonly columns: readonly { readonly name: string; readonly type: string | undefined }[] }
  | { readonly kind: "unknown"; readonly why?: string }
  | { readonly kind: "rejected"; readonly why: string };

export type Bind = (sql: string, tables: readonly CorpusTable[]) => Verdict;

/** The bars: shares of what there is. */
export const BARS = { disagreements: 0, answeredColumns: 0.98, caughtRejections: 0.95, wrongRejections: 0 } as const;

interface Tally {
  readonly agree: number;
  readonly unknown: number;
  readonly disagree: number;
  readonly caught: number;
  readonly missed: number;
  readonly wronglyRejected: number;
}

const NOTHING: Tally = { agree: 0, unknown: 0, disagree: 0, caught: 0, missed: 0, wronglyRejected: 0 };

export interface Measurement {
  readonly families: ReadonlyMap<string, Tally>;
  readonly total: Tally;
  /** One line for each thing that is wrong or not known. */
  readonly wrong: readonly string[];
  readonly unanswered: readonly string[];
}

const add = (left: Tally, right: Partial<Tally>): Tally => ({
  agree: left.agree + (right.agree ?? 0),
  unknown: left.unknown + (right.unknown ?? 0),
  disagree: left.disagree + (right.disagree ?? 0),
  caught: left.caught + (right.caught ?? 0),
  missed: left.missed + (right.missed ?? 0),
  wronglyRejected: left.wronglyRejected + (right.wronglyRejected ?? 0),
});

interface Judged {
  readonly tally: Partial<Tally>;
  readonly wrong: readonly string[];
  readonly unanswered: readonly string[];
}

const fine = (tally: Partial<Tally>): Judged => ({ tally, wrong: [], unanswered: [] });

function judgeAccepted(query: AcceptedQuery, verdict: Verdict): Judged {
  const place = `${query.family}/${query.name}`;
  const count = query.columns.length;
  if (verdict.kind === "rejected") return { tally: { wronglyRejected: 1 }, wrong: [`${place}: rejected (${verdict.why})`], unanswered: [] };
  if (verdict.kind === "unknown") return { tally: { unknown: count }, wrong: [], unanswered: [`${place}: ${verdict.why ?? "unknown"}`] };
  if (verdict.columns.length !== count) {
    const names = verdict.columns.map((column) => column.name).join(", ");
    return { tally: { disagree: count }, wrong: [`${place}: ${verdict.columns.length} columns (${names}), not ${count}`], unanswered: [] };
  }
  return query.columns.map((truth, at) => judgeColumn(place, truth, verdict.columns[at])).reduce(both, fine({}));
}

function judgeColumn(place: string, [name, type]: TrueColumn, said: { name: string; type: string | undefined } | undefined): Judged {
  if (said === undefined || said.type === undefined) return { tally: { unknown: 1 }, wrong: [], unanswered: [`${place}: type of ${name}`] };
  if (said.name === name && said.type === type) return fine({ agree: 1 });
  return { tally: { disagree: 1 }, wrong: [`${place}: ${said.name} ${said.type}, Spark: ${name} ${type}`], unanswered: [] };
}

const both = (left: Judged, right: Judged): Judged => ({
  tally: add(add(NOTHING, left.tally), right.tally),
  wrong: [...left.wrong, ...right.wrong],
  unanswered: [...left.unanswered, ...right.unanswered],
});

function judgeRejected(query: RejectedQuery, verdict: Verdict): Judged {
  if (verdict.kind === "rejected") return fine({ caught: 1 });
  return { tally: { missed: 1 }, wrong: [], unanswered: [`${query.family}/${query.name}: not rejected; Spark: ${query.error}`] };
}

export function measure(corpus: Corpus, bind: Bind): Measurement {
  const judged = [
    ...corpus.accepted.map((query) => ({ family: query.family, ...judgeAccepted(query, bind(query.sql, corpus.tables)) })),
    ...corpus.rejected.map((query) => ({ family: `rejected ${query.family}`, ...judgeRejected(query, bind(query.sql, corpus.tables)) })),
  ];
  const families = new Map<string, Tally>();
  for (const { family, tally } of judged) families.set(family, add(families.get(family) ?? NOTHING, tally));
  return {
    families,
    total: judged.reduce((sum, { tally }) => add(sum, tally), NOTHING),
    wrong: judged.flatMap(({ wrong }) => wrong),
    unanswered: judged.flatMap(({ unanswered }) => unanswered),
  };
}

/** Where a measurement is below the bars; empty where it meets them all. */
export function belowBars({ total }: Measurement, corpus: Corpus): readonly string[] {
  const columns = corpus.accepted.reduce((sum, query) => sum + query.columns.length, 0);
  const answered = (total.agree + total.disagree) / columns;
  const caught = total.caught / corpus.rejected.length;
  return [
    ...(total.disagree > BARS.disagreements ? [`${total.disagree} columns disagree with Spark`] : []),
    ...(total.wronglyRejected > BARS.wrongRejections ? [`${total.wronglyRejected} queries are rejected that Spark accepts`] : []),
    ...(answered < BARS.answeredColumns ? [`${percent(answered)} of ${columns} columns are answered`] : []),
    ...(caught < BARS.caughtRejections ? [`${percent(caught)} of ${corpus.rejected.length} rejections are caught`] : []),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Each bar with what was measured: `npm run test:unit -- tests/corpus` prints it, and how many functions are called. */
export function bars({ total }: Measurement, corpus: Corpus): string {
  const columns = corpus.accepted.reduce((sum, query) => sum + query.columns.length, 0);
  const lines: readonly (readonly [string, string, string])[] = [
    ["queries that Spark accepts", String(corpus.accepted.length), "at least 600"],
    ["queries that Spark rejects", String(corpus.rejected.length), "at least 150"],
    ["columns that disagree with Spark", String(total.disagree), String(BARS.disagreements)],
    [`of ${columns} columns, answered`, percent((total.agree + total.disagree) / columns), `at least ${percent(BARS.answeredColumns)}`],
    ["rejections that are caught", percent(total.caught / corpus.rejected.length), `at least ${percent(BARS.caughtRejections)}`],
    ["queries rejected that Spark accepts", String(total.wronglyRejected), String(BARS.wrongRejections)],
  ];
  return lines.map(([what, measured, bar]) => `${what.padEnd(36)}${measured.padStart(8)}   (${bar})`).join("\n");
}

/** A line for each family, and their sum. */
export function table({ families, total }: Measurement): string {
  const header = ["family", "agree", "unknown", "disagree", "caught", "missed", "wrongly rejected"];
  const line = (name: string, tally: Tally): string[] => [
    name,
    ...[tally.agree, tally.unknown, tally.disagree, tally.caught, tally.missed, tally.wronglyRejected].map(String),
  ];
  const rows = [header, ...[...families].map(([name, tally]) => line(name, tally)), line("total", total)];
  const widths = header.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "))
    .join("\n");
}
