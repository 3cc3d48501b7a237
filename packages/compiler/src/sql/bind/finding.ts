/** What is wrong with a query, by the name that Spark has for it. */
import type { Span } from "../../text.js";

export interface SqlFinding {
  /** Spark's error condition. */
  readonly condition: string;
  /** What the message names: a column, a function, types. */
  readonly args: Readonly<Record<string, string>>;
  readonly span: Span;
  /** The name that was most likely meant. */
  readonly nearest?: string;
  /** Names that could have been meant. */
  readonly known?: readonly string[];
}

/** A place whose type or name is not modelled: no error, and no guess. */
export interface SqlHint {
  readonly why: string;
  readonly span: Span;
}
