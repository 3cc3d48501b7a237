import { error, quote, warning, type DiagnosticTable } from "./define.js";

const WHY_NOT = {
  clock: "reads the clock",
  chance: "is left to chance",
  machine: "depends on the machine and the session",
} as const;

/** Values that would not be the same again, and values that nobody could have known. */
export const leakageDiagnostics = {
  "sql-not-reproducible": error(
    (p: { what: string; kind: "clock" | "chance" | "machine" }) =>
      `${quote(p.what)} ${WHY_NOT[p.kind]}: a run of the same interval would give other rows. ${
        p.kind === "clock" ? "Use a time that the rows carry." : "Use something that the rows carry, such as `xxhash64` of their key."
      }`,
    {
      what: "A query calls a function whose value is another each time: the clock, a random number, an id that depends on how Spark divides the rows, the user of the session.",
      why: "Every run of an interval is repeated sooner or later: after a failure, for a backfill, for the next training set. Its rows have to be the same then; a feature that moves with the clock is another one in training than it was when it was served.",
      fix: "Compute the value from columns. Age at the event is `event_time - other_time`, not `now() - other_time`; a sample is `pmod(xxhash64(key), 100) < 10`, not `rand() < 0.1`.",
    },
  ),
  "sql-any-order": warning(
    (p: { what: string }) =>
      p.what === "LIMIT"
        ? "`LIMIT` without `ORDER BY` takes whichever rows Spark meets first. Add an `ORDER BY` over columns that tell all rows apart."
        : `${quote(p.what)} depends on the order in which Spark meets the rows, which may be another each time. Use \`max_by\` or \`min_by\` with a time, or sort the array.`,
    {
      what: "A query takes a value, or rows, by an order that nothing in it gives.",
      why: "Spark meets rows in the order in which files and shuffles bring them. A run of the same interval may then give other values, without any error.",
      fix: "Write `max_by(x, at)` instead of `last(x)`, `array_sort(collect_list(x))` instead of `collect_list(x)`, and `ORDER BY` before `LIMIT`.",
    },
  ),
  "label-leaks": error(
    (p: { feature: string; label: string; model: string }) =>
      `${quote(p.feature)} is computed from ${quote(p.label)}, the label of the model ${quote(p.model)}: it would know the answer. Compute it from other columns.`,
    {
      what: "An output of a feature group is computed, perhaps through transforms, from the label of a model, or the label chooses its value.",
      why: "The model would learn to read the answer, and look excellent in training. In production the label is not known yet when the feature is asked for.",
      fix: "Compute the feature from what was known at the time. If past outcomes are meant (how often a customer complained before), read them from the dataset in which they become known, with its own time: then each counts from that moment on. A label that is known with its row (`known_after: 0s`) may be counted in windows.",
    },
  ),
  "known-later": error(
    (p: { name: string; mark: string; source: string; told: string; reader: string; column?: string }) =>
      `${
        p.column === undefined ? `Which rows ${quote(p.name)} has` : `${quote(p.column)} of ${quote(p.name)}`
      } depends on ${quote(p.source)}, which becomes known at its ${quote(p.told)}; but rows of ${quote(p.name)} count as known at ${quote(p.mark)}, which does not include it: ${quote(p.reader)} would see it too early. Select the later one of the two, such as \`greatest(…, ${p.told})\`, and name it in \`ingested_at\`.`,
    {
      what: "Features read a transform that brings several sources together, and its `ingested_at` (or, without one, its event time) does not include the time at which one of them became known.",
      why: "A row that is joined is known when the last of its parts is. If it counts as known earlier, a training set holds at a moment what arrived only afterwards (a chargeback, a later version of a customer), and the model looks better than it is.",
      fix: "Select `greatest(a.received_at, b.updated_at) AS known_at` and say `ingested_at: known_at`; of rows that are aggregated, the `max`. Or give the second source a feature group of its own: then it is joined as of the moment asked about.",
    },
  ),
} satisfies DiagnosticTable;
