/**
 * Leakage: a feature that holds what nobody knew at the moment it is asked about. Training would learn from it, and production could not
 * have it. The rules follow column lineage, so they see through SQL: what a value is computed from, and the conditions that choose it.
 */
import type { Unstable } from "../sql/unstable.js";
import type { TimeKeys } from "../ir.js";
import type { Analysis, Finding, SourceFacts, Where } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import { allBehind, type Made, type ProjectLineage } from "./lineage.js";
import { leakingLabels } from "./label-leaks.js";
import { aheadFindings, type ColumnRead } from "./ahead.js";
import type { Expr } from "./expr/ast.js";
import { refsOf } from "./expr/walk.js";
import type { SqlText } from "./transform.js";
import { rowSources, sourcesBelow } from "./knowledge.js";
import { nameOf, splitColumn } from "./id.js";

type Facts = Omit<Analysis, "findings">;
interface Known {
  readonly analysis: Facts;
  readonly lineage: ProjectLineage;
}

export function leakageFindings(analysis: Facts, lineageOnce: () => ProjectLineage): readonly Finding[] {
  if (Object.keys(analysis.groups).length === 0) return [];
  const lineage = lineageOnce();
  const leaks = distinct(leakingLabels(analysis, lineage));
  // What leaks a label is known later too: that is the same mistake.
  if (leaks.some(({ code }) => code === "label-leaks")) return leaks;
  const reads = readColumns(analysis);
  return [
    ...leaks,
    ...knownLater(analysis, reads, lineage),
    ...aheadFindings(analysis, reads.flatMap(withColumn), lineage),
    ...unsettledLabels(analysis, lineage),
  ];
}

function withColumn({ column, ...read }: Reading): readonly ColumnRead[] {
  return column === undefined ? [] : [{ ...read, column }];
}

/** What was found in parts of a project, together. */
export function leakageTogether(findings: readonly Finding[]): readonly Finding[] {
  const leaks = findings.filter(({ code }) => code === "label-leaks");
  if (leaks.length > 0) return distinct(leaks);
  // Of a time that is too early for a row's own source, it is said once.
  const early = new Set(findings.flatMap(({ code, args }) => (code === "looks-ahead" && ["period", "floor", "earlier"].includes(String(args["over"])) ? [args["name"]] : []))); // prettier-ignore
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
function valueInputs({ from, indirect }: Made): readonly string[] {
  const choosing = indirect.filter(({ kinds }) => kinds.includes("conditional") || kinds.includes("filter"));
  return [...from, ...choosing].map((input) => input.column);
}

/** Windows of one aggregate stand at one place. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.toReversed().map((one) => [JSON.stringify(one.at), one])).values()].toReversed();
}

/** Features of a transform whose rows count as known before all that they are computed from was known. */
function knownLater(analysis: Facts, reads: readonly Reading[], lineage: ProjectLineage): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const standing = new Map<string, Standing>();
  for (const { dataset, column, at, reader } of reads) {
    const facts = analysis.datasets[nameOf(dataset)];
    if (facts?.kind !== "transform" || facts.time === undefined) continue;
    const mark = facts.time.ingestedAt ?? facts.time.eventTime;
    const { covered, rows, sources } = standing.get(dataset) ?? standingOf(dataset, mark, analysis, lineage);
    standing.set(dataset, { covered, rows, sources });
    const needed = [...neededBy(`${dataset}.${column ?? mark}`, column === undefined ? "rows" : "value", { analysis, lineage }), ...rows];
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

/**
 * Columns of sources that a value depends on, or the rows that it is read from: also the times of rows that it only counts, or asks for, all of
 * a table or of a key (`count(*)`, EXISTS).
 */
function neededBy(column: string, what: "value" | "rows", { analysis, lineage }: Known): readonly string[] {
  const behind = allBehind(lineage, [column], valueInputs);
  const asked = [...behind].flatMap((id) => {
    const [dataset, name] = splitColumn(id);
    const facts = analysis.datasets[nameOf(dataset)];
    const { ahead = [] } = (facts?.kind === "transform" ? facts.columns.find((one) => one.name === name) : undefined) ?? {};
    const own = ahead.filter(({ rows }) => (rows === true) === (what === "rows"));
    // Of several tables, one may be on the optional side of a join: then it has no say in how many rows there are.
    return own.flatMap(({ times }) => (new Set(times.map((time) => splitColumn(time)[0])).size === 1 ? times : []));
  });
  const read = what === "rows" ? [] : [...behind];
  return [...read, ...allBehind(lineage, asked)].filter(isOfSource);
}

/** Labels that other rows than the observation's decide, taken for known before these can be there. */
function unsettledLabels(analysis: Facts, lineage: ProjectLineage): readonly Finding[] {
  return Object.values(analysis.models).flatMap(({ name, observations, label }): readonly Finding[] => {
    const facts = analysis.datasets[nameOf(observations)];
    if (facts?.kind !== "transform" || facts.time === undefined) return [];
    const { covered, sources } = standingOf(observations, facts.time.ingestedAt ?? facts.time.eventTime, analysis, lineage);
    const made = allBehind(lineage, [`${observations}.${label.column}`], valueInputs);
    // Of the observation's own table, frames tell how much later a row is.
    const own = allBehind(lineage, [`${observations}.${facts.time.eventTime}`]);
    const late = sources.find(
      (source) =>
        [...made].some((id) => id.startsWith(`${source.id}.`)) &&
        ![...own].some((id) => id.startsWith(`${source.id}.`)) &&
        !isCovered(source, facts.time ?? source.time, covered) &&
        (label.knownAfter === 0 || label.knownAfter < (source.time.lateness ?? 0)),
    );
    if (late === undefined) return [];
    const args = { model: name, label: label.column, what: "", by: late.time.lateness ?? 0, source: late.name };
    const related = [{ message: "the label depends on its rows", at: atKey("sources", late.name) }];
    return [finding("label-unsettled", atValue(["models", name, "label", "known_after"]), args, { related })];
  });
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
    covered: allBehind(lineage, [`${dataset}.${mark}`]),
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

const isOfSource = (id: string): boolean => id.startsWith("sources.");
