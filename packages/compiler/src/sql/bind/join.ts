/** Joins: which columns they give, under which names, and what may be NULL. */
import type { Span } from "../../text.js";
import { choosing, withAhead } from "../ahead.js";
import type { JoinRelation, JoinType } from "../ast.js";
import { wider } from "../coerce.js";
import { influenced, merged, NOTHING, type Lineage } from "../lineage.js";
import { same, type Attribute, type Scope } from "../scope.js";
import { printType } from "../types.js";
import { allNullable } from "./bound.js";
import { comparing } from "./later.js";
import { report, type Env } from "./env.js";

interface Joined {
  readonly scope: Scope;
  readonly influences: readonly Lineage[];
  /** Of the columns of USING, on both sides. */
  readonly keys: readonly Lineage[];
}

const nullable = (attributes: readonly Attribute[], may: boolean): readonly Attribute[] =>
  may ? attributes.map((one) => ({ ...one, nullable: true })) : attributes;

/** LEFT makes the right side NULL where nothing matches, and so on. */
function withNulls(type: JoinType, left: Scope, right: Scope): { readonly left: Scope; readonly right: Scope } {
  const lefts = type === "right" || type === "full";
  const rights = type === "left" || type === "full";
  const made = (scope: Scope, may: boolean): Scope => ({
    ...scope,
    attributes: nullable(scope.attributes, may),
    hidden: nullable(scope.hidden, may),
  });
  return { left: made(left, lefts), right: made(right, rights) };
}

export function joinScopes(relation: JoinRelation, left: Scope, right: Scope, env: Env): Joined {
  const { type } = relation;
  const names = keyNames(relation, left, right, env);
  const sides = withNulls(type, left, right);
  if (names === undefined) {
    const kept = type === "semi" || type === "anti" ? sides.left : both(sides.left, sides.right);
    return { scope: kept, influences: [], keys: [] };
  }
  const keys = names.flatMap((name) => keyOf(name, sides, relation, env));
  const compared = keys.flatMap(({ left: a, right: b }) => [a.lineage, b.lineage]);
  const influences = keys.map((key) => compares(type, key));
  const isKey = (one: Attribute): boolean => keys.some((key) => key.left.id === one.id || key.right.id === one.id);
  const leftRest = sides.left.attributes.filter((one) => !isKey(one));
  const rightRest = sides.right.attributes.filter((one) => !isKey(one));
  const open = sides.left.open || sides.right.open;
  const hidden = [...sides.left.hidden, ...sides.right.hidden];
  if (type === "semi" || type === "anti")
    return {
      scope: { attributes: [...keys.map((key) => key.left), ...leftRest], hidden: sides.left.hidden, open: sides.left.open },
      influences,
      keys: compared,
    };
  const outputs = keys.map((key) => keyOutput(type, key, env));
  const concealed = keys.flatMap((key) => (type === "full" ? [key.left, key.right] : type === "right" ? [key.left] : [key.right]));
  return {
    scope: { attributes: [...outputs, ...leftRest, ...rightRest], hidden: [...hidden, ...concealed], open },
    influences,
    keys: compared,
  };
}

function both(left: Scope, right: Scope): Scope {
  return {
    attributes: [...left.attributes, ...right.attributes],
    hidden: [...left.hidden, ...right.hidden],
    open: left.open || right.open,
  };
}

/** Of USING and NATURAL; undefined without them. */
function keyNames(
  { using, natural }: JoinRelation,
  left: Scope,
  right: Scope,
  env: Env,
): readonly { readonly name: string; readonly span: Span }[] | undefined {
  if (using !== undefined) return using;
  if (!natural) return undefined;
  const span = { start: 0, end: 0 };
  if (left.open || right.open) env.shared.hints.push({ why: "a natural join of columns that are not known", span });
  // One that is there twice is named as often as on both sides.
  const others = right.attributes.map(({ name }) => name);
  return left.attributes.flatMap(({ name }) => {
    const at = others.findIndex((other) => same(other, name));
    if (at < 0) return [];
    others.splice(at, 1);
    return [{ name, span }];
  });
}

interface Key {
  readonly name: string;
  readonly left: Attribute;
  readonly right: Attribute;
  readonly span: Span;
}

function keyOf(
  ident: { readonly name: string; readonly span: Span },
  sides: { readonly left: Scope; readonly right: Scope },
  relation: JoinRelation,
  env: Env,
): readonly Key[] {
  const { name, span } = ident;
  const find = (scope: Scope): Attribute | undefined => {
    // Of several columns of that name Spark takes the first.
    const found = scope.attributes.find((one) => same(one.name, name));
    if (found === undefined && !scope.open) report(env, "UNRESOLVED_USING_COLUMN_FOR_JOIN", span, { name }, scope.attributes.map((one) => one.name)); // prettier-ignore
    return found;
  };
  const [left, right] = [find(sides.left), find(sides.right)];
  if (left === undefined || right === undefined) return [];
  if (wider(left.type, right.type) === undefined)
    report(env, "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", relation.natural ? relation.span : span, {
      left: printType(left.type),
      right: printType(right.type),
    });
  return [{ name: left.name, left, right, span }];
}

/** Whether rows of a side are kept that find none on the other. */
export function isOuter(type: JoinType): boolean {
  return type === "left" || type === "right" || type === "full";
}

/** What the columns of one name on both sides have to say. */
function compares(type: JoinType, { left, right, span }: Key): Lineage {
  const joined = influenced(NOTHING, [left.lineage, right.lineage], "join");
  return isOuter(type) ? joined : withAhead(joined, choosing(comparing({ op: "=", span }, left, right)));
}

/** The one column that stands for both. */
function keyOutput(type: JoinType, { left, right, name }: Key, env: Env): Attribute {
  if (type === "right") return right;
  if (type !== "full") return left;
  return {
    id: env.shared.nextId(),
    name,
    qualifier: [],
    type: wider(left.type, right.type) ?? left.type,
    nullable: allNullable([left, right]),
    lineage: merged([left.lineage, right.lineage], "transformation"),
  };
}
