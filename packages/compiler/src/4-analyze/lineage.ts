/**
 * Column lineage across a project, in OpenLineage's terms (column lineage facet 1-2-0): DIRECT is what a value is computed from, INDIRECT
 * what decides which value, which rows or their order. From the columns of sources through SQL, features and models to what is answered.
 *
 * Ids: `sources.NAME.COLUMN`, `transforms.NAME.COLUMN`, `features.GROUP.OUTPUT`, `models.NAME.INPUT` (`group__column`),
 * `models.NAME.label`, `deployments.NAME.prediction`, and of a batch deployment with rows of its own the inputs that come from these,
 * `deployments.NAME.INPUT`. Names have no dot, so what follows the second dot is a column, as it is written.
 */
import { mostMasked, type DirectKind, type IndirectKind, type Masking } from "../sql/lineage.js";
import type { Analysis, DatasetFacts, GroupFacts } from "./analysis.js";
import { builder, changedMost, columnIdIn, countedAs, idsIn, ofExpression, type Made } from "./made.js";
import { columnId, scoredOf } from "./scored.js";

export type { DirectInput, IndirectInput, Made } from "./made.js";

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
  for (const deployment of Object.values(analysis.deployments))
    for (const [column, made] of scoredOf(deployment, analysis)) all.set(`${deployment.id}.${column}`, made);
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

function columnsOf(dataset: DatasetFacts): readonly (readonly [string, Made])[] {
  if (dataset.kind === "source") return dataset.columns.map(({ name }) => [name, builder().done()]);
  return dataset.columns.map(({ name, from, told, indirect }) => [name, { from, ...(told === undefined ? {} : { told }), indirect }]);
}

function outputsOf(group: GroupFacts, analysis: Pick<Analysis, "datasets" | "models">): readonly (readonly [string, Made])[] {
  return [
    ...plainOutputs(group, analysis),
    ...group.derived.map(({ name, expr }): readonly [string, Made] => [
      name,
      ofExpression(expr, { idOf: columnIdIn("") }, "identity", builder()).done(),
    ]),
  ];
}

function plainOutputs(group: GroupFacts, analysis: Pick<Analysis, "datasets" | "models">): readonly (readonly [string, Made])[] {
  switch (group.kind) {
    case "windowed": {
      const { key, from, time } = group;
      const idOf = columnIdIn(from);
      const moments = [time.eventTime, ...(time.ingestedAt === undefined ? [] : [time.ingestedAt])];
      return group.aggregates.flatMap(({ function: name, argument, by, where, windows }) => {
        const made = builder().counting(`${from}.${time.eventTime}`);
        if (argument !== undefined)
          ofExpression(argument, { idOf, ...(/count/.test(name) ? { masked: countedAs(argument) } : {}) }, "aggregation", made);
        if (where !== undefined) made.told(where, { idOf }, "chosen").indirect(idsIn(where, idOf), "filter");
        if (by !== undefined) made.told(by, { idOf }, "chosen").indirect(idsIn(by, idOf), "sort");
        made.indirect(key.map((column) => `${from}.${column}`), "group_by"); // prettier-ignore
        made.indirect(moments.map((column) => `${from}.${column}`), "window"); // prettier-ignore
        return windows.map(({ output }): readonly [string, Made] => [output, made.done()]);
      });
    }
    case "latest": {
      const { key, from, time } = group;
      const moments = [time.eventTime, ...(time.ingestedAt === undefined ? [] : [time.ingestedAt])].map((column) => `${from}.${column}`);
      const keys = key.map((column) => `${from}.${column}`);
      const idOf = columnIdIn(from);
      const { deletedWhen } = group;
      const gone = deletedWhen === undefined ? [] : idsIn(deletedWhen, idOf);
      return group.columns.map(({ name }) => [
        name,
        (deletedWhen === undefined ? builder() : builder().told(deletedWhen, { idOf }, "chosen"))
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
        for (const { observations } of readers) made.direct(columnId(analysis, observations, name), "identity");
        return [name, made.done()];
      });
    }
  }
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

/** Columns, and all that they are made from, as far back as it goes. */
export function allBehind(
  lineage: ProjectLineage,
  columns: readonly string[],
  inputs: (made: Made) => readonly string[] = directInputs,
): ReadonlySet<string> {
  const seen = new Set(columns);
  for (const id of seen) for (const input of inputs(lineage.get(id) ?? NOT_MADE)) seen.add(input);
  return seen;
}

const NOT_MADE: Made = { from: [], indirect: [] };

function directInputs({ from }: Made): readonly string[] {
  return from.map(({ column }) => column);
}

/** The shortest way from a column back to one that it is made from, both included; undefined where there is none. */
export function wayBack(
  lineage: ProjectLineage,
  column: string,
  to: (id: string) => boolean,
  inputs: (made: Made) => readonly string[] = directInputs,
): readonly string[] | undefined {
  const before = new Map<string, string | undefined>([[column, undefined]]);
  for (const id of before.keys()) {
    if (to(id)) {
      const way = [id];
      for (let next = before.get(id); next !== undefined; next = before.get(next)) way.unshift(next);
      return way;
    }
    for (const input of inputs(lineage.get(id) ?? NOT_MADE)) if (!before.has(input)) before.set(input, id);
  }
  return undefined;
}
