import { printDuration } from "../shorthand/index.js";
import { error, quote, warning, type DiagnosticTable } from "./define.js";

const WHY_NOT = {
  clock: "reads the clock",
  chance: "is left to chance",
  machine: "depends on the machine and the session",
} as const;

const ANY_ORDER = {
  rows: (what: string) =>
    what === "`TABLESAMPLE`"
      ? "`TABLESAMPLE` takes whichever rows Spark meets first. Use `LIMIT` after an `ORDER BY` over columns that tell all rows apart."
      : `${what} without \`ORDER BY\` takes whichever rows Spark meets first. Add an \`ORDER BY\` over columns that tell all rows apart.`,
  window: (what: string) =>
    `${what} goes by the order of rows, and nothing in \`OVER\` puts the rows of a partition in one: Spark takes them as it meets them. Add an \`ORDER BY\` over columns that tell them apart.`,
  group: (what: string) =>
    `${what} depends on the order in which Spark meets the rows, which may be another each time. ${
      what === "`listagg`" || what === "`string_agg`" || what === "`mode`"
        ? "Say it with `WITHIN GROUP (ORDER BY …)`."
        : "Use `max_by` or `min_by` with a time, or sort the array."
    }`,
} as const;

/** Values that would not be the same again, and values that nobody could have known. */
export const leakageDiagnostics = {
  "sql-not-reproducible": error(
    (p: { what: string; kind: "clock" | "chance" | "machine" }) =>
      `${quote(p.what)} ${WHY_NOT[p.kind]}: a run of the same interval would give other rows. ${
        p.kind === "clock" ? "Use a time that the rows carry." : "Use something that the rows carry, such as `xxhash64` of their key."
      }`,
    {
      what: "A query or an expression has a value that is another each time: the clock (also as the text `now`, `today`, `tomorrow` or `yesterday` where a time is asked for), a random number, a sample, an id that depends on how Spark divides the rows, the user of the session, a method of Java, a cipher that begins with random bytes.",
      why: "Every run of an interval is repeated sooner or later: after a failure, for a backfill, for the next training set. Its rows have to be the same then; a feature that moves with the clock is another one in training than it was when it was served.",
      fix: "Compute the value from columns. Age at the event is `event_time - other_time`, not `now() - other_time`; a sample is `pmod(xxhash64(key), 100) < 10`, not `rand() < 0.1` or `TABLESAMPLE` (a seed does not help: it counts rows as they lie in files and partitions). `aes_encrypt` takes what it begins with as its fifth argument.",
    },
  ),
  "sql-any-order": warning((p: { what: string; of: "rows" | "window" | "group" }) => ANY_ORDER[p.of](quote(p.what)), {
    what: "A query takes a value, or rows, or a place among rows, by an order that nothing in it gives.",
    why: "Spark meets rows in the order in which files and shuffles bring them. A run of the same interval may then give other values, without any error.",
    fix: "Write `max_by(x, at)` instead of `last(x)`, `array_sort(collect_list(x))` instead of `collect_list(x)`, `listagg(x) WITHIN GROUP (ORDER BY x)` instead of `listagg(x)`, and `ORDER BY` before `LIMIT` and `OFFSET`. In `OVER`, order by columns that tell the rows of a partition apart: a constant (`ORDER BY 1` is one there, not the first column) leaves them in any order, and so does what the partition is by.",
  }),
  "label-leaks": error(
    (p: { feature: string; label: string; model: string; repeated: string }) =>
      p.repeated === ""
        ? `${quote(p.feature)} is computed from ${quote(p.label)}, the label of the model ${quote(p.model)}: it would know the answer. Compute it from other columns.`
        : `${quote(p.feature)} is computed from ${quote(p.repeated)}, which ${quote(p.label)} repeats, the label of the model ${quote(p.model)}: it would know the answer. Compute it from other columns.`,
    {
      what: "An output of a feature group is computed, perhaps through transforms, from the label of a model, or the label chooses, sorts, groups or joins the rows that it is computed from. Where the label is a renaming of one column of its row, or a function of it alone, that column is the label as well.",
      why: "The model would learn to read the answer, and look excellent in training. In production the label is not known yet when the feature is asked for.",
      fix: "Compute the feature from what was known at the time. If past outcomes are meant (how often a customer complained before), read them from the dataset in which they become known, with its own time: then each counts from that moment on. A label that is known with its row (`known_after: 0s`) may be counted in windows.",
    },
  ),
  "label-repeated": warning(
    (p: { feature: string; label: string; model: string; repeated: string }) =>
      `${quote(p.feature)} is computed from ${quote(p.repeated)}, and so is ${quote(p.label)}, the label of the model ${quote(p.model)}, which is known only after \`known_after\`. If ${quote(p.repeated)} is written later than its row, leave it out; if not, the label is known with its row: \`known_after: 0s\`.`,
    {
      what: "A feature looks back over a column of which alone the label is a function, and `known_after` says that the label is not known with its row.",
      why: "One of the two is wrong. If the column is filled in later (the status of an order, the reason of a return), past rows show today what nobody saw then, and the model learns from it. If it is there from the beginning, the newest observations are left out for nothing.",
      fix: "Where the column is filled in later, bring these facts in by a source of their own, with the time at which they became known. Where it is not, say `known_after: 0s`.",
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
  "looks-ahead": error(
    (p: {
      what: string;
      over: "window" | "history" | "period" | "newest" | "later" | "floor" | "earlier";
      name: string;
      mark: string;
      reader: string;
      rows: string;
    }) => `${lookingAhead(p)}: ${quote(p.reader)} would see what was known only afterwards. ${INSTEAD[p.over](p)}`,
    {
      what: "A feature reads a value of SQL that is computed from rows of later times than its own, or rows that were chosen by such a value: a window whose frame goes on after the current row (`lead`, `FOLLOWING`, a descending order, no order at all), an aggregate of a key's whole history that is joined back, a join or subquery of which a condition says that its rows are later, the latest row of all (`ORDER BY created_at DESC LIMIT 1`), a day's total in rows that count as known when the day begins; or its rows count as known at a time that is moved back (`received_at - INTERVAL 30 DAYS`, `least(…)`).",
      why: "A training set takes the row as of its time, and with it what came afterwards. The model looks better than it is, for in production nobody has that yet.",
      fix: "Let the frame end at the current row, in the order of time: `OVER (PARTITION BY card_id ORDER BY created_at)`, or `ROWS BETWEEN 6 PRECEDING AND CURRENT ROW`. Better still, make it an aggregate of a feature group (`avg(amount) over 30d`): that looks back from each moment by itself. Rows that stand for a period count as known at its end: `max(created_at)`, `window.end`. Where all rows of a partition are of one moment, such as the lines of an order, name the time in `PARTITION BY`. Labels may look ahead.",
    },
  ),
  "history-lost": error(
    (p: { what: string; over: "window" | "history" | "period" | "newest" | "later"; name: string; reader: string }) =>
      `${quote(p.name)} keeps the latest rows alone, by ${p.over === "later" ? "this condition" : calling(p)}: as of an earlier moment ${quote(p.reader)} finds nothing, where there was an earlier version. Leave all versions in: \`columns\` take the latest one of each moment.`,
    {
      what: "A feature group with `columns` reads a transform that throws away all but the latest rows of a key: by `row_number`, `max_by` with `max` of the time, `created_at = (SELECT max(created_at) …)`, `NOT EXISTS` a later row, `ORDER BY created_at DESC LIMIT 1`.",
      why: "Training sets ask what was known at a moment of the past. If only the version of today is left, the answer is nothing for every moment before it: the model learns from empty columns, and is served full ones.",
      fix: "Take out the filter. A group with `columns` takes the latest version as of each moment by itself, in training and in the service.",
    },
  ),
  "label-unsettled": error(
    (p: { model: string; label: string; what: string; by: number; source: string }) =>
      p.source !== ""
        ? `${quote(p.label)}, the label of ${quote(p.model)}, depends on ${quote(p.source)}, whose rows become known later than the observation${p.by > 0 ? ` (its \`lateness\` alone is ${printDuration(p.by)})` : ""}: younger observations would have a label that still changes. Say in \`known_after\` how long it takes until it no longer does.`
        : p.by > 0
          ? `${quote(p.label)}, the label of ${quote(p.model)}, looks ${printDuration(p.by)} ahead, further than \`known_after\`: younger observations would have a label that still changes. Say \`known_after: ${printDuration(p.by)}\`, or more.`
          : `${quote(p.label)}, the label of ${quote(p.model)}, is computed from later rows (${quote(`${p.what}(…) OVER`)}), so it is not known with its row. Say in \`known_after\` how long it takes until it no longer changes.`,
    {
      what: "A label is computed by a window that takes in later rows, or from rows of another source, and `known_after` says that it is known before these are there.",
      why: "The youngest observations would have a label that is not settled yet, most likely the one for `nothing happened`: the model learns that recent rows are harmless.",
      fix: "Set `known_after` to the time after which such rows no longer come (a chargeback, a return), to the length of the frame, or to the time within which the next row comes for all but a few.",
    },
  ),
} satisfies DiagnosticTable;

interface LookingAhead {
  readonly what: string;
  readonly over: "window" | "history" | "period" | "newest" | "later" | "floor" | "earlier";
  readonly name: string;
  readonly mark: string;
  readonly rows: string;
}

/** How a function is called that does it. */
function calling({ what, over }: Pick<LookingAhead, "what" | "over">): string {
  if (what === "LIMIT") return "`ORDER BY … LIMIT`";
  return quote(over === "window" ? `${what}(…) OVER` : `${what}(…)`);
}

function lookingAhead({ what, over, name, mark, rows }: LookingAhead): string {
  const chosen = rows === "" ? "" : `Which rows ${quote(rows)} has depends on later ones: `;
  const call = calling({ what, over });
  switch (over) {
    case "window":
      return `${chosen}${call} takes in rows of ${quote(name)} that are later than the one it stands in`;
    case "history":
      return `${chosen}${call} is over all rows of a key, also those after ${quote(mark)}`;
    case "newest":
      return `${chosen}${call} picks the latest of all rows, also of those after ${quote(mark)}`;
    case "later":
      return `This condition looks at rows that are later than those of ${quote(name)}, which count as known at ${quote(mark)}`;
    case "period":
      return `${chosen}${call} is over a whole period, but its rows count as known at ${quote(mark)}, before the period is over`;
    case "floor":
      return `Rows of ${quote(name)} count as known at ${quote(mark)}, the beginning of the period in which they happen`;
    case "earlier":
      return `Rows of ${quote(name)} count as known at ${quote(mark)}, which is earlier than the times that it is computed from`;
  }
}

const INSTEAD = {
  window: () => "End the frame at the current row, in the order of time: `ORDER BY` the event time, ascending, and no `FOLLOWING`.",
  history: ({ mark }: LookingAhead) => `Aggregate in a feature group instead (\`avg(x) over 30d\`), or only over rows before \`${mark}\`.`,
  newest: ({ mark }: LookingAhead) => `Leave all of them in, or look only at rows before \`${mark}\`.`,
  later: () => "Turn the comparison round, so that it is earlier rows that are looked at. Labels may look ahead.",
  period: ({ mark }: LookingAhead) => `Give them the end of the period: \`max(…) AS ${mark}\` over the event time, or \`window.end\`.`,
  earlier: ({ mark }: LookingAhead) =>
    `Name the time itself: a row is known when all of its parts are, at the \`greatest\` of their times (\`${mark}\`).`,
  floor: () => "Name the time itself in `event_time`, and keep the period as a column beside it.",
} as const;
