/** A feature group: its plain outputs from its dataset, then the derived ones from outputs of any group. */
import type { Field } from "../data-type.js";
import { nearest } from "../diagnostic.js";
import type { AggregatePlan, Derived, Output, TimeKeys } from "../ir.js";
import type { FeatureSpec } from "../spec.js";
import { analyzeAggregate, isTile, tileOf } from "./aggregate.js";
import type { DatasetFacts, Finding, GroupFacts, SpecPath } from "./analysis.js";
import type { ColumnRef, Expr } from "./expr/ast.js";
import { checkExpression, type Scope } from "./expr/check.js";
import { printSpark } from "./expr/print-spark.js";
import { whyRaises } from "./expr/raises.js";
import { atKey, atValue, expressionFindings, finding, type Found } from "./finding.js";
import { unknownColumn } from "./source.js";
import { findName, sameName } from "./types/name.js";

export interface GroupInput {
  readonly name: string;
  readonly spec: FeatureSpec;
  readonly schedule: string;
  /** Key columns of its entity. */
  readonly key?: readonly string[];
  /** Absent where the reference is wrong, or the dataset has mistakes. */
  readonly from?: DatasetFacts;
  /** Types of request columns by the observations of the models that use the group; absent where nothing tells. */
  readonly request: ReadonlyMap<string, Field>;
}

/** All of a group but its derived values. */
export type PlainGroup = GroupFacts;

export function analyzeGroup(input: GroupInput): Found<PlainGroup> {
  const path = ["features", input.name];
  return input.spec.request === undefined ? entityGroup(input, path) : requestGroup(input, path);
}

function requestGroup({ name, spec, request }: GroupInput, path: SpecPath): Found<PlainGroup> {
  const findings = (["entity", "from", "tile", "online", "schedule"] as const).flatMap((key) =>
    spec[key] === undefined ? [] : [finding("group-key", atKey(...path, key), { key, reason: "request columns come with the request" })],
  );
  const columns = (spec.request ?? []).flatMap((column) => request.get(column) ?? []);
  const outputs = columns.map(({ name: column, type, nullable }): Output => ({ name: column, type, nullable }));
  return {
    facts: { kind: "request", id: `features.${name}`, name, columns, outputs, derived: [], readsGroups: [] },
    findings: [...findings, ...clashes(spec.request ?? [], name, path)],
  };
}

function clashes(names: readonly string[], group: string, path: SpecPath): readonly Finding[] {
  return names.flatMap((name, i) =>
    names.slice(0, i).some((other) => sameName(other, name)) ? [finding("duplicate-output", atKey(...path), { name, group })] : [],
  );
}

function entityGroup({ name, spec, schedule, key, from }: GroupInput, path: SpecPath): Found<PlainGroup> {
  const findings: Finding[] = [];
  for (const wanted of ["entity", "from"] as const)
    if (spec[wanted] === undefined) findings.push(finding("group-incomplete", atKey(...path), { group: name, key: wanted }));
  const time = from && datasetTime(from, name, [...path, "from"], findings);
  const columns = from?.columns;
  if (key === undefined || from === undefined || columns === undefined || time === undefined || spec.entity === undefined)
    return { findings };
  const keys = key.map(
    (column) =>
      findName(columns, column, (field) => field.name)?.name ??
      report(findings, unknownColumn(column, columns, from.name, [...path, "from"]), column),
  );
  const base = {
    id: `features.${name}`,
    name,
    derived: [],
    readsGroups: [],
    entity: spec.entity,
    key: keys,
    from: from.id,
    time,
    online: spec.online !== undefined,
    schedule,
  };
  if (spec.columns !== undefined) {
    if (spec.tile !== undefined)
      findings.push(finding("group-key", atKey(...path, "tile"), { key: "tile", reason: "columns have no windows" }));
    const found = spec.columns.flatMap(
      (column, i) =>
        findName(columns, column, (field) => field.name) ??
        report(findings, unknownColumn(column, columns, from.name, [...path, "columns", i]), []),
    );
    // Before an entity is known, all its columns are NULL.
    const outputs = found.map(({ name: column, type, comment }): Output => ({
      name: column,
      type,
      nullable: true,
      ...(comment === undefined ? {} : { description: comment }),
    }));
    return {
      facts: { ...base, kind: "latest", columns: found, outputs },
      findings: [...findings, ...clashes(spec.columns, name, [...path, "columns"])],
    };
  }
  const windowed = windowedOutputs({ spec, path, columns, from: from.name });
  findings.push(
    ...windowed.findings,
    ...clashes(
      (windowed.facts ?? { outputs: [] }).outputs.map((output) => output.name),
      name,
      [...path, "aggregates"],
    ),
  );
  const { aggregates, outputs } = windowed.facts ?? { aggregates: [], outputs: [] };
  const tiles = [...new Set(aggregates.flatMap((aggregate) => aggregate.windows.map((window) => window.tile)))].sort((a, b) => a - b);
  return { facts: { ...base, kind: "windowed", aggregates, tiles, outputs }, findings };
}

function windowedOutputs({
  spec,
  path,
  columns,
  from,
}: {
  readonly spec: FeatureSpec;
  readonly path: SpecPath;
  readonly columns: readonly Field[];
  readonly from: string;
}): Found<{ readonly aggregates: readonly AggregatePlan[]; readonly outputs: readonly Output[] }> {
  const tile = tileOf(spec.tile);
  if (tile !== undefined && !isTile(tile))
    return {
      findings: [
        finding("window-size", atValue([...path, "tile"]), { window: spec.tile ?? "", reason: "a tile divides a day, or is whole days" }),
      ],
    };
  const found = Object.entries(spec.aggregates ?? {}).map(([name, aggregate]) =>
    analyzeAggregate(name, aggregate, { columns, from, path, ...(tile === undefined ? {} : { tile }) }),
  );
  const facts = found.flatMap((one) => one.facts ?? []);
  return {
    facts: { aggregates: facts.map(({ plan }) => plan), outputs: facts.flatMap(({ outputs }) => outputs) },
    findings: found.flatMap(({ findings }) => findings),
  };
}

/** Key and event time of a dataset that features, models and deployments read, and its columns; what is missing is reported at the reference. */
export function datasetTime(dataset: DatasetFacts, reader: string, path: SpecPath, findings: Finding[]): TimeKeys | undefined {
  if (dataset.kind === "transform" && dataset.columns === undefined)
    return report(findings, finding("columns-needed", atValue(path), { name: dataset.name, reader }), undefined);
  if (dataset.time === undefined)
    return report(findings, finding("time-needed", atValue(path), { name: dataset.name, keys: ["key", "event_time"], reader }), undefined);
  return dataset.time;
}

function report<T>(findings: Finding[], found: Finding, value: T): T {
  findings.push(found);
  return value;
}

/** Derived values of all groups: each may read the outputs of any, so they are typed in the order in which they need each other. */
export function analyzeDerived(
  plain: ReadonlyMap<string, PlainGroup>,
  specs: Readonly<Record<string, FeatureSpec>>,
): { readonly groups: ReadonlyMap<string, GroupFacts>; readonly findings: readonly Finding[] } {
  const state: DerivedState = { plain, specs, done: new Map(), open: [], findings: [], order: new Map() };
  for (const [group, spec] of Object.entries(specs)) for (const name of Object.keys(spec.derived ?? {})) resolveDerived(state, group, name);
  const groups = [...plain].map(([name, group]): readonly [string, GroupFacts] => [
    name,
    withDerived(group, state.order.get(name) ?? [], state),
  ]);
  return { groups: new Map(groups), findings: state.findings };
}

/** Derived values that read derived values, and so on: typing them must not run out of stack. */
const LONGEST_CHAIN = 100;

interface DerivedState {
  readonly plain: ReadonlyMap<string, PlainGroup>;
  readonly specs: Readonly<Record<string, FeatureSpec>>;
  /** By `group.name`; null where there was a mistake. */
  readonly done: Map<string, Expr | null>;
  /** What is being typed, outermost first. */
  readonly open: string[];
  /** Names by group, in the order in which they were typed. */
  readonly order: Map<string, string[]>;
  readonly findings: Finding[];
}

function withDerived(group: PlainGroup, names: readonly string[], { done, specs }: DerivedState): GroupFacts {
  const exprs = new Map(
    names.flatMap((name) => {
      const expr = done.get(`${group.name}.${name}`);
      return expr ? [[name, expr] as const] : [];
    }),
  );
  const derived: readonly Derived[] = [...exprs].map(([name, expr]) => ({ name, expr }));
  const outputs = Object.keys(specs[group.name]?.derived ?? {}).flatMap((name): Output[] => {
    const expr = exprs.get(name);
    return expr ? [{ name, type: expr.type, nullable: expr.nullable }] : [];
  });
  const readsGroups = [...new Set(derived.flatMap(({ expr }) => groupsOf(expr)))].filter((name) => name !== group.name);
  return { ...group, derived, outputs: [...group.outputs, ...outputs], readsGroups };
}

/** Groups whose outputs an expression reads, in order of first use. */
export function groupsOf(expr: Expr): readonly string[] {
  switch (expr.node) {
    case "column":
      return expr.ref.scope === "output" ? [expr.ref.group] : [];
    case "literal":
      return [];
    case "unary":
    case "is_null":
    case "cast":
      return groupsOf(expr.operand);
    case "binary":
      return [...groupsOf(expr.left), ...groupsOf(expr.right)];
    case "case":
      return [
        ...expr.branches.flatMap(({ when, then }) => [...groupsOf(when), ...groupsOf(then)]),
        ...(expr.otherwise ? groupsOf(expr.otherwise) : []),
      ];
    case "call":
      return expr.args.flatMap(groupsOf);
  }
}

function resolveDerived(state: DerivedState, group: string, name: string): Expr | null {
  const id = `${group}.${name}`;
  const done = state.done.get(id);
  if (done !== undefined) return done;
  const path = ["features", group, "derived", name];
  const around = state.open.indexOf(id);
  if (around >= 0) {
    state.findings.push(finding("cycle", atValue(path), { path: [...state.open.slice(around), id] }));
    return null;
  }
  const text = state.specs[group]?.derived?.[name];
  if (text === undefined) return null;
  if (state.open.length >= LONGEST_CHAIN) {
    state.findings.push(finding("expression-too-deep", atValue(path), {}));
    state.done.set(id, null);
    return null;
  }
  state.open.push(id);
  const { expr, findings } = checkExpression(text, derivedScope(state, group));
  state.open.pop();
  state.findings.push(...expressionFindings(findings, path));
  const clash = state.plain.get(group)?.outputs.some((output) => sameName(output.name, name)) === true;
  if (clash) state.findings.push(finding("duplicate-output", atKey(...path), { name, group }));
  const raises = expr && whyRaises(expr);
  if (raises !== undefined)
    state.findings.push(
      finding("may-fail", atValue(path), {
        reason: raises.reason,
        what: printSpark(raises.what, (ref) => (ref.scope === "output" && ref.group === group ? ref.name : printRef(ref))),
      }),
    );
  const result = clash ? null : (expr ?? null);
  state.done.set(id, result);
  state.order.set(group, [...(state.order.get(group) ?? []), name]);
  return result;
}

function printRef(ref: ColumnRef): string {
  return ref.scope === "output" ? `${ref.group}.${ref.name}` : ref.scope === "at" ? "at" : ref.name;
}

function derivedScope(state: DerivedState, own: string): Scope {
  return {
    resolve(path) {
      const [first = "", second] = path;
      const group = path.length === 1 ? own : first;
      const name = second ?? first;
      if (path.length === 1 && sameName(first, "at")) return { ref: { scope: "at" }, type: { kind: "timestamp" }, nullable: false };
      const spec = Object.hasOwn(state.specs, group) ? state.specs[group] : undefined;
      if (spec === undefined || path.length > 2) {
        const names = Object.keys(state.specs);
        return { unknown: 0, names, where: "the project" };
      }
      const plain = state.plain.get(group);
      const derived = Object.keys(spec.derived ?? {});
      const output = plain && findName(plain.outputs, name, (one) => one.name);
      if (output !== undefined) return { ref: { scope: "output", group, name: output.name }, type: output.type, nullable: output.nullable };
      const other = derived.find((one) => sameName(one, name));
      if (other !== undefined) {
        const expr = resolveDerived(state, group, other);
        return expr === null ? "untyped" : { ref: { scope: "output", group, name: other }, type: expr.type, nullable: expr.nullable };
      }
      const known = [...(plain?.outputs.map((one) => one.name) ?? []), ...derived];
      if (plain === undefined || isDeclared(spec, plain, name)) return "untyped";
      // A bare name may be meant as an output of another group.
      const elsewhere =
        path.length === 1
          ? [...state.plain].flatMap(([id, facts]) =>
              facts.outputs.filter((one) => sameName(one.name, name)).map((one) => `${id}.${one.name}`),
            )
          : [];
      return { unknown: path.length - 1, names: nearest(name, known) === undefined ? [...known, ...elsewhere] : known, where: group };
    },
  };
}

/** Whether a name is written in the group, though with a mistake that was reported. */
function isDeclared(spec: FeatureSpec, plain: PlainGroup, name: string): boolean {
  const failed = Object.keys(spec.aggregates ?? {}).filter(
    (one) => plain.kind === "windowed" && !plain.aggregates.some((aggregate) => aggregate.name === one),
  );
  return (
    [...(spec.request ?? []), ...(spec.columns ?? [])].some((one) => sameName(one, name)) ||
    failed.some((one) => name.toLowerCase().startsWith(`${one}_`))
  );
}
