/** When rows become known: whether it is still told where features are computed, and whether windows can ever be complete. */
import type { Analysis, DatasetFacts, Finding, SourceFacts, TransformFacts } from "./analysis.js";
import { atKey, finding } from "./finding.js";
import type { Gist } from "./gist.js";
import { nameOf } from "./id.js";

type Facts = Pick<Gist, "datasets" | "groups" | "models" | "graph">;

export function knowledgeFindings(analysis: Facts): readonly Finding[] {
  const open = openWindows(analysis);
  // A source below windows that lacks something has an error that says so.
  const told = new Set(open.flatMap(({ at }) => (at.in === "spec" ? [at.path[1]] : [])));
  return [...lostKnowledge(analysis), ...open, ...assumed(analysis).filter(({ args }) => !told.has(args["source"] as string))];
}

/** Sources that do not say when their rows became known, or how late that may be: rows that come after the run of their interval are missed. */
function assumed({ datasets, graph }: Pick<Analysis, "datasets" | "graph">): readonly Finding[] {
  const unused = new Set(graph.unused);
  return Object.values(datasets).flatMap((facts) => {
    if (facts.kind !== "source" || unused.has(facts.id)) return [];
    const { name, time } = facts;
    if (time.ingestedAt === undefined)
      // Where it has `lateness` all the same, that is told.
      return time.eventTime === "" || time.lateness !== undefined
        ? []
        : [finding("knowledge-time-assumed", atKey("sources", name), { source: name, column: time.eventTime })];
    if (time.lateness !== undefined) return [];
    return [finding("lateness-assumed", atKey("sources", name, "ingested_at"), { source: name, column: time.ingestedAt })];
  });
}

/** Transforms that features or models read and that drop the time at which their sources' rows became known: late rows would count as known early. */
function lostKnowledge({ datasets, groups, models }: Facts): readonly Finding[] {
  const readers = [
    ...Object.values(groups).flatMap((group) => (group.kind === "request" ? [] : [{ reader: group.name, id: group.from }])),
    ...Object.values(models).map(({ name, observations }) => ({ reader: name, id: observations })),
  ];
  const findings = new Map<string, Finding>();
  for (const { reader, id } of readers) {
    const facts = factsOf(datasets, id);
    if (facts?.kind !== "transform" || facts.time === undefined || facts.time.ingestedAt !== undefined || findings.has(id)) continue;
    const [source] = sourcesBelow(datasets, id).filter(({ time }) => time.ingestedAt !== undefined);
    if (source?.time.ingestedAt === undefined) continue;
    const at = atKey("transforms", facts.name);
    const related = [{ message: "rows become known at this time", at: atKey("sources", source.name, "ingested_at") }];
    const args = { name: facts.name, source: source.name, column: source.time.ingestedAt, reader };
    findings.set(id, finding("known-time-lost", at, args, { related }));
  }
  return [...findings.values()];
}

/** Sources without `lateness` below windows. Other features take the latest row, whenever it came. */
function openWindows({ datasets, groups }: Facts): readonly Finding[] {
  const open = new Map<string, { readonly source: SourceFacts; readonly groups: string[] }>();
  for (const group of Object.values(groups)) {
    if (group.kind !== "windowed" || group.time.ingestedAt === undefined) continue;
    const sources = sourcesBelow(datasets, group.from);
    const telling = sources.filter(({ time }) => time.ingestedAt !== undefined);
    // Where no source tells, the transform's own column is as late as it likes.
    for (const source of telling.length === 0 ? sources : telling) {
      // With `lateness` alone, that is told.
      if (source.time.lateness !== undefined) continue;
      const known = open.get(source.id) ?? { source, groups: [] };
      open.set(source.id, { source, groups: [...known.groups, group.name] });
    }
  }
  return [...open.values()].map(({ source: { name, time }, groups: [first = "", ...others] }) =>
    finding(
      "lateness-needed",
      time.ingestedAt === undefined ? atKey("sources", name) : atKey("sources", name, "ingested_at"),
      { group: first, source: name, told: time.ingestedAt === undefined ? "" : time.ingestedAt },
      { related: [first, ...others].map((group) => ({ message: "its windows", at: atKey("features", group, "aggregates") })) },
    ),
  );
}

function factsOf(datasets: Analysis["datasets"], id: string): DatasetFacts | undefined {
  const name = nameOf(id);
  return Object.hasOwn(datasets, name) ? datasets[name] : undefined;
}

/** Sources that a dataset is made of, through transforms; each once. */
export function sourcesBelow(datasets: Analysis["datasets"], id: string): readonly SourceFacts[] {
  return reached(datasets, id, ({ reads }) => reads).filter((facts) => facts.kind === "source");
}

/** Sources without whose rows a dataset would have other rows. */
export function rowSources(datasets: Analysis["datasets"], id: string): readonly string[] {
  return reached(datasets, id, ({ rowsFrom }) => rowsFrom).flatMap((facts) => (facts.kind === "source" ? [facts.id] : []));
}

/** A dataset and all that it is made of, by some of what transforms read; each once, as one comes to it from the first that is read. */
function reached(
  datasets: Analysis["datasets"],
  id: string,
  reads: (transform: TransformFacts) => readonly string[],
): readonly DatasetFacts[] {
  const seen = new Set<string>();
  const found: DatasetFacts[] = [];
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const facts = factsOf(datasets, next);
    if (facts === undefined) continue;
    found.push(facts);
    if (facts.kind === "transform") open.push(...reads(facts).toReversed());
  }
  return found;
}
