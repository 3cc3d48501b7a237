import { error, listOf, quote, type DiagnosticTable } from "./define.js";

/** When rows happen, and when they become known. */
export const timeDiagnostics = {
  "time-needed": error(
    (p: { name: string; keys: readonly string[]; reader: string }) =>
      `${quote(p.name)} does not say its ${listOf(p.keys, "and")}, and ${quote(p.reader)} reads it: features are values at a moment. Add ${p.keys.length === 1 ? "it" : "them"}.`,
    {
      what: "A transform that features, a model or a deployment read does not say its key or event time.",
      why: "Features are values at a moment: rows must be identified and placed in time.",
      fix: "Add `key` and `event_time`, and `ingested_at` where rows become known later than they happen.",
    },
  ),
  "not-a-time": error(
    (p: { key: string; column: string; type: string }) => `\`${p.key}\` needs a column of type timestamp; ${quote(p.column)} is ${p.type}.`,
    {
      what: "`event_time` or `ingested_at` names a column that is no timestamp.",
      why: "Rows are ordered and cut by it.",
      fix: "Name another column, or convert it in a transform.",
    },
  ),
  "lateness-alone": error(
    () => "`lateness` needs `ingested_at`: without it, nobody knows when a row became known. Add `ingested_at`, or remove `lateness`.",
    {
      what: "A source has `lateness` and no `ingested_at`.",
      why: "Lateness is the time between the two.",
      fix: "Name the column with the time at which a row became known.",
    },
  ),
  "lateness-needed": error(
    (p: { group: string; source: string; told: string }) =>
      `${quote(p.group)} has windows over ${quote(p.source)}, which does not say how late a row can become known: no window could ever be called complete. Add ${
        p.told === "" ? "`ingested_at` and `lateness`" : "`lateness`"
      } to ${quote(p.source)}, such as \`lateness: 1h\`; rows that come even later are quarantined.`,
    {
      what: "A feature group has windows (`aggregates`) over a source, perhaps through transforms, whose rows become known later than they happen, and the source has no `lateness`.",
      why: "A window is put together from parts that are computed once and kept. Without a bound for how late a row may come no part is ever finished, and each value would be computed from all rows again.",
      fix: "Add `lateness` to the source: how much later than its event time a row may become known. Rows that come later go to quarantine, where they are counted.",
    },
  ),
  "known-time-lost": error(
    (p: { name: string; source: string; column: string; reader: string }) =>
      `${quote(p.name)} does not say when its rows became known, but ${quote(p.source)} below it does: ${quote(p.reader)} would see late rows before they were there. Select ${quote(p.column)} and add \`ingested_at\` to ${quote(p.name)}.`,
    {
      what: "Features or a model read a transform without `ingested_at`, and a source below it has one.",
      why: "Without it, rows count as known at their event time. A training set would then hold what nobody knew at that moment, and the model would look better than it is.",
      fix: "Select the source's `ingested_at` in the SQL (the later one of two that are joined, the greatest of those that are aggregated) and name it in `ingested_at` of the transform.",
    },
  ),
} satisfies DiagnosticTable;
