/**
 * What analysis knows about one environment of a project. Plain data throughout: every part is the answer of a pure function of
 * the merged spec, so it can be kept and compared. `lower` builds the IR from it and decides nothing that analysis decided.
 *
 * Findings carry no places of files. A finding points at a path of the merged spec and, inside a string, at a range of the string's
 * value; whoever has the YAML documents turns that into a place. Facts of a definition with errors may be missing: `lower` runs only
 * where no finding is an error.
 */
import type { MessageSchema } from "../avro/schema.js";
import type { Field } from "../data-type.js";
import type { AggregatePlan, Check, Derived, ModelInput, Output, TimeKeys } from "../ir.js";
import type { Callable } from "../shorthand/index.js";
import type { FeatureSpec, ProjectSpec } from "../spec.js";
import type { Ahead, Moment } from "../sql/ahead.js";
import type { DirectKind, IndirectKind, Masking } from "../sql/lineage.js";
import type { MaskName } from "../sql/masks.js";
import type { SqlType } from "../sql/types.js";
import type { SqlMeaning } from "../sql/meaning.js";
import type { Span } from "../text.js";
import type { Expr } from "./expr/ast.js";
import type { TestFacts } from "./test-facts.js";

export interface AnalyzeInput {
  readonly environment: string;
  /** Merged for the environment, vars substituted, valid against the schema, references resolved (bad ones are reported already). */
  readonly spec: ProjectSpec;
  /** Texts of the SQL files that transforms name, by path below the project folder. A missing file is reported before. */
  readonly sqlFiles: Readonly<Record<string, string>>;
  /** Texts of the schemas that topics name, in the same way. */
  readonly schemaFiles?: Readonly<Record<string, string>>;
  /** Packages that the project's own `requirements.txt` names. */
  readonly packages?: readonly string[];
}

export interface Analysis {
  readonly environment: string;
  readonly spec: ProjectSpec;
  readonly entities: Facts<EntityFacts>;
  /** Sources and transforms: one namespace. */
  readonly datasets: Facts<DatasetFacts>;
  readonly groups: Facts<GroupFacts>;
  readonly models: Facts<ModelFacts>;
  readonly deployments: Facts<DeploymentFacts>;
  /** Effective schedules, by id (`daily_0200`). */
  readonly schedules: Facts<ScheduleFacts>;
  /** Distance in ms from a consumer's tick back to its producer's latest tick, where they differ in schedule: `consumer<producer` of schedule ids. */
  readonly lags: Readonly<Record<string, number>>;
  readonly graph: Graph;
  /** Of topics whose messages are of a schema, by source. */
  readonly schemas: Facts<MessageSchema>;
  readonly tests: Facts<TestFacts>;
  readonly findings: readonly Finding[];
}

/** By name, in the order of the spec. */
export type Facts<T> = Readonly<Record<string, T>>;

export interface EntityFacts {
  readonly id: string;
  readonly name: string;
  readonly key: readonly string[];
}

export type DatasetFacts = SourceFacts | TransformFacts;

export interface SourceFacts {
  readonly kind: "source";
  /** `sources.NAME`. */
  readonly id: string;
  readonly name: string;
  /** What is stored of it. */
  readonly columns: readonly Field[];
  /** What its checks read beside that. */
  readonly dropped?: readonly Field[];
  readonly time: TimeKeys;
  readonly checks: readonly CheckFacts[];
  readonly schedule: string;
}

/** A check without its origin, which `lower` knows: `checks.NAME` of the source. */
export type CheckFacts = DistributiveOmit<Check, "origin">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface TransformFacts {
  readonly kind: "transform";
  /** `transforms.NAME`. */
  readonly id: string;
  readonly name: string;
  /** The user's text as it is; of the file, where it is in one. Absent where a function computes it. */
  readonly sql?: string;
  /** What the SQL means, however it is written; tables stand there by their place in `reads`. */
  readonly meaning?: SqlMeaning;
  /** A function of the project's code. Nobody knows what it does: each column counts as made from all that it reads. */
  readonly function?: Callable;
  /** Datasets it reads, ids, in order of first use. */
  readonly reads: readonly string[];
  /** Those of them without whose rows it would have other rows: not what is only on the optional side of outer joins, or in subqueries. */
  readonly rowsFrom: readonly string[];
  /** What hides nothing in its SQL, a hash without a key or a mask that leaves too much, with the columns whose values it shows. */
  readonly weak: readonly { readonly what: string; readonly columns: readonly string[]; readonly at: Where }[];
  /** Those of them that stand at one place of its SQL only: what it takes from one of their rows, it takes from one row. */
  readonly readOnce: readonly string[];
  /** Masking functions that its SQL calls: where their names stand. */
  readonly masks: readonly { readonly mask: MaskName; readonly at: Where }[];
  /** Its SQL in Spark's words, where it calls any. */
  readonly sparkSql?: string;
  /** Those of its SELECT, in order, as Spark's analyzer has them; what `columns:` declares stands over what is bound. */
  readonly columns: readonly TransformColumn[];
  /** There are columns beside these: why they are not known. Absent where `columns` are all. */
  readonly open?: string;
  /** As declared, else as the one that passes through unchanged. */
  readonly time?: TimeKeys;
  /** What is needed for `time` and is neither declared nor inferred, with what could be meant. */
  readonly undecided?: readonly { readonly key: "key" | "event_time"; readonly candidates: readonly string[] }[];
  readonly materialised: boolean;
  /** Which rows one is computed from. */
  readonly rows: RowsRead;
  /** A run recomputes what its interval can have changed, and leaves the rest. */
  readonly incremental?: Incremental;
  /** Of tables. */
  readonly schedule?: string;
}

/** Those of its inputs up to `lookBack` ms before its event time, 0 where it is one row; or any. */
export type RowsRead =
  | {
      readonly kind: "near";
      readonly lookBack: number;
      /** How much later than its event time a row of a source below can become known, ms. */ readonly lateness: number;
    }
  | { readonly kind: "whole"; /** Half a sentence. */ readonly why: string };

export interface Incremental {
  readonly lookBack: number;
  readonly lateness: number;
  /** Columns with the event times of its inputs, by id. */
  readonly eventTimes: Readonly<Record<string, string>>;
}

/** A column of a transform: its type, and where its values come from. */
export interface TransformColumn {
  /** In the case of the SELECT. */
  readonly name: string;
  /** A type of Spark; `unknown` with the reason where it is not known (an error there was reported: `isWrongType`). `typedColumns` gives those that have one. */
  readonly type: SqlType;
  /** Also where it is not known. */
  readonly nullable: boolean;
  readonly comment?: string;
  /** The item of the SELECT that makes it. */
  readonly at?: Where;
  /**
   * What a value is computed from (DIRECT in OpenLineage's terms): columns of the datasets that the SQL reads, `sources.NAME.COLUMN` or
   * `transforms.NAME.COLUMN`, so down to sources it is one step per transform. Neither name of a dataset has a dot; a column's may have.
   */
  readonly from: readonly { readonly column: string; readonly kind: DirectKind; readonly masked?: Masking }[];
  /** What conditions that choose its values or rows tell of columns; absent where there are none. */
  readonly told?: readonly { readonly column: string; readonly masked: Masking }[];
  /** What decides which value, which rows or their order (INDIRECT): joins, filters, groups, sorts, windows, conditions. The kinds are sorted. */
  readonly indirect: readonly { readonly column: string; readonly kinds: readonly IndirectKind[] }[];
  /** What of it looks at rows of later times; absent where nothing does. */
  readonly ahead?: readonly AheadFacts[];
  /** What it says about the time of its row. */
  readonly moment?: Moment;
}

export type AheadFacts = Omit<Ahead, "span"> & { readonly at: Where };

export type GroupFacts = WindowedFacts | LatestFacts | RequestFacts;

interface GroupBase {
  /** `features.NAME`. */
  readonly id: string;
  readonly name: string;
  /** Plain outputs in order of the spec, then derived ones. */
  readonly outputs: readonly Output[];
  /** So that each comes after those of the same group that it reads. */
  readonly derived: readonly Derived[];
  /** Other groups that derived values read, in order of first use. */
  readonly readsGroups: readonly string[];
}
interface EntityGroup extends GroupBase {
  readonly entity: string;
  /** Key columns of the entity. */
  readonly key: readonly string[];
  /** Dataset id. */
  readonly from: string;
  readonly time: TimeKeys;
  /** What keeps its values for serving. */
  readonly online: FeatureSpec["online"];
  readonly schedule: string;
}
export interface WindowedFacts extends EntityGroup {
  readonly kind: "windowed";
  readonly aggregates: readonly AggregatePlan[];
  /** Tile sizes in ms, ascending. */
  readonly tiles: readonly number[];
}
export interface LatestFacts extends EntityGroup {
  readonly kind: "latest";
  readonly columns: readonly Field[];
  /** Over the dataset's columns: the entity is gone where it holds for its latest row. */
  readonly deletedWhen?: Expr;
}
export interface RequestFacts extends GroupBase {
  readonly kind: "request";
  /** Types come from the observations of the models that use it (they agree). */
  readonly columns: readonly Field[];
}

export interface ModelFacts {
  /** `models.NAME`. */
  readonly id: string;
  readonly name: string;
  /** Dataset id. */
  readonly observations: string;
  readonly time: TimeKeys;
  readonly label: { readonly column: string; readonly field: Field; readonly knownAfter: number };
  /** In order of `features:`, groups expanded. */
  readonly inputs: readonly ModelInput[];
  /** Groups to compute, each after those it reads. */
  readonly plans: readonly string[];
  /** Entities of those groups, in order of first use. */
  readonly entities: readonly string[];
  /** Request columns that inputs or derived values need, in order of first use; types of the observations. */
  readonly request: readonly Field[];
  readonly trainer:
    | { readonly kind: "class"; readonly module: string; readonly name: string }
    | { readonly kind: "factory"; readonly file: string; readonly function: string }
    | { readonly kind: "function"; readonly file: string; readonly function: string };
  readonly split: { readonly test: number; readonly gap: number };
  readonly metrics: readonly string[];
  readonly gate: readonly GateFacts[];
  readonly schedule: string;
}
export interface GateFacts {
  readonly text: string;
  /** A comparison: `node: "binary"` with a comparison operator. */
  readonly expr: Expr;
}

export interface DeploymentFacts {
  /** `deployments.NAME`. */
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly serve: "online" | "batch";
  /** Dataset id (batch). */
  readonly rows?: string;
  /** Of batch deployments. */
  readonly schedule?: string;
}

export interface ScheduleFacts {
  readonly id: string;
  readonly cron: string;
  readonly timezone: string;
  readonly start: string;
  /** Length of an interval in ms where it is constant. */
  readonly period?: number;
  /** Longest time between two ticks in ms, by the clock on the wall: changes of clocks do not count. */
  readonly longest: number;
}

/** Definitions and what they read. Ids: `entities.card`, `sources.x`, `transforms.x`, `features.x`, `models.x`, `deployments.x`. */
export interface Graph {
  /** Each after all that it reads; stable. */
  readonly order: readonly string[];
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** Ids that nothing needs. */
  readonly unused: readonly string[];
}

export type SpecPath = readonly (string | number)[];

/** Where a finding is: a key or value of the merged spec, or a range of the text of an SQL file. */
export type Where =
  | {
      readonly in: "spec";
      readonly path: SpecPath;
      readonly part: "key" | "value";
      /** Range in the string's value. */ readonly span?: Span;
    }
  | { readonly in: "file"; readonly file: string; readonly span: Span };

/** A diagnostic before its place and text are known. `code` and `args` are those of `diagnostics/analyze.ts`. */
export interface Finding {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number | readonly string[]>>;
  readonly at: Where;
  readonly related?: readonly { readonly message: string; readonly at: Where }[];
  /** Where the same is said of the same thing; a replacement holds there, too. */
  readonly also?: readonly Where[];
  /** What the text at `at` should be, where that is certain. */
  readonly replacement?: string;
}
