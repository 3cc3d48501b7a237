/** Tests of a project: rows that are given, and rows that have to come out, with every value in the type of its column. */
import type { DataType } from "../data-type.js";
import type { TimeKeys } from "../ir.js";

/**
 * A value as text, so that no digit is lost: numbers as they are written, instants in UTC with microseconds, bytes in hexadecimal. A list of an
 * array, the values of a struct's fields in their order, pairs of a map.
 */
export type FixtureValue = null | boolean | string | readonly FixtureValue[];

/** By runs, or by the streams that keep feature groups current. */
export type TestMode = "batch" | "stream";

export interface FixtureColumn {
  readonly name: string;
  readonly type: DataType;
}

export interface TestFacts {
  /** `tests.NAME`. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly given: readonly GivenRows[];
  readonly expected: readonly ExpectedRows[];
}

export interface GivenRows {
  /** Dataset id. */
  readonly dataset: string;
  /** All columns, in order; values of rows stand in the same order. */
  readonly columns: readonly FixtureColumn[];
  readonly rows: readonly (readonly FixtureValue[])[];
  readonly time?: TimeKeys;
}

export interface ExpectedRows {
  /** The name as it is written. */
  readonly title: string;
  readonly of:
    | { readonly kind: "rows"; /** Dataset id. */ readonly dataset: string }
    | { readonly kind: "quarantine"; /** Dataset id. */ readonly source: string }
    | {
        readonly kind: "features";
        readonly group: string;
        /** Groups to compute, each after those it reads; the last is itself. */ readonly plans: readonly string[];
      }
    | { readonly kind: "training"; readonly model: string }
    | { readonly kind: "request"; readonly deployment: string; readonly plans: readonly string[] };
  /** How it is computed; each by itself has to come out as expected. */
  readonly modes: readonly TestMode[];
  /** Of what is compared, that which a stream keeps; empty where it is computed by runs only. */
  readonly streamed: readonly string[];
  /** What a question is asked with: keys of entities and request columns. */
  readonly asked: readonly FixtureColumn[];
  /** What is compared: those that any row writes. */
  readonly compared: readonly FixtureColumn[];
  /** Columns by which rows belong together, where all rows write them. */
  readonly key: readonly string[];
  readonly rows: readonly ExpectedRow[];
}

/** Whatever the modes. */
export type Expected = Omit<ExpectedRows, "modes" | "streamed">;

export interface ExpectedRow {
  /** The moment asked about. */
  readonly at?: string;
  readonly asked: Readonly<Record<string, FixtureValue>>;
  readonly values: Readonly<Record<string, FixtureValue>>;
}
