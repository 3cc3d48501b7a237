/**
 * The intermediate representation: what a project is, with nothing left to decide. Total (defaults filled), closed, plain data
 * keyed by stable ids, in a stable order. Emitters print it; they never look at the spec. Durations are milliseconds unless named otherwise.
 */
import type { Expr } from "./4-analyze/expr/ast.js";
import type { Field, DataType } from "./data-type.js";
import type { AggregatePlan } from "./ir-aggregates.js";
import type { DatabaseInput, Endpoint, Secret, StorePlace, TopicInput } from "./ir-outside.js";
import type { Resources, TilesWork } from "./ir-stream.js";

export type * from "./ir-aggregates.js";
export type * from "./ir-outside.js";
export type * from "./ir-stream.js";

export interface Ir {
  readonly project: { readonly name: string; readonly description?: string; readonly owner?: string };
  readonly environment: {
    readonly name: string;
    readonly runtime: "local" | "kubernetes";
    /** Where in a cloud it is. */
    readonly cloud?: { readonly provider: "aws"; readonly region: string };
  };
  /** `root` is `<path>/<project>`: everything of the project is below it. `marks` is the folder that says how far each dataset is complete, a file each. */
  readonly storage: { readonly path: string; readonly format: "delta"; readonly root: string; readonly marks: string };
  readonly entities: Table<Entity>;
  readonly schedules: Table<Schedule>;
  readonly datasets: Table<Dataset>;
  readonly featurePlans: Table<FeaturePlan>;
  readonly models: Table<Model>;
  readonly programs: Table<Program>;
  readonly tasks: Table<Task>;
  readonly images: Table<Image>;
  readonly services: Table<Service>;
  readonly metrics: Table<Metric>;
  readonly stores: Table<Store>;
  readonly secrets: Table<Secret>;
  /** The secret that is the key of masking functions. */
  readonly masking?: { readonly key: string };
  readonly principals: Table<Principal>;
  /** Code of the user: matched files, by path below the project folder, sorted; `sha256` of their bytes in hex. */
  readonly code: readonly CodeFile[];
}

/** Ordered by id. */
export type Table<T> = Readonly<Record<string, T>>;

/** Where in the spec a thing comes from: stays true when lines move. */
export interface Origin {
  readonly file: string;
  readonly path: readonly (string | number)[];
}

interface Node {
  /** Stable id, unique in its table, e.g. `ingest.transactions`. */
  readonly id: string;
  /** The definition it comes from, e.g. `sources.transactions`. */
  readonly definition: string;
  readonly origin: Origin;
  readonly description?: string;
  readonly owner?: string;
}

export interface CodeFile {
  readonly path: string;
  readonly sha256: string;
  /** Of Python where the project names functions: hash of what it says, whatever its comments and blanks; absent where that is in doubt. */
  readonly meaning?: string;
  /** Of Python where the project names functions: the files of the project that it imports, or may import; sorted. */
  readonly imports?: readonly string[];
}

export interface Entity extends Node {
  readonly key: readonly string[];
}

/** A schedule domain: everything in it runs in one DAG, over the same intervals. Id as in DAG ids: `daily_0200`, `sundays_0400`. */
export interface Schedule {
  readonly id: string;
  readonly cron: string;
  readonly timezone: string;
  /** ISO date of the first day. */
  readonly start: string;
  /** Length of an interval in ms where it is constant, for ordering and docs. */
  readonly period?: number;
  /** Longest time between two ticks in ms, by the clock on the wall. */
  readonly longest: number;
}

/** How a dataset's rows are identified and placed in time. */
export interface TimeKeys {
  readonly key: readonly string[];
  readonly eventTime: string;
  /** Absent: a row is known at its event time. */
  readonly ingestedAt?: string;
  readonly lateness?: number;
}

export type Dataset = SourceDataset | TransformDataset | DerivedDataset;

interface DatasetBase extends Node {
  /** Name in SQL and in ids. */
  readonly name: string;
  /** Where it is stored; absent for views. */
  readonly path?: string;
  readonly columns: readonly Field[];
}
/** Accepted rows of a source. Id `sources.NAME`. */
export interface SourceDataset extends DatasetBase {
  readonly kind: "source";
  readonly time: TimeKeys;
  readonly input:
    | { readonly kind: "files"; readonly path: string; readonly format: "parquet" | "csv" | "json" }
    | { readonly kind: "table"; readonly path: string; readonly format: "delta" }
    | DatabaseInput
    | TopicInput;
  readonly checks: readonly Check[];
  /** Columns that its rows have and checks read, which are stored nowhere. */
  readonly dropped?: readonly Field[];
  /** Where the verdicts of its input rows are stored. */
  readonly verdictsPath: string;
}
/** A transform. Id `transforms.NAME`. Views have no path. */
export interface TransformDataset extends DatasetBase {
  readonly kind: "transform";
  readonly materialised: boolean;
  /** SQL of the user's, and the name of the emitted file with it, below the spark folder: `sql/NAME.sql`. */
  readonly sql?: string;
  readonly sqlFile?: string;
  /** Functions that its SQL calls as `mask_NAME`: programs make them, with the key of `masking`. Sorted. */
  readonly masks?: readonly ("keyed_hash" | "tokenise")[];
  /** Else a function of the project's code, by file and name. It gets what is read, and returns the columns. */
  readonly function?: { readonly file: string; readonly function: string };
  /** Datasets it reads, ids, in order of first use. */
  readonly reads: readonly string[];
  readonly time?: TimeKeys;
  /** A run for [a, b) recomputes rows of [a − lateness, b + lookBack) from inputs of as much before; ms, and the inputs' event times by id. */
  readonly incremental?: { readonly lookBack: number; readonly lateness: number; readonly eventTimes: Readonly<Record<string, string>> };
}
/** A dataset that mlspec itself derives: histories of topics, feature tiles, values of features, training sets, scoring inputs, predictions. Id `history.X`, `features.X`, `values.X`, `training.X`, `scoring.X`, `predictions.X`. */
export interface DerivedDataset extends DatasetBase {
  readonly kind: "history" | "tiles" | "values" | "training" | "scoring" | "predictions";
  readonly path: string;
}

export type OnFail = "quarantine" | "fail" | "warn";
export type Check = { readonly name: string; readonly onFail: OnFail; readonly origin: Origin } & (
  | { readonly kind: "expect"; readonly expr: Expr }
  | {
      readonly kind: "values";
      readonly values: readonly {
        readonly column: string;
        readonly type: DataType;
        readonly allowed: readonly (string | number | boolean)[];
      }[];
    }
  | { readonly kind: "not_null"; readonly columns: readonly string[] }
  | { readonly kind: "unique"; readonly columns: readonly string[] }
  | { readonly kind: "freshness"; readonly maxAge: number }
);

/** How a feature group is computed everywhere. Id is the group's name. */
export type FeaturePlan = WindowedPlan | LatestPlan | RequestPlan;

interface PlanBase extends Node {
  readonly name: string;
  /** All outputs in order: plain ones first, then derived. */
  readonly outputs: readonly Output[];
  readonly derived: readonly Derived[];
  /** First 8 hex digits of the hash of the definition: the generation in store keys. */
  readonly generation: string;
}
export interface Output {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly description?: string;
}
export interface Derived {
  readonly name: string;
  readonly expr: Expr;
}

interface EntityPlan extends PlanBase {
  readonly entity: string;
  /** Entity key columns, in the dataset and in requests. */
  readonly key: readonly string[];
  /** Dataset id. */
  readonly from: string;
  readonly time: TimeKeys;
  /** Freshness: an event counts at t once `ingested_at + delay < t`. */
  readonly delay: number;
  /** Store id, where it is served online. */
  readonly store?: string;
}
export interface WindowedPlan extends EntityPlan {
  readonly kind: "windowed";
  readonly aggregates: readonly AggregatePlan[];
  /** Tile sizes in ms that the windows need, ascending. */
  readonly tiles: readonly number[];
  /** Dataset id of the persisted tiles, `features.NAME`. */
  readonly dataset: string;
}
export interface LatestPlan extends EntityPlan {
  readonly kind: "latest";
  readonly columns: readonly Field[];
  /** Over the dataset's columns: where it holds for the latest row, the entity is gone and its columns are NULL. */
  readonly deletedWhen?: Expr;
}
export interface RequestPlan extends PlanBase {
  readonly kind: "request";
  readonly columns: readonly Field[];
}

export interface Model extends Node {
  readonly name: string;
  readonly task: "binary_classification" | "multiclass_classification" | "regression";
  /** Dataset id of the observations, with their time keys. */
  readonly observations: string;
  readonly time: TimeKeys;
  readonly label: { readonly column: string; readonly type: DataType; readonly knownAfter: number };
  /** Inputs of the model in order. */
  readonly inputs: readonly ModelInput[];
  /** Entities that inputs need: key columns of the observations. */
  readonly entities: readonly string[];
  /** Request columns that inputs or their derived values need. */
  readonly request: readonly Field[];
  /** Plans to evaluate, in dependency order (a derived value may read another group). */
  readonly plans: readonly string[];
  readonly trainer:
    | { readonly kind: "class"; readonly module: string; readonly name: string }
    | { readonly kind: "factory"; readonly file: string; readonly function: string }
    | { readonly kind: "function"; readonly file: string; readonly function: string };
  readonly params: JsonObject;
  readonly split: { readonly test: number; readonly gap: number };
  readonly metrics: readonly string[];
  readonly gate: readonly { readonly text: string; readonly expr: Expr }[];
  /** Folder of the registry: `<storage>/models/NAME`. */
  readonly registryPath: string;
  /** Hash of the definition and all it depends on, 8 hex digits. */
  readonly hash: string;
}
export interface ModelInput {
  /** `group__column`. */
  readonly name: string;
  readonly group: string;
  readonly column: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/**
 * A program: one runnable file. Id `KIND.NAME` (`training_set.fraud_score`; `await.sources.transactions` has a dataset's id as name);
 * its artifact id is `program:KIND.NAME`. In its work, `source`, `dataset`, `transform`, `rows`, `from` and `views` are dataset ids
 * (`sources.transactions`), `plan`, `model`, `deployment` and `service` are ids of their tables, which are plain names.
 * `views` are the transforms to evaluate rather than to read, each after those it reads.
 */
export type Program = ProgramBase & ProgramWork;
interface ProgramBase extends Node {
  readonly name: string;
  readonly language: "pyspark" | "python";
  /** File name without folder: `ingest_transactions.py`. */
  readonly file: string;
  readonly exitCodes: readonly ExitCode[];
  /** Dataset ids. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Secret ids, sorted: what it needs in its environment. */
  readonly secrets: readonly string[];
}
/** `skipped`: there is nothing to do, or the answer is no. That is no failure, and asking again changes nothing. `again`: not yet. */
export interface ExitCode {
  readonly code: number;
  readonly meaning: string;
  readonly outcome: "done" | "failed" | "skipped" | "again";
}
export type ProgramWork =
  | { readonly kind: "ready"; readonly source: string }
  | { readonly kind: "await"; readonly dataset: string }
  /** Runs for ever, by no schedule. */
  | { readonly kind: "history"; readonly source: string; readonly resources: Required<Resources> }
  | { readonly kind: "ingest"; readonly source: string }
  | { readonly kind: "transform"; readonly transform: string; readonly views: readonly string[] }
  | { readonly kind: "features"; readonly plan: string; readonly views: readonly string[] }
  | { readonly kind: "materialise"; readonly plan: string; readonly views: readonly string[]; readonly store: string }
  /** Values as of the interval's end, for another feature store; `outputs` are those that need nothing but the group. */
  | {
      readonly kind: "values";
      readonly plan: string;
      readonly views: readonly string[];
      readonly dataset: string;
      readonly outputs: readonly string[];
    }
  | TilesWork
  | { readonly kind: "training_set"; readonly model: string; readonly views: readonly string[]; readonly dataset: string }
  | { readonly kind: "train"; readonly model: string }
  | { readonly kind: "gate"; readonly model: string }
  | {
      readonly kind: "scoring_set";
      readonly deployment: string;
      readonly model: string;
      readonly rows: string;
      readonly views: readonly string[];
      readonly dataset: string;
    }
  | { readonly kind: "score"; readonly deployment: string; readonly model: string; readonly from: string; readonly dataset: string }
  | { readonly kind: "serve"; readonly deployment: string; readonly model: string; readonly service: string };

/** One step of a schedule: a program with typed arguments. Id = the program's id (with `.SCHEDULE` where several schedules await one dataset). */
export interface Task extends Node {
  readonly program: string;
  readonly schedule: string;
  readonly args: readonly { readonly flag: string; readonly value: Argument }[];
  /** Task ids in the same schedule: they have to succeed. */
  readonly after: readonly string[];
  /**
   * Task ids of any schedule that have to end first, successfully or not, where both are run at the same time: scoring takes the
   * champion that a gate leaves, be it the new model or the one before.
   */
  readonly settled: readonly string[];
  /** Dataset ids that it reads; what another schedule writes is waited for by an `await` task in `after`. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly retries: number;
  readonly retryDelay: number;
  /** Whether its intervals build on each other: none is run over a hole that a failed one before it has left. */
  readonly sequential: boolean;
  /** A `sensor` has nothing to do but to say `again` until it is time. */
  readonly mode: "work" | "sensor";
  /** What its pod asks for, where it runs in one. */
  readonly resources: Required<Resources>;
}
/** Arguments are typed; emitters turn them into what their target wants. Interval bounds are ISO-8601 instants. `lag` ms is subtracted. */
export type Argument =
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "interval_start" }
  | { readonly kind: "interval_end"; readonly lag: number }
  | { readonly kind: "path"; readonly dataset: string }
  | { readonly kind: "secret"; readonly secret: string };

/** A container image: what is in it. Ids `spark`, `training`, `serving.DEPLOYMENT`; artifact id `image:ID`. */
export interface Image extends Node {
  /** Repository name without registry: `fraud-detection-spark`. */
  readonly repository: string;
  readonly base: "spark" | "training" | "serving";
  /** Program ids. */
  readonly programs: readonly string[];
}

/** Something that answers requests. Id = the deployment's name. */
export interface Service extends Node {
  readonly name: string;
  readonly model: string;
  readonly program: string;
  readonly image: string;
  readonly port: number;
  /** Request fields: entity keys, request columns; `at` is optional and implied. */
  readonly request: readonly Field[];
  readonly response: readonly Field[];
  readonly stores: readonly string[];
  readonly scale: { readonly min: number; readonly max: number; /** Share, 0..1. */ readonly cpu: number };
  readonly resources: Resources;
}

/** A metric that emitted code exports. */
export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly kind: "counter" | "gauge" | "histogram";
  readonly labels: readonly string[];
  readonly help: string;
  readonly program: string;
}

/** An online store of one feature group: a file, or a server. Id `online.GROUP`. */
export interface Store extends Node {
  readonly place: StorePlace;
  readonly plan: string;
  /** The file, or how the store is called in messages. */
  readonly path: string;
  readonly generation: string;
  /** Age in ms from which services refuse it: two refreshes after the one that is expected next have not come. */
  readonly maxAge: number;
}

/** Who reads and writes what: one source for IAM, NetworkPolicy and ACLs. Id = the image or service it runs as. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly programs: readonly string[];
  /** Storage paths (inputs, datasets, registry, stores) it reads, writes. Sorted. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Servers that it opens connections to, other than object stores. Sorted. */
  readonly connects: readonly Endpoint[];
}

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
