/**
 * Column lineage across a project, in OpenLineage's terms (column lineage facet 1-2-0): DIRECT is what a value is computed from, INDIRECT
 * what decides which value, which rows or their order. From the columns of sources through SQL, features and models to what is answered.
 *
 * Ids: `sources.NAME.COLUMN`, `transforms.NAME.COLUMN`, `features.GROUP.OUTPUT`, `models.NAME.INPUT` (`group__column`),
 * `models.NAME.label`, `deployments.NAME.prediction`. Names have no dot, so what follows the second dot is a column, as it is written.
 */
import { leastMasked, mostMasked, type DirectKind, type IndirectKind, type Masking } from "../sql/lineage.js";
import type { Analysis, DatasetFacts, GroupFacts } from "./analysis.js";
import type { ColumnRef, Expr } from "./expr/ast.js";
import { operandsOf } from "./expr/walk.js";

/** What one column is made from, one step back. Sorted by column. */
export interface Made {
  readonly from: readonly DirectInput[];
  readonly indirect: readonly IndirectInput[];
}
export interface DirectInput {
  readonly column: string;
  readonly kind: DirectKind;
  /** What takes something out of its values: they are only `counted` (or asked for NULL), or go through a masking function. */
  readonly masked?: Masking;
}
export interface IndirectInput {
  readonly column: string;
  readonly kinds: readonly IndirectKind[];
}

/** By column, each after those that it is made from; a source's columns are made from nothing. */
export type ProjectLineage = ReadonlyMap<string, Made>;

export function lineageOf(analysis: Pick<Analysis, "datasets" | "groups" | "models" | "deployments">): ProjectLineage {
  const all = new Map<string, Made>();
  for (const dataset of Object.values(analysis.datasets))
    for (const [column, made] of columnsOf(dataset)) all.set(`${dataset.id}.${column}`, made);
  for (const group of Object.values(analysis.groups))
    for (const [output, made] of outputsOf(group, analysis)) all.set(`${group.id}.${output}`, made);
  for (const model of Object.values(analysis.models)) {
    const { eventTime, ingestedAt } = model.time;
    const joined = [eventTime, ...(ingestedAt === undefined ? [] : [ingestedAt])];
    for (const { name, group, column } of model.inputs) {
      const facts = analysis.groups[group];
      const keys = facts === undefined || facts.kind === "request" ? [] : [...facts.key, ...joined];
      const made = builder().direct(`features.${group}.${column}`, "identity");
      all.set(`${model.id}.${name}`, made.indirect(keys.map((key) => `${model.observations}.${key}`), "join").done()); // prettier-ignore
    }
    all.set(`${model.id}.label`, builder().direct(`${model.observations}.${model.label.column}`, "identity").done());
  }
  for (const { id, model } of Object.values(analysis.deployments)) {
    const made = builder();
    for (const { name } of analysis.models[model]?.inputs ?? []) made.direct(`models.${model}.${name}`, "transformation");
    all.set(`${id}.prediction`, made.done());
  }
  return inOrder(all);
}

/** Each column after those that it is made from. Without recursion: chains of transforms may be long. */
function inOrder(all: ReadonlyMap<string, Made>): ProjectLineage {
  const ordered = new Map<string, Made>();
  const entered = new Set<string>();
  for (const start of all.keys()) {
    const open = [start];
    for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
      const made = all.get(id);
      const inputs = made === undefined || entered.has(id) ? [] : [...made.from, ...made.indirect].map(({ column }) => column);
      const waiting = inputs.filter((column) => !ordered.has(column) && !entered.has(column));
      entered.add(id);
      if (waiting.length > 0) open.push(...waiting);
      else {
        open.pop();
        if (made !== undefined) ordered.set(id, made);
      }
    }
  }
  return ordered;
}

interface Builder {
  direct(column: string, kind: DirectKind, masked?: Masking): Builder;
  indirect(columns: readonly string[], kind: IndirectKind): Builder;
  done(): Made;
}

const RANK: Readonly<Record<DirectKind, number>> = { identity: 0, transformation: 1, aggregation: 2 };
const changedMost = (a: DirectKind, b: DirectKind): DirectKind => (RANK[a] > RANK[b] ? a : b);

function builder(): Builder {
  const from = new Map<string, { readonly kind: DirectKind; readonly masked: Masking | undefined }>();
  const indirect = new Map<string, Set<IndirectKind>>();
  const self: Builder = {
    direct(column, kind, masked) {
      const before = from.get(column) ?? { kind, masked };
      from.set(column, { kind: changedMost(kind, before.kind), masked: leastMasked(masked, before.masked) });
      return self;
    },
    indirect(columns, kind) {
      for (const column of columns) indirect.set(column, (indirect.get(column) ?? new Set()).add(kind));
      return self;
    },
    done: () => ({
      from: sorted(from).map(([column, { kind, masked }]) => ({ column, kind, ...(masked === undefined ? {} : { masked }) })),
      indirect: sorted(indirect).map(([column, kinds]) => ({ column, kinds: [...kinds].sort() })),
    }),
  };
  return self;
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function columnsOf(dataset: DatasetFacts): readonly (readonly [string, Made])[] {
  if (dataset.kind === "source") return dataset.columns.map(({ name }) => [name, builder().done()]);
  return dataset.columns.map(({ name, from, indirect }) => [name, { from, indirect }]);
}

function outputsOf(group: GroupFacts, analysis: Pick<Analysis, "models">): readonly (readonly [string, Made])[] {
  return [
    ...plainOutputs(group, analysis),
    ...group.derived.map(({ name, expr }): readonly [string, Made] => [
      name,
      ofExpression(expr, { idOf: columnIdIn("") }, "identity", builder()).done(),
    ]),
  ];
}

function plainOutputs(group: GroupFacts, analysis: Pick<Analysis, "models">): readonly (readonly [string, Made])[] {
  switch (group.kind) {
    case "windowed": {
      const { key, from, time } = group;
      const idOf = columnIdIn(from);
      const moments = [time.eventTime, ...(time.ingestedAt === undefined ? [] : [time.ingestedAt])];
      return group.aggregates.flatMap(({ function: name, argument, where, windows }) => {
        const made = builder();
        if (argument !== undefined)
          ofExpression(argument, { idOf, ...(/count/.test(name) ? { masked: "counted" } : {}) }, "aggregation", made);
        if (where !== undefined) made.indirect(idsIn(where, idOf), "filter");
        made.indirect(key.map((column) => `${from}.${column}`), "group_by"); // prettier-ignore
        made.indirect(moments.map((column) => `${from}.${column}`), "window"); // prettier-ignore
        return windows.map(({ output }): readonly [string, Made] => [output, made.done()]);
      });
    }
    case "latest": {
      const { key, from, time } = group;
      const moments = [time.eventTime, ...(time.ingestedAt === undefined ? [] : [time.ingestedAt])].map((column) => `${from}.${column}`);
      const keys = key.map((column) => `${from}.${column}`);
      const gone = group.deletedWhen === undefined ? [] : idsIn(group.deletedWhen, columnIdIn(from));
      return group.columns.map(({ name }) => [
        name,
        builder()
          .direct(`${from}.${name}`, "identity")
          .indirect(keys, "group_by")
          .indirect(moments, "sort")
          .indirect(gone, "conditional")
          .done(),
      ]);
    }
    case "request": {
      // In training they come from the observations; in a request, from outside.
      const readers = Object.values(analysis.models).filter(({ plans }) => plans.includes(group.name));
      return group.columns.map(({ name }) => {
        const made = builder();
        for (const { observations } of readers) made.direct(`${observations}.${name}`, "identity");
        return [name, made.done()];
      });
    }
  }
}

type IdOf = (ref: ColumnRef) => string | undefined;

/** Ids of the names in an expression; `at` and metrics have none. */
function columnIdIn(dataset: string): IdOf {
  return (ref) => {
    if (ref.scope === "output") return `features.${ref.group}.${ref.name}`;
    return ref.scope === "dataset" ? `${dataset}.${ref.name}` : undefined;
  };
}

interface Reading {
  readonly idOf: IdOf;
  /** What it stands in that masks it. */
  readonly masked?: Masking;
}

/** What an expression is computed from, changed at least as much as `least` says; conditions of a CASE only decide. */
function ofExpression(expr: Expr, reading: Reading, least: DirectKind, made: Builder): Builder {
  const { idOf, masked } = reading;
  if (expr.node === "column") {
    const id = idOf(expr.ref);
    return id === undefined ? made : made.direct(id, least, masked);
  }
  const within = changedMost(least, "transformation");
  if (expr.node === "case") {
    for (const { when, then } of expr.branches) {
      made.indirect(idsIn(when, idOf), "conditional");
      ofExpression(then, reading, within, made);
    }
    return expr.otherwise === undefined ? made : ofExpression(expr.otherwise, reading, within, made);
  }
  const inside: Reading = expr.node === "is_null" ? { idOf, masked: "counted" } : reading;
  for (const operand of operandsOf(expr)) ofExpression(operand, inside, within, made);
  return made;
}

function idsIn(expr: Expr, idOf: IdOf): readonly string[] {
  if (expr.node !== "column") return operandsOf(expr).flatMap((operand) => idsIn(operand, idOf));
  const id = idOf(expr.ref);
  return id === undefined ? [] : [id];
}

/**
 * Everything that a column is made from, as far back as it goes: `all` with the columns on the way, else those of
 * sources alone. What decides over a direct input decides over the column; what an indirect input is made from decides too.
 */
export function traced(lineage: ProjectLineage, column: string, wanted: "ends" | "all" = "ends"): Made {
  const made = builder();
  const seen = new Set<string>();
  const open: Step[] = [{ id: column, kind: "identity" }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { id, kind, masked, kinds } = step;
    const key = `${id} ${kind ?? kinds?.join() ?? ""} ${masked ?? ""}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (id !== column && (wanted === "all" || id.startsWith("sources."))) {
      if (kind !== undefined) made.direct(id, kind, masked);
      for (const each of kinds ?? []) made.indirect([id], each);
    }
    const { from, indirect } = lineage.get(id) ?? { from: [], indirect: [] };
    for (const input of from) {
      // Inputs are further back: what is gone there cannot come again.
      const mask = mostMasked(input.masked, masked);
      open.push({
        id: input.column,
        ...(mask === undefined ? {} : { masked: mask }),
        ...(kind === undefined ? { kinds: kinds ?? [] } : { kind: changedMost(kind, input.kind) }),
      });
    }
    for (const input of indirect) open.push({ id: input.column, kinds: input.kinds });
  }
  return made.done();
}

/** How a column was reached: directly, changed so much; or indirectly. */
interface Step {
  readonly id: string;
  readonly masked?: Masking;
  readonly kind?: DirectKind;
  readonly kinds?: readonly IndirectKind[];
}

/** The shortest way from a column back to one that it is made from, both included; undefined where there is none. */
export function wayBack(
  lineage: ProjectLineage,
  column: string,
  to: (id: string) => boolean,
  inputs: (made: Made) => readonly string[] = ({ from }) => from.map((input) => input.column),
): readonly string[] | undefined {
  const before = new Map<string, string | undefined>([[column, undefined]]);
  for (const id of before.keys()) {
    if (to(id)) {
      const way = [id];
      for (let next = before.get(id); next !== undefined; next = before.get(next)) way.unshift(next);
      return way;
    }
    for (const input of inputs(lineage.get(id) ?? { from: [], indirect: [] })) if (!before.has(input)) before.set(input, id);
  }
  return undefined;
}
