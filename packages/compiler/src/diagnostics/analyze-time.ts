import { error, hint, listOf, quote, type DiagnosticTable } from "./define.js";

/** When rows happen, and when they become known. */
const couldBe = (key: string, candidates: readonly string[]): string =>
  candidates.length === 0 ? "" : ` Its \`${key}\` could be ${listOf(candidates)}.`;

export const timeDiagnostics = {
  "time-needed": error(
    (p: { name: string; keys: readonly string[]; reader: string; key: readonly string[]; time: readonly string[] }) =>
      `${quote(p.name)} does not say its ${listOf(p.keys, "and")}, and ${quote(p.reader)} reads it: features are values at a moment. Add ${p.keys.length === 1 ? "it" : "them"}.${couldBe("key", p.key)}${couldBe("event_time", p.time)}`,
    {
      what: "Features, a model or a deployment read a transform of which it is not known what identifies a row (`key`) or when it happened (`event_time`). They are taken over from what the SQL reads where it selects exactly one of each, unchanged; after a join, a `GROUP BY` or a function of your own they have to be said.",
      why: "Features are values at a moment: rows must be identified and placed in time.",
      fix: "Add `key` and `event_time` to the transform, with the names of two of its columns, and `ingested_at` where rows become known later than they happen.",
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
  "broker-time": error(
    (p: { source: string; found: string | undefined }) =>
      `${quote(p.source)} is a topic: its messages become known when the broker takes them in. Write \`ingested_at: broker\`${
        p.found === undefined ? "" : ` instead of ${quote(p.found)}`
      }, which adds the column \`ingested_at\`.`,
    {
      what: "A source is a topic of Kafka, and its `ingested_at` is not `broker`.",
      why: "How far the history of a topic is complete is told by the broker's clock, which is the same for all producers. A column of the messages themselves says nothing of what is still on its way.",
      fix: "Write `ingested_at: broker`, and let the topic have `message.timestamp.type=LogAppendTime`. A time that producers write can stay a column like others.",
    },
  ),
  "stream-lateness": error(
    (p: { source: string }) =>
      `${quote(p.source)} is a topic and does not say how late a message can come: a run would never know when its interval is complete. Add \`lateness\`, such as \`lateness: 10m\`; messages that come even later are quarantined.`,
    {
      what: "A source is a topic of Kafka, and has no `lateness`.",
      why: "A run waits until the history of the topic is complete up to the end of its interval and as much as `lateness` more. Without it there is nothing to wait for, and no message could ever be called too late.",
      fix: "Add `lateness`: how much later than its event time the broker may get a message. Those that come later go to quarantine, where they are counted.",
    },
  ),
  "dropped-in-topic": error(
    (p: { source: string; column: string }) =>
      `${quote(p.column)} cannot be dropped: the history of ${quote(p.source)} keeps each message whole, with this value in it. Leave it out of what is produced, or take \`mask: drop\` out.`,
    {
      what: "A source is a topic of Kafka, and the mask of one of its columns is `drop`.",
      why: "`drop` promises that no table of the project has the value. The history of a topic is one, and has every message as it came, byte by byte.",
      fix: "Let producers leave the field out, or write it to a topic of its own. Else take `mask: drop` out: policies then say where the column may go.",
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
  "filled-on-schedule": hint(
    (p: { group: string; source: string; why: string; period: string }) =>
      `The events of ${quote(p.group)} come from the topic of ${quote(p.source)}, but no stream keeps its online store current; it is filled on its schedule, every ${p.period}: ${p.why}.`,
    {
      what: "An online deployment looks up a feature group over a topic that no stream follows.",
      why: "A stream computes what is made one by one from messages: filters, expressions, projections. What joins, groups or looks at other rows is computed by runs, interval by interval, so its online values are as old as the last run.",
      fix: "Make the transform one that looks at one row only, and let the feature group aggregate. Or leave it, with a schedule that is dense enough for the windows.",
    },
  ),
  "stream-keeps-all": hint(
    (p: { group: string; outputs: readonly string[]; tile: string }) =>
      `${listOf(p.outputs, "and")} of ${quote(p.group)} ${p.outputs.length === 1 ? "looks" : "look"} back to the beginning: its stream and its online store keep every tile (of ${p.tile}) of every entity for ever. Give the window a length, and they keep what it needs.`,
    {
      what: "A feature group that a stream keeps current has a window over the whole past.",
      why: "A stream takes away what no window can need any more, and so does the store. A window without a length needs everything: both grow with every day that passes, and a new definition of the group takes in the whole history before services can read it.",
      fix: "Give the window a length, such as `over 365d`. Or leave it, where entities are few, or have events on few days.",
    },
  ),
  "window-within-delay": error(
    (p: { group: string; outputs: readonly string[]; delay: string; own: boolean }) =>
      `${listOf(p.outputs, "and")} of ${quote(p.group)} can hold no event: an event counts ${p.delay} after it became known, ${p.own ? "as `delay` says" : "as long as the streams take that keep the group current"}, and by then ${p.outputs.length === 1 ? "the window has" : "the windows have"} passed it. Use windows longer than ${p.delay}${p.own ? ", or a shorter `delay`" : ", or a shorter `trigger` of the topic"}.`,
    {
      what: "A window is no longer than the time after which an event of its group counts.",
      why: "At the moment t a window holds the events that were known before t - `delay`, and began, at the earliest, its length and one tile before t. Where `delay` is as long as that, no event is ever in it: the feature is 0 or NULL in every training set and every answer. Of a group that a stream keeps current, `delay` is how long the streams take, a minute and two triggers, where it is not written down.",
      fix: "Use a window that is longer than the delay, and better several times as long. Or let events count earlier: by a shorter `delay`, or a shorter `trigger` of the topic.",
    },
  ),
  "window-shorter-than-refresh": hint(
    (p: { group: string; outputs: readonly string[]; deployments: readonly string[]; period: string }) =>
      `The online store of ${quote(p.group)} goes ${p.period} without a refresh, and ${listOf(p.outputs, "and")} ${p.outputs.length === 1 ? "looks" : "look"} back less far: until the next refresh ${listOf(p.deployments, "and")} will find them empty. Give ${quote(p.group)} and what it reads a denser \`schedule\`, or use windows longer than ${p.period}.`,
    {
      what: "An online deployment's model reads a window that is shorter than the time between two runs of its feature group.",
      why: "A run fills the online store up to the end of its interval; what happens after it is in no window before the next run. A window of an hour over a store that is filled once a day is right for the first moments and empty for the other 23 hours, while the model was trained on windows that are always full.",
      fix: "Give the group, and the sources and transforms that it reads, a denser `schedule`, or use windows that are longer than the time between two runs. Services also refuse to be ready once a store is too old, and export its age as `online_store_age_seconds`.",
    },
  ),
  "knowledge-time-assumed": hint(
    (p: { source: string; column: string }) =>
      `${quote(p.source)} does not say when its rows became known: each counts as known at its ${quote(p.column)}, and a row that comes after the run of its interval is left out, only counted. Add \`ingested_at\` and \`lateness\` if rows can come late.`,
    {
      what: "A source has no `ingested_at`.",
      why: "Without it nobody can tell a row that is there from one that is still to come. Features and labels take each row as known at its event time, which is earlier than it was, and no run waits for rows that are on their way. Later runs count and log rows that came after the run of their interval, but only running that interval again takes them in.",
      fix: "Name the column with the time at which a row became known in `ingested_at`, and in `lateness` how much later than its event time that may be. Where rows are always there before their interval is run, nothing is wrong.",
    },
  ),
  "lateness-assumed": hint(
    (p: { source: string; column: string }) =>
      `${quote(p.source)} says when its rows became known (${quote(p.column)}), but not how late that may be: a run does not wait for late rows, and those that come after the run of their interval are left out, only counted. Add \`lateness\`, such as \`lateness: 1h\`; rows that come even later are quarantined.`,
    {
      what: "A source has `ingested_at` and no `lateness`.",
      why: "A run starts once rows are there that became known after its interval's end. Rows of the interval that become known later than that are not in the table, and only running the interval again takes them in.",
      fix: "Add `lateness`: how much later than its event time a row may become known. Runs wait for so long, and rows that come later go to quarantine, with a verdict.",
    },
  ),
} satisfies DiagnosticTable;
