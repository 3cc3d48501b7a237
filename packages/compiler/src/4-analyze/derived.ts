/** Derived features: expressions over outputs of any group. */
import { nearest } from "../diagnostic.js";
import { alike } from "../memo.js";
import type { Derived, Output } from "../ir.js";
import type { FeatureSpec } from "../spec.js";
import type { Finding, GroupFacts } from "./analysis.js";
import type { ColumnRef, Expr } from "./expr/ast.js";
import { countsRows } from "./aggregate-functions.js";
import { checkExpression, type Scope } from "./expr/check.js";
import { printSpark } from "./expr/print.js";
import { unfailing } from "./expr/unfailing.js";
import { rangeOf, ROWS, type Range, type RangeOf } from "./expr/range.js";
import { groupsOf, refsOf } from "./expr/walk.js";
import { atKey, atValue, expressionFindings, finding } from "./finding.js";
import type { PlainGroup } from "./group.js";
import { findName, sameName } from "./types/name.js";

export type Plain = ReadonlyMap<string, PlainGroup>;
type Specs = Readonly<Record<string, FeatureSpec>>;

export interface DerivedGroups {
  readonly groups: ReadonlyMap<string, GroupFacts>;
  readonly findings: readonly Finding[];
  /** Groups with derived values in which nothing is wrong. */
  readonly sound: ReadonlyMap<string, SoundGroup>;
}

/** What came out for a group, and what it stands on. */
interface SoundGroup {
  readonly plain: PlainGroup;
  readonly spec: FeatureSpec;
  /** Groups that it looked at. */
  readonly touched: ReadonlySet<string>;
  readonly exprs: ReadonlyMap<string, Expr>;
  /** How many derived values are behind one another, at most. */
  readonly depth: number;
  readonly facts: GroupFacts;
}

/**
 * Derived values of all groups: each may read the outputs of any, so they are typed in the order in which they need each other.
 * `before` is what came out the last time: what stands on the same is the same.
 */
export function analyzeDerived(plain: Plain, specs: Specs, before?: DerivedGroups): DerivedGroups {
  const known = before === undefined ? NOTHING : stillSound(before.sound, plain, specs);
  const state: DerivedState = { plain, specs, known, done: new Map(), open: [], longest: 0, findings: new Map(), touched: new Map() };
  for (const [group, spec] of Object.entries(specs))
    if (!known.has(group)) for (const name of Object.keys(spec.derived ?? {})) resolveDerived(state, group, name);
  const findings = Object.entries(specs).flatMap(([group, { derived = {} }]) =>
    known.has(group) ? [] : Object.keys(derived).flatMap((name) => state.findings.get(`${group}.${name}`) ?? []),
  );
  const sound = new Map<string, SoundGroup>();
  const groups = new Map<string, GroupFacts>();
  for (const [name, group] of plain) {
    const kept = known.get(name) ?? soundGroup(group, state, before?.groups.get(name));
    if (kept !== undefined) sound.set(name, kept);
    groups.set(name, kept?.facts ?? withDerived(group, state).facts);
  }
  // Whom a circle, or a chain that is too long, is told of depends on where one begins: that is at the beginning.
  const long = (length: number): boolean => length >= LONGEST_CHAIN / 2;
  const unsure =
    long(state.longest) || [...sound.values()].some(({ depth }) => long(depth)) || findings.some(({ code }) => code === "cycle");
  if (unsure && known.size > 0) return analyzeDerived(plain, specs);
  return { groups, findings, sound: unsure ? NOTHING : sound };
}

const NOTHING: ReadonlyMap<string, SoundGroup> = new Map();

/** Those that are as they were, and look at such only. */
function stillSound(sound: DerivedGroups["sound"], plain: Plain, specs: Specs): ReadonlyMap<string, SoundGroup> {
  const isAsItWas = (name: string): boolean => {
    const group = sound.get(name);
    return group !== undefined && plain.get(name) === group.plain && specs[name] === group.spec;
  };
  const readers = new Map<string, string[]>();
  const gone = new Set<string>();
  for (const [name, { touched }] of sound) {
    if (!isAsItWas(name)) gone.add(name);
    for (const other of touched) {
      const known = readers.get(other) ?? [];
      known.push(name);
      readers.set(other, known);
    }
  }
  for (const name of readers.keys()) if (!sound.has(name)) gone.add(name);
  for (const name of gone) for (const reader of readers.get(name) ?? []) gone.add(reader);
  return gone.size === 0 ? sound : new Map([...sound].filter(([name]) => !gone.has(name)));
}

/** Derived values that read derived values, and so on: typing them must not run out of stack. */
const LONGEST_CHAIN = 100;

interface DerivedState {
  readonly plain: Plain;
  readonly specs: Specs;
  readonly known: ReadonlyMap<string, SoundGroup>;
  /** By `group.name`; null where there was a mistake. */
  readonly done: Map<string, Expr | null>;
  /** What is being typed, outermost first. */
  readonly open: string[];
  /** The most that were at a time. */
  longest: number;
  /** By `group.name`. */
  readonly findings: Map<string, Finding[]>;
  /** By group, those that it looked at. */
  readonly touched: Map<string, Set<string>>;
}

/** The group, where nothing is wrong with its derived values. */
function soundGroup(plain: PlainGroup, state: DerivedState, before: GroupFacts | undefined): SoundGroup | undefined {
  const { name } = plain;
  const spec = state.specs[name];
  if (spec === undefined) return undefined;
  const names = Object.keys(spec.derived ?? {});
  if (names.some((each) => state.findings.has(`${name}.${each}`) || !state.done.get(`${name}.${each}`))) return undefined;
  const { facts: own, depth } = withDerived(plain, state);
  const facts = alike(before, own);
  const exprs = new Map(facts.derived.map((each) => [each.name, each.expr]));
  return { plain, spec, touched: state.touched.get(name) ?? new Set(), exprs, depth, facts };
}

/** The order of a group's derived values is that in which one comes to their ends, in the order of the spec. */
function withDerived(group: PlainGroup, { done, known, specs }: DerivedState): { readonly facts: GroupFacts; readonly depth: number } {
  const exprs = new Map<string, Expr>();
  const depths = new Map<string, number>();
  const visit = (owner: string, name: string): number => {
    const id = `${owner}.${name}`;
    const before = depths.get(id);
    const expr = known.get(owner)?.exprs.get(name) ?? done.get(id);
    if (before !== undefined || !expr) return before ?? 0;
    depths.set(id, 0);
    const deepest = Math.max(0, ...refsOf(expr).map((ref) => (ref.scope === "output" ? visit(ref.group, ref.name) : 0)));
    depths.set(id, deepest + 1);
    if (owner === group.name) exprs.set(name, expr);
    return deepest + 1;
  };
  const names = Object.keys(specs[group.name]?.derived ?? {});
  const depth = Math.max(0, ...names.map((name) => visit(group.name, name)));
  const derived: readonly Derived[] = [...exprs].map(([name, expr]) => ({ name, expr }));
  const outputs = names.flatMap((name): Output[] => {
    const expr = exprs.get(name);
    return expr ? [{ name, type: expr.type, nullable: expr.nullable }] : [];
  });
  const readsGroups = [...new Set(derived.flatMap(({ expr }) => groupsOf(expr)))].filter((name) => name !== group.name);
  return { facts: { ...group, derived, outputs: [...group.outputs, ...outputs], readsGroups }, depth };
}

function tell(state: DerivedState, id: string, ...findings: readonly Finding[]): void {
  if (findings.length > 0) state.findings.set(id, [...(state.findings.get(id) ?? []), ...findings]);
}

function resolveDerived(state: DerivedState, group: string, name: string): Expr | null {
  const id = `${group}.${name}`;
  const done = state.known.get(group)?.exprs.get(name) ?? state.done.get(id);
  if (done !== undefined) return done;
  const path = ["features", group, "derived", name];
  const around = state.open.indexOf(id);
  if (around >= 0) {
    tell(state, id, finding("cycle", atValue(path), { path: [...state.open.slice(around), id] }));
    return null;
  }
  const text = state.specs[group]?.derived?.[name];
  if (text === undefined) return null;
  if (state.open.length >= LONGEST_CHAIN) {
    tell(state, id, finding("expression-too-deep", atValue(path), {}));
    state.done.set(id, null);
    return null;
  }
  state.open.push(id);
  state.longest = Math.max(state.longest, state.open.length);
  const { expr: written, findings } = checkExpression(text, derivedScope(state, group));
  state.open.pop();
  const ranges: RangeOf = (ref) => outputRange(state, ref);
  const { expr, fails } = written === undefined ? {} : unfailing(written, ranges);
  tell(state, id, ...expressionFindings(findings, path));
  const clash = state.plain.get(group)?.outputs.some((output) => sameName(output.name, name)) === true;
  if (clash) tell(state, id, finding("duplicate-output", atKey(...path), { name, group }));
  if (fails !== undefined)
    tell(
      state,
      id,
      finding("may-fail", atValue(path), {
        reason: fails.reason,
        what: printSpark(fails.what, (ref) => (ref.scope === "output" && ref.group === group ? ref.name : printRef(ref))),
      }),
    );
  const result = clash ? null : (expr ?? null);
  state.done.set(id, result);
  return result;
}

/** Of numbers of rows, and of derived values. */
function outputRange({ plain, known, done }: DerivedState, ref: ColumnRef): Range | undefined {
  if (ref.scope !== "output") return undefined;
  const group = plain.get(ref.group);
  const aggregates = group?.kind === "windowed" ? group.aggregates : [];
  const counts = aggregates.some((one) => countsRows(one.function) && one.windows.some(({ output }) => output === ref.name));
  if (counts) return ROWS;
  const expr = known.get(ref.group)?.exprs.get(ref.name) ?? done.get(`${ref.group}.${ref.name}`);
  return expr ? rangeOf(expr, () => undefined) : undefined;
}

function printRef(ref: ColumnRef): string {
  return ref.scope === "output" ? `${ref.group}.${ref.name}` : ref.scope === "at" ? "at" : ref.name;
}

function derivedScope(state: DerivedState, own: string): Scope {
  return {
    resolve(path) {
      const [first = "", second] = path;
      const group = path.length === 1 ? own : first;
      if (group !== own) state.touched.set(own, (state.touched.get(own) ?? new Set()).add(group));
      const name = second ?? first;
      if (path.length === 1 && sameName(first, "at")) return { ref: { scope: "at" }, type: { kind: "timestamp" }, nullable: false };
      const spec = Object.hasOwn(state.specs, group) ? state.specs[group] : undefined;
      if (spec === undefined || path.length > 2) {
        const names = Object.keys(state.specs);
        return { unknown: 0, names, where: "`features`" };
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
