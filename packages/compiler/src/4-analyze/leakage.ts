/**
 * Leakage: a feature that holds what nobody knew at the moment it is asked about. Training would learn from it, and production could not
 * have it. The rules follow column lineage, so they see through SQL: what a value is computed from, and the conditions that choose it.
 */
import type { Unstable } from "../sql/unstable.js";
import type { TimeKeys } from "../ir.js";
import type { Analysis, Finding, ModelFacts, SourceFacts, Where } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import type { ProjectLineage } from "./lineage.js";
import { aheadFindings, type ColumnRead } from "./ahead.js";
import type { Expr } from "./expr/ast.js";
import { refsOf } from "./expr/walk.js";
import type { SqlText } from "./transform.js";
import { rowSources, sourcesBelow } from "./knowledge.js";

type Facts = Omit<Analysis, "findings">;

export function leakageFindings(analysis: Facts, lineageOnce: () => ProjectLineage): readonly Finding[] {
  if (Object.keys(analysis.groups).length === 0) return [];
  const lineage = lineageOnce();
  const leaks = distinct(leakingLabels(analysis, lineage, labelsOf(analysis)));
  // What leaks a label is known later too: that is the same mistake.
  if (leaks.length > 0) return leaks;
  const reads = readColumns(analysis);
  return [...knownLater(analysis, reads, lineage), ...aheadFindings(analysis, reads.flatMap(withColumn), lineage)];
}

function withColumn({ column, ...read }: Reading): readonly ColumnRead[] {
  return column === undefined ? [] : [{ ...read, column }];
}

/** What was found in parts of a project, together. */
export function leakageTogether(findings: readonly Finding[]): readonly Finding[] {
  const leaks = findings.filter(({ code }) => code === "label-leaks");
  if (leaks.length > 0) return distinct(leaks);
  // Of a time that is too early for a row's own source, it is said once.
  const early = new Set(findings.flatMap(({ code, args }) => (code === "looks-ahead" && ["period", "floor"].includes(String(args["over"])) ? [args["name"]] : []))); // prettier-ignore
  const first = new Map<string, Finding>();
  for (const one of findings) {
    const { code, args, at } = one;
    if (code === "known-later" && early.has(args["name"])) continue;
    const key = JSON.stringify(code === "known-later" ? [code, args["name"], args["source"]] : at);
    const known = first.get(key);
    // It is said of the first that reads.
    if (known === undefined || String(args["reader"]) < String(known.args["reader"])) first.set(key, one);
  }
  return [...first.values()];
}

/** What makes the rows of a query others when it is run again. */
export function unstableFindings(unstable: readonly Unstable[], { at }: SqlText): readonly Finding[] {
  return unstable.map(({ kind, what, of = "group", span }) =>
    kind === "order" ? finding("sql-any-order", at(span), { what, of }) : finding("sql-not-reproducible", at(span), { what, kind }),
  );
}

/** Columns that say something about a value: what it is computed from, or what chooses it. Joins and groups only bring rows together. */
function valueInputs(lineage: ProjectLineage, column: string): readonly string[] {
  const { from, indirect } = lineage.get(column) ?? { from: [], indirect: [] };
  const choosing = indirect.filter(({ kinds }) => kinds.includes("conditional") || kinds.includes("filter"));
  return [...from, ...choosing].map((input) => input.column);
}

/** Windows of one aggregate stand at one place. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.toReversed().map((one) => [JSON.stringify(one.at), one])).values()].toReversed();
}

type Labels = ReadonlyMap<string, ModelFacts>;

function labelsOf({ models }: Facts): Labels {
  return new Map(Object.values(models).map((model) => [`${model.observations}.${model.label.column}`, model]));
}

/** Columns that are labels or are computed from one, with that label. */
function taintedBy(labels: Labels, lineage: ProjectLineage): ReadonlyMap<string, string> {
  const tainted: Map<string, string> = new Map([...labels.keys()].map((label) => [label, label]));
  for (const column of lineage.keys()) {
    if (tainted.has(column) || !/^(transforms|features)\./.test(column)) continue;
    const label = valueInputs(lineage, column).flatMap((input) => tainted.get(input) ?? [])[0];
    if (label !== undefined) tainted.set(column, label);
  }
  return tainted;
}

/** A label, or what is computed from it, among the outputs of a feature group: at the first output on the way. */
function leakingLabels({ groups }: Facts, lineage: ProjectLineage, labels: Labels): readonly Finding[] {
  const tainted = taintedBy(labels, lineage);
  return Object.values(groups).flatMap(({ id, name: group, outputs }) =>
    outputs.flatMap(({ name }): Finding[] => {
      const column = `${id}.${name}`;
      const label = tainted.get(column);
      const model = labels.get(label ?? "");
      const further = valueInputs(lineage, column).some((input) => input.startsWith("features.") && tainted.has(input));
      if (label === undefined || model === undefined || further) return [];
      // A label that is known with its row may be counted later, but is not there when the row itself is asked about.
      if (model.label.knownAfter === 0 && groups[group]?.kind !== "request") return [];
      const related = [{ message: "the label", at: atValue(["models", model.name, "label", "column"]) }];
      return [
        finding("label-leaks", outputPlace(groups, group, name), { feature: `${group}.${name}`, label, model: model.name }, { related }),
      ];
    }),
  );
}

/** Where an output of a group is written. */
export function outputPlace(groups: Facts["groups"], group: string, output: string): Where {
  const facts = groups[group];
  const path = ["features", group];
  if (facts === undefined) return atKey(...path);
  if (facts.derived.some(({ name }) => name === output)) return atValue([...path, "derived", output]);
  if (facts.kind === "windowed") {
    const aggregate = facts.aggregates.find(({ windows }) => windows.some((window) => window.output === output));
    return aggregate === undefined ? atKey(...path) : atKey(...path, "aggregates", aggregate.name);
  }
  const list = facts.kind === "latest" ? "columns" : "request";
  return atValue([...path, list, facts.columns.findIndex(({ name }) => name === output)]);
}

/** Features of a transform whose rows count as known before all that they are computed from was known. */
function knownLater(analysis: Facts, reads: readonly Reading[], lineage: ProjectLineage): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const standing = new Map<string, Standing>();
  for (const { dataset, column, at, reader } of reads) {
    const facts = analysis.datasets[dataset.slice(dataset.indexOf(".") + 1)];
    if (facts?.kind !== "transform" || facts.time === undefined) continue;
    const mark = facts.time.ingestedAt ?? facts.time.eventTime;
    const { covered, rows, sources } = standing.get(dataset) ?? standingOf(dataset, mark, analysis, lineage);
    standing.set(dataset, { covered, rows, sources });
    const needed = [...(column === undefined ? [] : sourcesOf(`${dataset}.${column}`, (id) => valueInputs(lineage, id))), ...rows];
    for (const source of sources) {
      const told = source.time.ingestedAt ?? source.time.eventTime;
      const own = (id: string): boolean => id.startsWith(`${source.id}.`);
      if (!needed.some((id) => own(id) || id === source.id) || isCovered(source, facts.time, covered)) continue;
      const key = `${dataset} ${source.id}`;
      if (findings.has(key)) continue;
      const declared = analysis.spec.transforms?.[facts.name]?.ingested_at !== undefined;
      findings.set(
        key,
        finding(
          "known-later",
          declared ? atValue(["transforms", facts.name, "ingested_at"]) : atKey("transforms", facts.name),
          { name: facts.name, mark, source: source.name, told, reader, ...(column === undefined ? {} : { column }) },
          {
            related: [
              { message: "this reads it", at },
              {
                message: `its rows become known at this time`,
                at: atValue(["sources", source.name, source.time.ingestedAt === undefined ? "event_time" : "ingested_at"]),
              },
            ],
          },
        ),
      );
    }
  }
  return [...findings.values()];
}

interface Reading {
  readonly dataset: string;
  /** Absent: only which rows there are counts. */
  readonly column?: string;
  readonly at: Where;
  readonly reader: string;
}

/** Columns of transforms that features are computed from. */
function readColumns({ groups, models }: Facts): readonly Reading[] {
  return Object.values(groups).flatMap((group): readonly Reading[] => {
    if (group.kind === "request")
      return Object.values(models)
        .filter(({ plans }) => plans.includes(group.name))
        .flatMap(({ observations }) =>
          group.columns.map(({ name }, i) => ({
            dataset: observations,
            column: name,
            at: atValue(["features", group.name, "request", i]),
            reader: group.name,
          })),
        );
    const at = atValue(["features", group.name, "from"]);
    const rows = { dataset: group.from, at, reader: group.name };
    const columns = group.kind === "latest" ? [...group.columns.map(({ name }) => name), ...namesIn(group.deletedWhen)] : [];
    return [
      rows,
      ...group.key.map((column) => ({ ...rows, column })),
      ...columns.map((column) => ({ ...rows, column })),
      ...argumentsOf(group, rows),
    ];
  });
}

function argumentsOf(group: Facts["groups"][string], rows: Reading): readonly Reading[] {
  if (group.kind !== "windowed") return [];
  return group.aggregates.flatMap(({ name, argument, where }) =>
    [argument, where].flatMap(namesIn).map((column) => ({ ...rows, column, at: atKey("features", group.name, "aggregates", name) })),
  );
}

/** Columns of its dataset that an expression names. */
function namesIn(expr: Expr | undefined): readonly string[] {
  return expr === undefined ? [] : refsOf(expr).flatMap((ref) => (ref.scope === "dataset" ? [ref.name] : []));
}

/** What a dataset stands on, whichever of its columns is read. */
interface Standing {
  /** Columns of sources that its mark is computed from. */
  readonly covered: ReadonlySet<string>;
  /** Sources without whose rows it would have other rows. */
  readonly rows: readonly string[];
  readonly sources: readonly SourceFacts[];
}

function standingOf(dataset: string, mark: string, { datasets }: Facts, lineage: ProjectLineage): Standing {
  return {
    covered: sourcesOf(`${dataset}.${mark}`, (id) => (lineage.get(id)?.from ?? []).map((input) => input.column)),
    rows: rowSources(datasets, dataset),
    sources: sourcesBelow(datasets, dataset),
  };
}

/** Whether a row's mark includes the time at which a source's row became known. */
function isCovered({ id, time }: SourceFacts, mark: TimeKeys, covered: ReadonlySet<string>): boolean {
  // That a transform has lost what its source tells is said of it already; of a source that tells nothing, any of its times will do.
  if (time.ingestedAt === undefined) return [...covered].some((column) => column.startsWith(`${id}.`));
  return mark.ingestedAt === undefined || covered.has(`${id}.${time.ingestedAt}`);
}

/** Columns of sources that are reached by steps back. */
function sourcesOf(column: string, back: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set([column]);
  for (const id of seen) for (const input of back(id)) seen.add(input);
  return new Set([...seen].filter((id) => id.startsWith("sources.")));
}
