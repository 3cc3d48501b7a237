/**
 * Features that were told later: values of SQL that look at rows of later times (`sql/bind/ahead.ts`), in rows that count as known before those
 * rows are. A mark goes with a value through transforms, until a time that is as late goes with it, or a feature reads it.
 */
import { allBehind, wayBack, type ProjectLineage } from "./lineage.js";
import type { AheadFacts, Analysis, Finding, TransformColumn, TransformFacts, Where } from "./analysis.js";
import { atValue, finding } from "./finding.js";
import { sameName } from "./types/name.js";
import { nameOf, splitColumn } from "./id.js";

type Facts = Omit<Analysis, "findings">;

/** A column that a feature reads. */
export interface ColumnRead {
  readonly dataset: string;
  readonly column: string;
  readonly at: Where;
  /** The feature group. */
  readonly reader: string;
}

interface Mark {
  readonly ahead: AheadFacts;
  /** Where it is written. */
  readonly transform: string;
  /** Times that are as late as it is: with one of them it misleads nobody. */
  readonly covered: readonly string[];
  /** Only with this time it misleads. */
  readonly only?: string;
}

type Marks = ReadonlyMap<string, readonly Mark[]>;

/** One finding for each window, group or subquery. */
export function aheadFindings(analysis: Facts, reads: readonly ColumnRead[], lineage: ProjectLineage): readonly Finding[] {
  const transforms = Object.values(analysis.datasets).filter((facts) => facts.kind === "transform");
  if (
    !transforms.some(({ columns }) =>
      columns.some(({ ahead, moment }) => ahead !== undefined || moment?.kind === "floor" || moment?.kind === "earlier"),
    )
  )
    return [];
  const known = { analysis, lineage };
  const marks = marksOf(known);
  const findings = new Map<string, Finding>();
  const add = (found: Finding): void => {
    const place = JSON.stringify(found.at);
    if (!findings.has(place)) findings.set(place, found);
  };
  const repeated: Finding[] = [];
  for (const read of reads) {
    const facts = transformOf(analysis, read.dataset);
    const time = facts && markOf(facts);
    if (facts === undefined || time === undefined) continue;
    const early = tooEarly(facts, time, read);
    if (early !== undefined) add(early);
    for (const mark of marks.get(`${read.dataset}.${read.column}`) ?? [])
      if (misleads(mark, facts, known))
        for (const found of told(mark, read, { facts, analysis }))
          if (mark.ahead.repeated === true) repeated.push(found);
          else add(found);
      else if (isVersion(mark, facts, analysis.groups[read.reader], known)) add(lost(mark, read, facts));
  }
  // Where a value looks at the later rows, too, that is said.
  for (const found of [...labels(known, marks), ...repeated]) add(found);
  return [...findings.values()];
}

interface Known {
  readonly analysis: Facts;
  readonly lineage: ProjectLineage;
}

function transformOf({ datasets }: Pick<Facts, "datasets">, id: string): TransformFacts | undefined {
  const facts = datasets[nameOf(id)];
  return facts?.kind === "transform" ? facts : undefined;
}

/** The column by which a row counts as known. */
function markOf({ time, columns }: TransformFacts): TransformColumn | undefined {
  return time && columns.find(({ name }) => sameName(name, time.ingestedAt ?? time.eventTime));
}

/** Marks of each column, each after those that it is made from: its own, and those of what it is made from. */
function marksOf({ analysis, lineage }: Known): Marks {
  const marks = new Map<string, readonly Mark[]>();
  for (const id of lineage.keys()) {
    const dataset = splitColumn(id)[0];
    const facts = transformOf(analysis, dataset);
    const column = facts?.columns.find(({ name }) => `${dataset}.${name}` === id);
    if (facts === undefined || column === undefined) continue;
    const own = (column.ahead ?? []).flatMap((ahead) => ownMark(facts, ahead));
    const found = distinct([...own, ...inherited(column, analysis, marks)]).map((mark) => covering(mark, facts));
    if (found.length > 0) marks.set(id, found);
  }
  return marks;
}

function distinct(marks: readonly Mark[]): readonly Mark[] {
  return [...new Map(marks.map((one) => [JSON.stringify([one.ahead.at, one.ahead.rows, one.ahead.repeated, one.only]), one])).values()];
}

/** A period misleads with its beginning; whatever else is said about its time may be right. */
function ownMark(facts: TransformFacts, ahead: AheadFacts): readonly Mark[] {
  const mark = { ahead, transform: facts.name, covered: [] };
  if (ahead.over !== "period") return [mark];
  const time = markOf(facts);
  const isBeginning = time?.moment?.kind === "earliest" && time.moment.select === ahead.select;
  return isBeginning ? [{ ...mark, only: `${facts.id}.${time.name}` }] : [];
}

/** Where the rows of what is read are chosen by their times, they may be right. */
function inherited({ from, indirect }: TransformColumn, analysis: Facts, marks: Marks): readonly Mark[] {
  const chosen = indirect.flatMap(({ column, kinds }) => (kinds.includes("filter") || kinds.includes("join") ? [column] : []));
  const isChosen = (column: string): boolean => {
    const dataset = splitColumn(column)[0];
    const facts = transformOf(analysis, dataset);
    return [facts?.time?.eventTime, facts?.time?.ingestedAt].some((time) => time !== undefined && chosen.includes(`${dataset}.${time}`));
  };
  const deciding = indirect.flatMap(({ column, kinds }) => (kinds.includes("conditional") ? [column] : []));
  const choosing = indirect.flatMap(({ column, kinds }) => (kinds.includes("filter") ? [column] : []));
  // A transform above may leave one of each.
  const own = (column: string): readonly Mark[] => (marks.get(column) ?? []).filter(({ ahead }) => ahead.repeated !== true);
  const rows = (mark: Mark): Mark => ({ ...mark, ahead: { ...mark.ahead, rows: true } });
  return [
    ...[...from.map(({ column }) => column), ...deciding].filter((column) => !isChosen(column)).flatMap(own),
    ...choosing.filter((column) => !isChosen(column)).flatMap((column) => own(column).map(rows)),
  ];
}

/** A time of the transform that is not simply that of one of its rows may be as late. */
function covering(mark: Mark, facts: TransformFacts): Mark {
  const { time, columns } = facts;
  const times = columns.filter(
    ({ name }) => time !== undefined && (sameName(name, time.eventTime) || sameName(name, time.ingestedAt ?? "")),
  );
  const late = times.filter((column) => !isPlain(column, mark)).map(({ name }) => `${facts.id}.${name}`);
  return late.length === 0 ? mark : { ...mark, covered: [...mark.covered, ...late] };
}

function isPlain({ moment }: TransformColumn, { ahead }: Mark): boolean {
  if (moment?.kind === "row" && ahead.side !== undefined && moment.sides?.includes(ahead.side) === true) return false;
  if (moment?.kind === "earliest") return ahead.over === "window" || ahead.select === moment.select;
  return moment?.kind === "row" || moment?.kind === "floor" || moment?.kind === "earlier";
}

/** Whether a value counts as known, in a dataset, before all that it is computed from is. */
function misleads(mark: Mark, facts: TransformFacts, { lineage }: Known): boolean {
  const time = markOf(facts);
  if (time === undefined || !isPlain(time, mark)) return false;
  const own = `${facts.id}.${time.name}`;
  const isMadeFrom = (columns: readonly string[]): boolean => wayBack(lineage, own, (id) => columns.includes(id)) !== undefined;
  if (isMadeFrom(mark.covered) || (mark.only !== undefined && !isMadeFrom([mark.only]))) return false;
  // Of another source, nothing is known about which of the two times is later.
  const sources = sourcesOf(lineage, [own]);
  return sourcesOf(lineage, mark.ahead.times).some((source) => sources.includes(source));
}

function sourcesOf(lineage: ProjectLineage, columns: readonly string[]): readonly string[] {
  return [...new Set([...allBehind(lineage, columns)].flatMap((id) => (id.startsWith("sources.") ? [splitColumn(id)[0]] : [])))];
}

/** A row that counts as known when the day begins on which it happens, or even earlier. */
function tooEarly({ name, time }: TransformFacts, { name: mark, moment, at }: TransformColumn, read: ColumnRead): Finding | undefined {
  if ((moment?.kind !== "floor" && moment?.kind !== "earlier") || time === undefined || at === undefined) return undefined;
  const related = [{ message: "this reads it", at: read.at }];
  return finding("looks-ahead", at, { what: "", over: moment.kind, name, mark, reader: read.reader, rows: "" }, { related });
}

/** What the latest row of a key holds, in the one row that is left of the key, as of its latest time. */
// oxlint-disable-next-line max-params
function isVersion({ ahead, transform }: Mark, facts: TransformFacts, group: Facts["groups"][string] | undefined, known: Known): boolean {
  const { version, rows, select } = ahead;
  const own = markOf(facts);
  const made = transformOf(known.analysis, `transforms.${transform}`);
  const time = made && markOf(made);
  if (version === undefined || rows === true || group?.kind !== "latest" || own === undefined || made === undefined) return false;
  if (time?.moment?.kind !== "latest" || time.moment.select !== select) return false;
  // Of a card that has many sessions, the latest rows of each are its history.
  const key = allBehind(known.lineage, group.key.map((name) => `${facts.id}.${name}`)); // prettier-ignore
  const isOne = version.every((column) => key.has(column));
  return isOne && wayBack(known.lineage, `${facts.id}.${own.name}`, (id) => id === `${made.id}.${time.name}`) !== undefined;
}

function lost({ ahead, transform }: Mark, { at, reader }: ColumnRead, facts: TransformFacts): Finding {
  return finding("history-lost", ahead.at, { what: ahead.what, over: ahead.over, name: transform, reader }, { related: reads(at, facts) });
}

/** Who reads it, and when its rows count as known. */
function reads(at: Where, facts: TransformFacts): NonNullable<Finding["related"]> {
  const place = markPlace(facts, markOf(facts)?.name ?? "");
  return [
    { message: "this reads it", at },
    ...(place === undefined ? [] : [{ message: "its rows count as known at this time", at: place }]),
  ];
}

interface Reading {
  readonly facts: TransformFacts;
  readonly analysis: Facts;
}

function told(mark: Mark, read: ColumnRead, { facts, analysis }: Reading): readonly Finding[] {
  const { ahead, transform } = mark;
  const { at, reader } = read;
  const group = analysis.groups[reader];
  const kind = group?.kind;
  if (ahead.repeated === true && !countsCopies(group)) return [];
  // Which observations there are may be known later, as their labels are.
  if (ahead.rows === true && kind === "request") return [];
  if (ahead.rows === true && ahead.latest !== undefined && kind === "latest") return [lost(mark, read, facts)];
  // A copy of a row, it may be, of which one is as good as the other.
  if (ahead.rows === true && ahead.latest === "of_key") return [];
  const args = { what: ahead.what, over: ahead.over, name: transform, mark: markOf(facts)?.name ?? "", reader, rows: ahead.rows === true ? facts.name : "" }; // prettier-ignore
  return [finding("looks-ahead", ahead.at, args, { related: reads(at, facts) })];
}

/** Whether it makes a difference that a row is there twice. */
function countsCopies(group: Facts["groups"][string] | undefined): boolean {
  return group?.kind === "windowed" && group.aggregates.some(({ function: name }) => ["count", "sum", "avg"].includes(name));
}

function markPlace({ name, columns, time }: TransformFacts, mark: string): Where | undefined {
  if (time === undefined) return undefined;
  return columns.find((column) => sameName(column.name, mark))?.at ?? atValue(["transforms", name, "event_time"]);
}

/** A label that looks ahead is not known with its row. */
function labels(known: Known, marks: Marks): readonly Finding[] {
  const { analysis } = known;
  return Object.values(analysis.models).flatMap(({ name, observations, label }) =>
    (marks.get(`${observations}.${label.column}`) ?? []).flatMap((mark): readonly Finding[] => {
      const { ahead } = mark;
      const facts = transformOf(analysis, observations);
      const isLater = ahead.over === "window" || (ahead.over === "later" && facts !== undefined && misleads(mark, facts, known));
      if (!isLater || ahead.rows === true || (label.knownAfter > 0 && label.knownAfter >= (ahead.by ?? 0))) return [];
      const related = [{ message: "the label looks ahead here", at: ahead.at }];
      const args = { model: name, label: label.column, what: ahead.what, by: ahead.by ?? 0, source: "" };
      return [finding("label-unsettled", atValue(["models", name, "label", "known_after"]), args, { related })];
    }),
  );
}
