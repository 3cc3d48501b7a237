/**
 * Values that look ahead: what they are computed from is later than the row that they stand in. The binder knows what a window's frame takes in,
 * and what a group puts together; whether anybody is misled by it depends on when the row counts as known, which others know (`4-analyze/ahead.ts`).
 */
import type { Span } from "../text.js";

/** A window, a group or a subquery whose value depends on rows of later times. */
export interface Ahead {
  /** The OVER clause, or the aggregate. */
  readonly span: Span;
  /** The function, as it is called. */
  readonly what: string;
  /**
   * `window`: rows of a frame. `history`: all rows of a key, whatever their time. `period`: those of a day, an hour. `newest`: the latest of all,
   * by LIMIT. `later`: rows that a condition says are later.
   */
  readonly over: "window" | "history" | "period" | "newest" | "later";
  /** Columns that hold the times of those rows. */
  readonly times: readonly string[];
  /** The SELECT that groups: times of its own rows are told by it. */
  readonly select?: number;
  /** It tells the place of a row counted from the latest one: a filter by it leaves the latest rows, of a table's key or of anything else. */
  readonly latest?: "of_key" | "of_many";
  /** It is what stands in the latest row of its group, by these columns of tables. */
  readonly version?: readonly string[];
  /** It would be `latest` if there were none of these rows. */
  readonly unless?: "of_key" | "of_many";
  /** A side of a join whose rows are later: times of it are as late. */
  readonly side?: number;
  /** No row is later than the current one by more than this, ms. */
  readonly by?: number;
  /** Rows are chosen by it; the value itself is not computed from it. */
  readonly rows?: true;
  /** Rows are there once for each of the later ones, by an outer join. */
  readonly repeated?: true;
}

/** What a value says about the time of its row. */
export type Moment =
  /** It is the row's own time; `sides` of joins are no later than it. */
  | { readonly kind: "row"; readonly sides?: readonly number[] }
  /** Sorted by it, rows are in the order of their times, or the other way round. It is no time of theirs. */
  | { readonly kind: "rising" | "falling" }
  /** It is the beginning of a period that the row's own time lies in. */
  | { readonly kind: "floor" }
  /** It is earlier than a time of the row, by more than time zones are apart; or the earliest of several. */
  | { readonly kind: "earlier" }
  /** A window of time: `.start` is a floor. */
  | { readonly kind: "window" }
  /** No row of the group that this SELECT makes is earlier. */
  | { readonly kind: "earliest"; readonly select: number }
  /** No row of a key's whole history, which this SELECT puts together, is later; of a table's key there may be one row. */
  | { readonly kind: "latest"; readonly select: number; readonly of: "of_key" | "of_many" };

export const NOT_AHEAD: readonly Ahead[] = [];

export function allAhead(parts: readonly { readonly ahead: readonly Ahead[] }[]): readonly Ahead[] {
  const some = parts.filter(({ ahead }) => ahead.length > 0);
  const [only] = some;
  if (only === undefined) return NOT_AHEAD;
  if (some.length === 1) return only.ahead;
  return [
    ...new Map(
      some.flatMap(({ ahead }) => ahead).map((one) => [`${one.span.start} ${one.rows === true} ${one.repeated === true}`, one]),
    ).values(),
  ];
}

/** As what chooses rows. */
export function choosing(ahead: readonly Ahead[]): readonly Ahead[] {
  return ahead.map((one) => ({ ...one, rows: true }));
}

/** With what looks ahead beside it. */
export function withAhead<T extends { readonly ahead: readonly Ahead[] }>(of: T, ahead: readonly Ahead[]): T {
  return ahead.length === 0 ? of : { ...of, ahead: allAhead([of, { ahead }]) };
}

/** Of rows that are there once again: as often as there are later ones says nothing any more, but to what counts them. */
export function once<T extends { readonly ahead: readonly Ahead[] }>(of: T, isCounting: boolean): T {
  if (!of.ahead.some(({ repeated }) => repeated === true)) return of;
  const counted = ({ rows: _rows, repeated, ...one }: Ahead): Ahead =>
    repeated === true ? one : { ...one, ...(_rows && { rows: _rows }) };
  return { ...of, ahead: isCounting ? of.ahead.map(counted) : of.ahead.filter(({ repeated }) => repeated !== true) };
}

/** As what a value says: whether there are such rows, or what the one that is left holds. */
export function answering(ahead: readonly Ahead[]): readonly Ahead[] {
  return ahead.map(({ rows: _rows, ...one }) => one);
}

/** Of that there is none of the later rows. */
export function withoutLater<T extends { readonly ahead: readonly Ahead[] }>(of: T): T {
  if (!of.ahead.some(({ unless }) => unless !== undefined)) return of;
  return { ...of, ahead: of.ahead.map(({ unless, ...one }) => (unless === undefined ? one : { ...one, latest: unless })) };
}

/** Whether rows that are sorted by it are in the order of their times. */
export function directionOf(moment: Moment | undefined): "rising" | "falling" | undefined {
  if (moment === undefined || moment.kind === "window") return undefined;
  return moment.kind === "falling" ? "falling" : "rising";
}

/** Where each is the time of a row. */
export function momentOfAny(moments: readonly (Moment | undefined)[]): Moment | undefined {
  const rows = moments.filter((one) => one?.kind === "row");
  if (rows.length < moments.length || rows.length === 0) return undefined;
  const sides = [...new Set(rows.flatMap((one) => one.sides ?? []))];
  return { kind: "row", ...(sides.length === 0 ? {} : { sides }) };
}
