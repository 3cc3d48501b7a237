/** Facts of sources and transforms: each of what it says and what it reads, in the order in which they read each other. */
import { changedDefinitions, changedIn, patched, sameMaps } from "../changed.js";
import { alike, type Memo } from "../memo.js";
import type { ProjectSpec, SourceSpec, TransformSpec } from "../spec.js";
import type { AnalyzeInput, DatasetFacts, Finding } from "./analysis.js";
import { asBefore, each, type Made as MadeEach } from "./each.js";
import { datasetId } from "./edges.js";
import type { Found } from "./finding.js";
import { graphOf } from "./graph.js";
import { idleLookBacks } from "./incremental.js";
import { readOf, type Read } from "./reading.js";
import type { Analyses } from "./remembered.js";
import type { Asked, Schedules } from "./schedules.js";
import type { Named } from "./transform.js";
import { transformOf, type Context } from "./transforms.js";

export interface Datasets {
  /** Sources, then transforms, each in the order of the spec. */
  readonly datasets: ReadonlyMap<string, DatasetFacts>;
  /** All that are defined. */
  readonly names: Tables;
  /** What transforms read, as far as it is known. */
  readonly reads: ReadonlyMap<string, OwnReads>;
  /** The ids of that, each once. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Some SQL cannot be read. */
  readonly unread: boolean;
  readonly findings: readonly Finding[];
  readonly schedules: Asked["facts"];
}

interface OwnReads extends Read {
  readonly ids: readonly string[];
}

export function analyzeDatasets(
  input: AnalyzeInput,
  { schedules, ask, memo }: { readonly schedules: Schedules; readonly ask: Analyses; readonly memo: Memo },
): Datasets {
  const { sources, transforms, schedule, targets } = input.spec;
  const found = memo.keep("sources", [sources, schedule], () => {
    return memo.carry("sources", (before: MadeEach<SourceSpec, DatasetFacts> | undefined) =>
      each(sources, before, {
        schedules,
        schedule: (source, asked) => asked.idOf(source.schedule),
        of: (name, source, { schedule: when, old }) =>
          memo.keep("source", [source, name, when], () => asBefore(ask.source(name, source, when), old)),
      }),
    );
  });
  const names = namesOf(input.spec, memo);
  const made = memo.keep("datasets", [found.facts, transforms, schedule, input.sqlFiles, names, targets], () => {
    const context = { input, asked: schedules.asking(), ask, memo };
    return memo.carry("datasets", (before: Made | undefined) => {
      const given = { sources: found.facts, names, before };
      return (before && afterEdit(context, given, before)) ?? afresh(context, given);
    });
  });
  return {
    ...made,
    findings: [...found.findings, ...memo.keep("findings of datasets", [made], () => findingsIn(made, memo))],
    schedules: { ...found.schedules, ...made.schedules },
  };
}

const NONE = {};

/** Tables as SQL names them, in lower case. */
type Tables = ReadonlyMap<string, Named>;

function namesOf(spec: ProjectSpec, memo: Memo): Tables {
  const { sources = NONE, transforms = NONE } = spec;
  return memo.keep("names of tables", [sources, transforms], () => {
    const names = [...Object.keys(sources), "", ...Object.keys(transforms)];
    return memo.keep(
      "tables",
      [undefined, ...names],
      () => new Map(names.filter((name) => name !== "").map((name) => [name.toLowerCase(), { id: datasetId(spec, name), name }])),
    );
  });
}

type Told = ReadonlyMap<string, readonly Finding[]>;

/** What came out, and what it stands on. */
interface Made extends Omit<Datasets, "findings"> {
  readonly input: AnalyzeInput;
  readonly sources: ReadonlyMap<string, DatasetFacts>;
  /** Names of transforms, each after those that it reads. */
  readonly order: readonly string[];
  readonly circular: boolean;
  /** By name, of those of which something is told: when it is read, and when it is bound. */
  readonly read: Told;
  readonly bound: Told;
}

function findingsIn({ read, bound, order, input, datasets }: Made, memo: Memo): readonly Finding[] {
  const unread = read.size === 0 ? [] : [...read.keys()].sort().flatMap((name) => read.get(name) ?? []);
  const rest = bound.size === 0 ? [] : order.flatMap((name) => bound.get(name) ?? []);
  return [...unread, ...rest, ...idleLookBacks(input.spec, datasets, memo)];
}

interface Given {
  readonly sources: ReadonlyMap<string, DatasetFacts>;
  readonly names: Tables;
  /** What the run before found: equal facts are the same. */
  readonly before: Made | undefined;
}

function afresh(context: Context, { sources, names, before }: Given): Made {
  const { input, memo } = context;
  const { transforms = {} } = input.spec;
  const [reads, read, bound] = [new Map<string, OwnReads>(), new Map<string, readonly Finding[]>(), new Map<string, readonly Finding[]>()];
  for (const [name, transform] of Object.entries(transforms)) {
    const found = readsOf(name, transform, { ...context, names, before });
    if (found.findings.length > 0) read.set(name, found.findings);
    if (found.facts !== undefined) reads.set(name, found.facts);
  }
  const datasets = new Map(sources);
  const ids = new Map([...reads].map(([name, facts]) => [name, facts.ids]));
  const { order, circular } = memo.keep("order of SQL", [undefined, ...ids.keys(), ...ids.values()], () => orderOf(ids, memo));
  // Columns come from what a query reads, so transforms are taken after those that they read.
  for (const name of order) {
    const [transform, facts] = [transforms[name], reads.get(name)];
    if (transform === undefined || facts === undefined) continue;
    const below = facts.reads.map((table) => datasets.get(table.name));
    const found = transformOf(name, transform, { ...context, read: facts, below, old: before?.datasets.get(name) });
    if (found.findings.length > 0) bound.set(name, found.findings);
    if (found.facts !== undefined) datasets.set(name, found.facts);
  }
  const schedules = context.asked.facts;
  const unread = Object.keys(transforms).some((name) => !reads.has(name));
  const ordered = inOrder(datasets, names, before?.datasets);
  return { input, sources, datasets: ordered, names, reads, ids, unread, order, circular, read, bound, schedules };
}

/** More changes than this are taken afresh. */
const FEW = 100;

/** What came out before, with what an edit reaches; undefined where it changes more than what a few transforms are. */
function afterEdit(context: Context, { sources, names }: Given, before: Made): Made | undefined {
  const { spec, sqlFiles } = context.input;
  const was = before.input;
  if (names !== before.names || spec.targets !== was.spec.targets || spec.schedule !== was.spec.schedule) return undefined;
  const own = changedDefinitions(spec.transforms, was.spec.transforms);
  const files = changedDefinitions(sqlFiles, was.sqlFiles);
  const moved = changedIn(sources, before.sources);
  if (before.circular || own === undefined || files === undefined || moved === undefined) return undefined;
  const edited = [...own, ...inFiles(files, spec.transforms)];
  if (edited.length + moved.length > FEW) return undefined;
  const reads = new Map<string, OwnReads>();
  const read = new Map(before.read);
  for (const name of edited) {
    const [transform, old] = [spec.transforms?.[name], was.spec.transforms?.[name]];
    // Who runs when, and who reads whom, are known of all together.
    if (transform === undefined || transform.schedule !== old?.schedule) return undefined;
    const found = readsOf(name, transform, { ...context, names, before });
    if (found.facts === undefined || found.facts.ids !== before.ids.get(name)) return undefined;
    reads.set(name, found.facts);
    if (found.findings.length > 0) read.set(name, found.findings);
    else read.delete(name);
  }
  const after = { ...before, input: context.input, sources, read, reads: patched(before.reads, reads) };
  return reached(context, after, new Set([...edited, ...moved.flatMap((name) => readersOf(name, before, context.memo))]), moved);
}

/** Transforms whose SQL stands in one of the files. */
function inFiles(files: readonly string[], transforms: ProjectSpec["transforms"] = {}): readonly string[] {
  return files.length === 0 ? [] : Object.keys(transforms).filter((name) => files.includes(transforms[name]?.sql_file ?? ""));
}

/** Transforms that read a dataset. */
function readersOf(name: string, { ids, names }: Pick<Made, "ids" | "names">, memo: Memo): readonly string[] {
  const readers = memo.keep("readers", [ids], () => {
    const all = new Map<string, string[]>();
    for (const [reader, list] of ids) for (const id of list) all.set(id, [...(all.get(id) ?? []), reader]);
    return all;
  });
  return readers.get(names.get(name.toLowerCase())?.id ?? "") ?? [];
}

/** Binds what is to be bound anew, and what reads something that has become other by that. */
function reached(context: Context, made: Made, open: Set<string>, moved: readonly string[]): Made | undefined {
  const { datasets, order, reads, sources } = made;
  const bound = new Map(made.bound);
  const changed = new Map<string, DatasetFacts>();
  const now = (name: string): DatasetFacts | undefined => changed.get(name) ?? datasets.get(name);
  for (const name of moved) {
    const facts = sources.get(name);
    if (facts !== undefined) changed.set(name, facts);
  }
  for (const name of order) {
    const [transform, read] = [context.input.spec.transforms?.[name], reads.get(name)];
    if (!open.has(name) || transform === undefined || read === undefined) continue;
    const old = datasets.get(name);
    const found = transformOf(name, transform, { ...context, read, below: read.reads.map((table) => now(table.name)), old });
    if (found.findings.length > 0) bound.set(name, found.findings);
    else bound.delete(name);
    if ((found.facts === undefined) !== (old === undefined)) return undefined;
    if (found.facts === undefined || found.facts === old) continue;
    changed.set(name, found.facts);
    for (const reader of readersOf(name, made, context.memo)) open.add(reader);
  }
  return { ...made, bound, datasets: patched(datasets, changed) };
}

/** In the order of the spec; what was there before, if all of it is the same. */
function inOrder(
  datasets: ReadonlyMap<string, DatasetFacts>,
  names: Tables,
  before: ReadonlyMap<string, DatasetFacts> | undefined,
): ReadonlyMap<string, DatasetFacts> {
  const ordered = new Map<string, DatasetFacts>();
  for (const { name } of names.values()) {
    const facts = datasets.get(name);
    if (facts !== undefined) ordered.set(name, facts);
  }
  return before !== undefined && sameMaps(ordered, before) ? before : ordered;
}

/** Names of transforms, each after those that it reads. */
function orderOf(ids: Datasets["ids"], memo: Memo): Pick<Made, "order" | "circular"> {
  const { order, circular } = graphOf(new Map([...ids].map(([name, list]) => [`transforms.${name}`, list])), memo);
  return { order: order.map((id) => id.slice("transforms.".length)), circular };
}

/** What a transform reads, as far as that is known. */
function readsOf(
  name: string,
  transform: TransformSpec,
  { input, ask, memo, names, before }: Context & Pick<Given, "names" | "before">,
): Found<OwnReads> {
  const { sqlFiles } = input;
  const text = transform.sql_file === undefined ? undefined : sqlFiles[transform.sql_file];
  return memo.keep("reads", [transform, name, text, names], (): Found<OwnReads> => {
    const own = readOf(name, transform, { sqlFiles, tables: names, ask });
    if (own.facts === undefined) return { findings: own.findings };
    const ids = alike(before?.ids.get(name), [...new Set(own.facts.edges.map(({ to }) => to))]);
    return { facts: { ...own.facts, ids }, findings: own.findings };
  });
}
