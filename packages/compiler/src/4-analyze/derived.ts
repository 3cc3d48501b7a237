/** Derived features: expressions over outputs of any group. */
import { nearest } from "../diagnostic.js";
import type { Derived, Output } from "../ir.js";
import type { FeatureSpec } from "../spec.js";
import type { Finding, GroupFacts } from "./analysis.js";
import type { ColumnRef, Expr } from "./expr/ast.js";
import { checkExpression, type Scope } from "./expr/check.js";
import { printSpark } from "./expr/print.js";
import { whyRaises } from "./expr/raises.js";
import { groupsOf } from "./expr/walk.js";
import { atKey, atValue, expressionFindings, finding } from "./finding.js";
import type { PlainGroup } from "./group.js";
import { findName, sameName } from "./types/name.js";

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
