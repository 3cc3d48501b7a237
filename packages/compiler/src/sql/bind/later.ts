/** Conditions over two times of one table: rows that are later than those beside them, and those that are the latest of all. */
import { directionOf, withAhead, type Ahead, type Moment } from "../ahead.js";
import type { BinaryExpr, BinaryOp, Expr } from "../ast.js";
import type { Lineage } from "../lineage.js";
import type { Attribute, Scope } from "../scope.js";
import type { Span } from "../../text.js";
import type { Bound } from "./bound.js";
import type { Env, Output } from "./env.js";
import { movedBy } from "./moment.js";

/** One side of a comparison: a column, in the place where its table is read. */
interface Side {
  readonly key: string;
  /** By lineage's name. */
  readonly column: string;
  /** Of a query around this one. */
  readonly outer: boolean;
}

/** What holds wherever a condition does: that one time is not before another, or that two columns are equal. */
export interface Compared {
  readonly how: "after" | "equal";
  readonly left: Side;
  readonly right: Side;
  readonly span: Span;
}

export function comparedIn(op: BinaryOp, left: readonly [Expr, Bound], right: readonly [Expr, Bound], span: Span): readonly Compared[] {
  switch (op) {
    case ">":
    case ">=":
      return after(op === ">", left, right, span);
    case "<":
    case "<=":
      return after(op === "<", right, left, span);
    case "=":
    case "<=>": {
      const [a, b] = [columnOf(left[1]), columnOf(right[1])];
      return a === undefined || b === undefined ? [] : [{ how: "equal", left: a, right: b, span }];
    }
    default:
      return [];
  }
}

function after(isStrict: boolean, later: readonly [Expr, Bound], earlier: readonly [Expr, Bound], span: Span): readonly Compared[] {
  const [a, b] = [timeOf(later), timeOf(earlier)];
  if (a === undefined || b === undefined || a.moved > b.moved) return [];
  // Of one day, each may be the later.
  if (!isStrict && (a.isCut || b.isCut)) return [];
  return [{ how: "after", left: a.side, right: b.side, span }];
}

interface Time {
  readonly side: Side;
  /** By how much it is moved, ms. */
  readonly moved: number;
  readonly isCut: boolean;
}

function timeOf([expr, value]: readonly [Expr, Bound]): Time | undefined {
  const { moment } = value.lineage;
  const side = directionOf(moment) === "rising" ? columnOf(value) : undefined;
  if (side === undefined || moment === undefined) return undefined;
  if (moment.kind === "row" || moment.kind === "floor") return { side, moved: 0, isCut: moment.kind === "floor" };
  if (expr.kind !== "binary" || (expr.op !== "+" && expr.op !== "-")) return undefined;
  const moved = movedBy(expr.op, expr.right);
  const isCut = value.children[0]?.lineage.moment?.kind !== "row";
  return moved === undefined ? undefined : { side, moved, isCut };
}

/** The one column that a value is computed from. */
function columnOf(value: Bound): Side | undefined {
  let found: Bound | undefined = value;
  while (found !== undefined && found.op !== "column") {
    const [below, ...others]: readonly Bound[] = found.children.filter(({ lineage }) => lineage.direct.size > 0);
    found = others.length > 0 ? undefined : below;
  }
  const [column, ...more] = found?.lineage.direct.keys() ?? [];
  return found === undefined || column === undefined || more.length > 0
    ? undefined
    : { key: found.key, column, outer: found.outer === true };
}

/** Rows of one side of a condition that are later than those of the other. */
export interface Later {
  readonly later: Side;
  readonly earlier: Side;
  readonly mark: Ahead;
}

/** By one column of one table, and nothing says the contrary by any other. */
export function laterBy({ compared = [] }: Bound, env: Env): readonly Later[] {
  const table = ({ key, outer }: Side): string => {
    const found = outer ? undefined : attributesOf(env.scope).find(({ id }) => key === `#${id}`);
    return found === undefined ? "" : `.${found.qualifier.join(".").toLowerCase()}`;
  };
  const times = compared.filter(({ how }) => how === "after");
  return times.flatMap(({ left, right, span }): readonly Later[] => {
    const sides = [table(left), table(right)] as const;
    if (left.column !== right.column || sides[0] === sides[1]) return [];
    if (times.some((one) => table(one.left) === sides[1] && table(one.right) === sides[0])) return [];
    const equal = compared.filter(({ how, ...one }) => how === "equal" && one.left.column === one.right.column && sides.includes(table(one.left)) && sides.includes(table(one.right))); // prettier-ignore
    const same = new Set(equal.map((one) => one.left.column.toLowerCase()));
    const isOfKey = env.shared.keys.some((key) => key.every((column) => same.has(column)));
    const unless = isOfKey ? ("of_key" as const) : ("of_many" as const);
    const mark: Ahead = { span, what: "", over: "later", times: [left.column], unless, side: env.shared.nextId() };
    return [{ later: left, earlier: right, mark }];
  });
}

function attributesOf({ attributes, hidden }: Scope): readonly Attribute[] {
  return [...attributes, ...hidden];
}

/** A scope in which the columns of a later side look ahead, seen from the other. */
export function withLater(scope: Scope, found: readonly Later[]): Scope {
  return found.reduce((all, { later, mark }) => {
    const own = attributesOf(all).find(({ id }) => later.key === `#${id}`);
    if (later.outer || own === undefined) return all;
    const isBeside = ({ qualifier }: Attribute): boolean => qualifier.join(".") === own.qualifier.join(".");
    const marked = (one: Attribute): Attribute => (isBeside(one) ? { ...one, lineage: ofSide(one.lineage, mark) } : one);
    return { ...all, attributes: all.attributes.map(marked), hidden: all.hidden.map(marked) };
  }, scope);
}

function ofSide(lineage: Lineage, mark: Ahead): Lineage {
  const { moment, side = 0 } = { ...lineage, ...mark };
  const time: Moment | undefined = moment?.kind === "row" ? { kind: "row", sides: [...(moment.sides ?? []), side] } : moment;
  return { ...withAhead(lineage, [mark]), ...(time === undefined ? {} : { moment: time }) };
}

/** All rows of a query are later than the row around it. */
export function laterThanOuter(found: readonly Later[]): readonly Ahead[] {
  return found.flatMap(({ later, earlier, mark }) => (earlier.outer && !later.outer ? [mark] : []));
}

type Timed = Pick<Bound, "lineage">;

/** A condition that holds for the latest row alone: `created_at = (SELECT max(created_at) …)`. */
export function comparing({ op, span }: Pick<BinaryExpr, "op" | "span">, left: Timed, right: Timed): readonly Ahead[] {
  const found = op === "=" || op === "<=>" ? (newest(left, right) ?? newest(right, left)) : op === ">=" ? newest(left, right) : op === "<=" ? newest(right, left) : undefined; // prettier-ignore
  return found === undefined ? [] : [{ span, what: "max", over: "newest", ...found }];
}

export function newest(row: Timed, other: Timed): Pick<Ahead, "times" | "latest"> | undefined {
  const { moment } = row.lineage;
  const latest = other.lineage.moment;
  if ((moment?.kind !== "row" && moment?.kind !== "floor") || latest?.kind !== "latest") return undefined;
  const times = [...row.lineage.direct.keys()].filter((column) => other.lineage.direct.has(column));
  return times.length === 0 ? undefined : { times, latest: latest.of };
}

/** What a subquery says of a row, with that it looks at later rows, or at rows of all times. */
export function whether(what: string, value: Bound, { anyTime = [], later = [] }: Output): Bound {
  const { lineage } = value;
  if (later.length > 0) return { ...value, lineage: withAhead(lineage, later) };
  if (anyTime.length === 0 || lineage.ahead.length > 0) return value;
  const mark: Ahead = { span: value.span, what, over: "history", times: anyTime };
  return { ...value, lineage: { ...lineage, ahead: [mark] } };
}

/** What is left where only the first rows of an order are: of an order by time, the latest of all. */
export function limited(sorted: Lineage | undefined, isDescending: boolean, span: Span, { anyTime = [] }: Output): readonly Ahead[] {
  const direction = directionOf(sorted?.moment);
  if (sorted === undefined || direction === undefined || anyTime.length === 0 || isDescending !== (direction === "rising")) return [];
  return [{ span, what: "LIMIT", over: "newest", times: [...sorted.direct.keys()], latest: "of_many", rows: true }];
}
