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
  /** `window`: rows of a frame. `history`: all rows of a key, whatever their time. `period`: those of a day, an hour. */
  readonly over: "window" | "history" | "period";
  /** Columns that hold the times of those rows. */
  readonly times: readonly string[];
  /** The SELECT that groups: times of its own rows are told by it. */
  readonly select?: number;
  /** It tells the place of a row counted from the latest one: a filter by it leaves the latest rows, of a table's key or of anything else. */
  readonly latest?: "of_key" | "of_many";
  /** No row is later than the current one by more than this, ms. */
  readonly by?: number;
  /** Rows are chosen by it; the value itself is not computed from it. */
  readonly rows?: true;
}

/** What a value says about the time of its row. */
export type Moment =
  /** It is the row's own time, or rises and falls with it. */
  | { readonly kind: "row" }
  /** It is the beginning of a period that the row's own time lies in. */
  | { readonly kind: "floor" }
  /** It is earlier than a time of the row, by more than time zones are apart; or the earliest of several. */
  | { readonly kind: "earlier" }
  /** A window of time: `.start` is a floor. */
  | { readonly kind: "window" }
  /** No row of the group that this SELECT makes is earlier. */
  | { readonly kind: "earliest"; readonly select: number };

export const NOT_AHEAD: readonly Ahead[] = [];

export function allAhead(parts: readonly { readonly ahead: readonly Ahead[] }[]): readonly Ahead[] {
  const some = parts.filter(({ ahead }) => ahead.length > 0);
  const [only] = some;
  if (only === undefined) return NOT_AHEAD;
  if (some.length === 1) return only.ahead;
  return [...new Map(some.flatMap(({ ahead }) => ahead).map((one) => [`${one.span.start} ${one.rows === true}`, one])).values()];
}

/** As what chooses rows. */
export function choosing(ahead: readonly Ahead[]): readonly Ahead[] {
  return ahead.map((one) => ({ ...one, rows: true }));
}
