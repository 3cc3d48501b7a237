/**
 * The language, defined once. Everything that knows a key (JSON Schema, validator, references, reference docs,
 * completion) is generated from this file by `tools/gen`; see CONTRIBUTING.md, "Add a key".
 *
 * The generator reads a closed subset: interfaces, literal unions, arrays, `Record<string, T>`, the scalar aliases
 * below. JSDoc tags: `@declares KIND` (keys of this map declare definitions), `@references KIND[, KIND]` (the value names one),
 * `@vars` (takes `${var.x}`), `@secret` (is `${secret.x}`), `@default`, `@example`, `@unit`, `@exactlyOne a b c`, `@format SHORTHAND`, `@minimum`, `@minItems`,
 * `@plugins INTERFACE` (other keys name plugins, which take at least its keys).
 */

/** A name: snake_case, at most 40 characters. @pattern ^[a-z][a-z0-9]*(_[a-z0-9]+)*$ */
export type Name = string;
/** A length of time. @format duration @example 10m @example 30d */
export type Duration = string;
/** A share of a whole. @format percent @example 20% */
export type Percent = string;
/** A Spark SQL type; `!` at its end says NOT NULL. @format type @example string! @example decimal(12,2) */
export type ColumnType = string;
/** A Spark SQL expression over the columns in scope. @format expression @example amount > 0 */
export type Expression = string;
/** A run-time secret of the project, as the whole value. @secret @example ${secret.db_password} */
export type SecretReference = string;
/** A path below the project folder, with `/` between its parts. @format path */
export type ProjectPath = string;

/** One project: a folder with `mlspec.yaml`. */
export interface ProjectSpec extends DefinitionsSpec {
  /** Version of the language. */
  mlspec: "v1";
  /** Name of the project. It stands in storage paths, DAG ids, image names. @example fraud_detection */
  project: Name;
  /** What the project is for, in a sentence. Shown in DAG docs, model cards and manifests. */
  description?: string;
  /** Who answers for the project. Default owner of every definition. @example risk-data */
  owner?: string;
  /** Values put in at compile time as `${var.name}`; the default gives the type. @declares var */
  vars?: Record<string, string | number | boolean>;
  /** Names of values that only run time knows, such as passwords. Slots that take one say `${secret.name}`; each environment says where they come from. @example [db_user, db_password] */
  secrets?: Name[];
  /** What masking functions of SQL need, such as `mask.keyed_hash(card_number)`: docs/policies.md. */
  masking?: MaskingSpec;
  /** Where data is kept. */
  storage: StorageSpec;
  /** When batch work runs; every definition may override it. */
  schedule: ScheduleSpec;
  /** The places that the project is compiled for. @declares environment @minItems 1 */
  environments: Record<string, EnvironmentSpec>;
  /** What is written, for which versions of the tools. */
  targets: TargetsSpec;
  /** More files with definitions: globs below the project folder. @example specs/*.yaml */
  include?: string[];
  /** The project's own code, an input of compilation and part of images. @format glob @default ["src/**", "requirements.txt"] */
  code?: string[];
  /** Files of the project's own in place of templates of ours, by the template's name: docs/templates.md. @example airflow/dag.py: templates/dag.py.hbs */
  templates?: Record<string, ProjectPath>;
}

/** What an included file may hold (the root file too). */
export interface DefinitionsSpec {
  /** The things that features describe. @declares entity */
  entities?: Record<string, EntitySpec>;
  /** Data that comes from outside. @declares source */
  sources?: Record<string, SourceSpec>;
  /** Tables computed from others. @declares transform */
  transforms?: Record<string, TransformSpec>;
  /** Groups of features. @declares feature */
  features?: Record<string, FeatureSpec>;
  /** Models trained on features. @declares model */
  models?: Record<string, ModelSpec>;
  /** Where and how models are served. @declares deployment */
  deployments?: Record<string, DeploymentSpec>;
  /** Rules that the project holds itself to. @declares policy */
  policies?: Record<string, PolicySpec>;
  /** What is computed from a few rows, and what has to come out: `mlspec test` runs them. @declares test */
  tests?: Record<string, TestSpec>;
}

/** What masking functions need. */
export interface MaskingSpec {
  /** The key of `mask.keyed_hash` and `mask.tokenise`: programs read it as they run, and no file has it. @example ${secret.hash_key} */
  key: SecretReference;
}

/** Where the project's datasets are kept: `<path>/<project>/<section>/<name>`. */
export interface StorageSpec {
  /** Folder or bucket prefix. @vars @example ./lake @example s3a://acme-fraud/lake */
  path: string;
  /** Table format. */
  format: "delta";
}

/** A cron schedule; runs cover the interval between two ticks. */
export interface ScheduleSpec {
  /** Five-field cron expression. @format cron @vars @example 0 2 * * * */
  cron?: string;
  /** IANA name of the time zone that the cron expression is read in. @format timezone @default UTC @vars @example Europe/Paris */
  timezone?: string;
  /** First day that is processed. @format date @vars @example 2026-01-01 */
  start?: string;
}

/** One place that the project is compiled for. */
export interface EnvironmentSpec {
  /** `local`: this machine, Spark in local mode. `kubernetes`: images in a cluster. */
  runtime: "local" | "kubernetes";
  /** Values of vars in this environment. */
  vars?: Record<string, string | number | boolean>;
  /** Where secrets come from; needed where the project has any. */
  secrets?: SecretsSpec;
  /** Where in a cloud its pods run and its data is kept: docs/policies.md. */
  cloud?: CloudSpec;
  /** Servers that keep feature values for serving; needed where a group says `online: redis` or `online: postgres`. */
  stores?: StoresSpec;
  /** Changes to the spec in this environment: mirrors its structure; maps merge, all else replaces. Where a definition has exactly one of several keys, one that is named here takes the place of the other: `files` that of `kafka`. */
  overrides?: OverridesSpec;
}

/** Where in a cloud an environment is: its pods run nowhere else, and its storage is read and written nowhere else. */
export interface CloudSpec {
  /** Whose cloud. */
  provider: "aws";
  /** Its region. @format region @example eu-west-1 */
  region: string;
}

/** Where an environment's secrets come from: docs/secrets.md. Programs read each from one environment variable. */
export interface SecretsSpec {
  /** `env`: the variables are there already. `kubernetes`: keys of a Secret in the cluster. `airflow`: Variables and Connections of Airflow, where it starts programs itself. */
  from: "env" | "kubernetes" | "airflow";
  /** `kubernetes`: the Secret. It has a key for each secret, of the secret's name. @format object-name @example fraud-secrets */
  name?: string;
  /** What stands before a secret's name: with `env` in its variable, with `airflow` in the key of its Variable. @format secret-prefix @default the project's name and `_`, in capitals with `env` @example FRAUD_ */
  prefix?: string;
  /** `airflow`: the field of a Connection, by secret; all others are Variables. @format connection-field @example shop_db.password */
  connections?: Record<string, string>;
}

/** Servers that keep feature values for serving: docs/online-stores.md. @minItems 1 */
export interface StoresSpec {
  /** The Redis that groups with `online: redis` are kept in. */
  redis?: RedisSpec;
  /** The database that groups with `online: postgres` are kept in. */
  postgres?: PostgresSpec;
}
/** A Redis server, 6.2 or newer, or what speaks like one. */
export interface RedisSpec {
  /** Where it is; without user and password. `rediss://` is with TLS. @format redis-url @example rediss://redis.acme.example:6379/0 */
  url: string;
  /** Who asks, where the server has users. */
  user?: SecretReference;
  /** The password, where the server has one. */
  password?: SecretReference;
}
/** A database of PostgreSQL. */
export interface PostgresSpec {
  /** Where it is; without user and password. Certificates are checked unless `sslmode` says otherwise. @format postgres-url @example postgresql://db.acme.example:5432/features */
  url: string;
  /** Who fills it and reads it. */
  user: SecretReference;
  /** The user's password. */
  password: SecretReference;
}

/** The parts of a project that an environment may change. @mirrors ProjectSpec storage schedule targets entities sources transforms features models deployments */
export type OverridesSpec = Record<string, unknown>;

/** What is written, for which versions of the tools. Other keys name emitters: a package (`@acme/mlspec-flyte`, `mlspec-flyte`) or a file (`./emitters/flyte.mjs`). @plugins TargetSpec */
export interface TargetsSpec {
  /** Airflow DAGs. */
  airflow?: AirflowTargetSpec;
  /** PySpark jobs. */
  spark?: SparkTargetSpec;
  /** Training, serving and batch scoring in Python. */
  python?: PythonTargetSpec;
  /** Dockerfiles and a bake file. Nothing is written where the runtime is local. */
  docker?: DockerTargetSpec;
  /** Kubernetes manifests. Nothing is written where the runtime is local. */
  kubernetes?: KubernetesTargetSpec;
  /** A feature repository for teams that have Feast, and jobs that write values where Feast reads them: docs/feast.md. */
  feast?: FeastTargetSpec;
}

/** What every target that writes data may say: YAML and JSON, as opposed to code. */
export interface TargetSpec {
  /** Changes to what the target writes as data, one after the other, before it is printed: docs/patches.md. */
  patches?: PatchSpec[];
}
/** A change to emitted objects, chosen by `kind`, `name` and `file`: those for which all that is given holds. @exactlyOne merge json_patch */
export interface PatchSpec {
  /** Kind of the objects. @example Deployment */
  kind?: string;
  /** Name of the object. @example fraud-api */
  name?: string;
  /** File that it is in, below the target's folder. @example docker-bake.json */
  file?: string;
  /** JSON Merge Patch (RFC 7386): keys that are set, `null` where one goes. A list replaces the whole list. */
  merge?: Record<string, unknown>;
  /** JSON Patch (RFC 6902): steps, one after the other. @minItems 1 */
  json_patch?: PatchStepSpec[];
}
/** One step of a JSON Patch. */
export interface PatchStepSpec {
  /** What is done. */
  op: "add" | "remove" | "replace" | "move" | "copy" | "test";
  /** Where: a JSON Pointer (RFC 6901). @example /spec/template/spec/containers/0/env/- */
  path: string;
  /** Where the value comes from (`move`, `copy`): a JSON Pointer. */
  from?: string;
  /** The value (`add`, `replace`, `test`). */
  value?: unknown;
}
/** Options of the airflow emitter. */
export interface AirflowTargetSpec {
  /** Range of Airflow versions that every emitted file works on. @format version-range @example >=2.11 <4 */
  version: string;
}
/** Options of the spark emitter. */
export interface SparkTargetSpec {
  /** Versions of Spark that every job works on. @format version-range @example 4.1 */
  version: string;
}
/** Options of the python emitter. */
export interface PythonTargetSpec {}
/** Options of the docker emitter. */
export interface DockerTargetSpec extends TargetSpec {
  /** Registry and organisation that images are pushed to. @vars @example ghcr.io/acme */
  registry: string;
}
/** Options of the kubernetes emitter. */
export interface KubernetesTargetSpec extends TargetSpec {
  /** Versions of the clusters that every manifest works on. @format version-range @example >=1.33 <1.36 */
  version: string;
  /** Namespace that everything is put in. @vars @example fraud */
  namespace: string;
  /** Annotations of every ServiceAccount, by which a cloud knows who a pod is. @vars @example { eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/fraud" } */
  service_account_annotations?: Record<string, string>;
}

/** Options of the feast emitter. */
export interface FeastTargetSpec extends TargetSpec {
  /** Versions of Feast that the repository works on. @format version-range @example 0.67 */
  version: string;
  /** Where Feast keeps its registry: a path from the project's folder, or an address. @vars @default `feast/registry.db` in the project's storage where that is a bucket, else `registry.db` beside the repository */
  registry?: string;
  /** What Feast serves from: a file of the machine, or the Redis that keeps groups of the project. @default sqlite */
  online_store?: "sqlite" | "redis";
}

/** A thing that features describe. */
export interface EntitySpec {
  /** Its key column or columns, by the name they have in every dataset. @example card_id */
  key: string | string[];
  /** What it is. */
  description?: string;
  /** What it was called before: `mlspec plan` then sees a move: docs/plan.md. @example holder */
  renamed_from?: Name;
}

/** What every definition may say. */
export interface DescribedSpec {
  /** What it is, in a sentence. Shown in the emitted code. */
  description?: string;
  /** Who answers for it. @default the project's owner */
  owner?: string;
  /** What it was called before: `mlspec plan` then sees a move, and says what has to move with the name (docs/plan.md). Nothing else changes; take it out once the move is deployed. @example card_payments */
  renamed_from?: Name;
}

/** Data that comes from outside. @exactlyOne files table jdbc kafka */
export interface SourceSpec extends DescribedSpec {
  /** Files of one format. */
  files?: FilesSpec;
  /** A Delta table that others write. */
  table?: TableSpec;
  /** A table of a PostgreSQL database. */
  jdbc?: JdbcSpec;
  /** A topic of Kafka, of which a stream keeps the history: docs/streams.md. Needs `ingested_at: broker` and `lateness`. */
  kafka?: KafkaSpec;
  /** The column or columns that, with the event time, identify a row. */
  key: string | string[];
  /** Column with the time at which the event happened. */
  event_time: string;
  /** Column with the time at which the row became known here; of a topic `broker`, the broker's clock, which adds the column `ingested_at`. Without it, rows count as known at their event time, and those that come after the run of their interval are left out, only counted. */
  ingested_at?: string;
  /** How much later than its event time a row may become known: runs wait for so long; later rows are quarantined as too late. Needs `ingested_at`. */
  lateness?: Duration;
  /** Columns, by name. */
  columns: Record<string, ColumnType | SourceColumnSpec>;
  /** Conditions that rows or the dataset must meet, by name. */
  checks?: Record<string, CheckSpec>;
  /** What the pods of its ingestion ask for; of a topic, that of its stream too. */
  resources?: JobResourcesSpec;
  /** When it is ingested. @default the project's schedule */
  schedule?: ScheduleSpec;
}

/** A column in long form. */
export interface ColumnSpec {
  /** Its type. */
  type: ColumnType;
  /** What it holds. Becomes the column's comment. */
  description?: string;
  /** Personal data: `direct` names a person by itself, `indirect` does together with other data, `sensitive` says something that nobody but the person should decide to tell. What is computed from it is personal data too; stands in the column's comment. */
  pii?: PiiClass;
  /** What it was called before: `mlspec plan` then sees a move: docs/plan.md. @example customer_no */
  renamed_from?: string;
}

/** A column of a source in long form. */
export interface SourceColumnSpec extends ColumnSpec {
  /** `drop`: checks of rows read the column, and it is stored nowhere, nor in the quarantine: docs/policies.md. */
  mask?: "drop";
}

/** Classes of personal data. */
export type PiiClass = "direct" | "indirect" | "sensitive";

/** Files of one format below a path. */
export interface FilesSpec {
  /** Folder or glob. @vars @example ./lake/raw/cards */
  path: string;
  /** Format of the files. CSV is RFC 4180 in UTF-8, each file with a header of its own, and an empty value is NULL; JSON has one value per line. */
  format: "parquet" | "csv" | "json";
}

/** A Delta table that others write. */
export interface TableSpec {
  /** Where the table is. @vars @example s3a://acme/lake/cards */
  path: string;
  /** Its format. */
  format: "delta";
}

/** A table or view of a PostgreSQL database. A run reads the rows of its interval: docs/sources.md. */
export interface JdbcSpec {
  /** Where the database is; without user and password. @format jdbc-url @vars @example jdbc:postgresql://db.acme.example:5432/shop */
  url: string;
  /** Table or view, exactly as the database has it. @format database-table @vars @example public.refunds */
  table: string;
  /** Who reads. */
  user: SecretReference;
  /** The user's password. */
  password: SecretReference;
  /** How many connections read at a time, each a stretch of event time. @minimum 1 @default 1 */
  partitions?: number;
}

/** A topic of Kafka. A stream appends every message, as it came, to the source's history; runs read that. */
export interface KafkaSpec {
  /** Brokers to ask first for all others. @format kafka-servers @vars @example b-1.acme.example:9098,b-2.acme.example:9098 */
  bootstrap_servers: string;
  /** The topic; its brokers say when a message came (`message.timestamp.type=LogAppendTime`), and the stream stops where they do not. @format kafka-topic @vars @example payments.transactions */
  topic: string;
  /** What a message is: one JSON object; one record of CSV (RFC 4180, without a header) with the values of `columns` in their order; one record in the binary encoding of Avro, alone or, `avro_confluent`, behind what Confluent's serializers write before it. */
  format: "json" | "csv" | "avro" | "avro_confluent";
  /** File with the schema of messages in Avro, a record of which `columns` are fields: docs/streams.md. @example schemas/payments.avsc */
  schema?: ProjectPath;
  /** Who reads, where brokers ask. */
  sasl?: KafkaSaslSpec;
  /** Says that brokers are spoken to over TLS; `{}` where their certificates are of a public authority. */
  tls?: KafkaTlsSpec;
  /** How often the stream looks for new messages, at most once a second. @format trigger @default 1m */
  trigger?: string;
  /** Most messages that the stream takes in at a time: the pace at which it catches up. @minimum 1 @default 500000 */
  max_offsets_per_trigger?: number;
  /** Folder with what the stream has begun. It and the history belong together. @vars @default in the history's folder @example s3a://acme-fraud/checkpoints/transactions */
  checkpoint?: string;
}
/** A user and a password by SASL. */
export interface KafkaSaslSpec {
  /** How they are shown. */
  mechanism: "plain" | "scram_sha_256" | "scram_sha_512";
  /** Who reads. */
  user: SecretReference;
  /** The user's password. */
  password: SecretReference;
}
/** Whom to trust, and who we are. */
export interface KafkaTlsSpec {
  /** Certificates of the authorities that brokers are trusted by, as PEM. @default those that Java trusts */
  ca?: SecretReference;
  /** Our own certificate, where brokers ask for one. */
  client?: KafkaClientSpec;
}
/** A certificate of our own. */
export interface KafkaClientSpec {
  /** The certificate and those above it, as PEM. */
  certificate: SecretReference;
  /** Its private key, as PEM (PKCS #8), without a password. */
  key: SecretReference;
}

/** A condition on rows (`expect`, `values`, `not_null`) or on the dataset (`unique`, `freshness`). @exactlyOne expect values not_null unique freshness */
export interface CheckSpec {
  /** Holds for every row: a row where it is false or NULL fails. */
  expect?: Expression;
  /** Allowed values, by column. NULL passes. */
  values?: Record<string, (string | number | boolean)[]>;
  /** Columns that are never NULL. @minItems 1 */
  not_null?: string[];
  /** Columns whose values together are unique among accepted rows: those of a run, and those that are stored. NULL equals nothing. @minItems 1 */
  unique?: string[];
  /** Greatest age of the newest row at the interval's end. */
  freshness?: Duration;
  /** What happens to a row (`quarantine`) or the run (`fail`), or only a count in the log (`warn`). @default quarantine for rows, fail for `unique`, warn for `freshness` */
  on_fail?: "quarantine" | "fail" | "warn";
}

/** A table computed from sources and other transforms: by SQL, or by a function of the project's own. @exactlyOne sql sql_file python */
export interface TransformSpec extends DescribedSpec {
  /** One SELECT statement. @format sql */
  sql?: string;
  /** File with one SELECT statement. @format sql-file @example sql/labelled_payments.sql */
  sql_file?: ProjectPath;
  /** A function in the project's code that gets its inputs as Spark DataFrames and returns one: docs/your-code.md. @format callable @example src/clean.py:clean */
  python?: string;
  /** What the function reads; SQL names that by itself. @references source, transform @minItems 1 */
  inputs?: Name[];
  /** The column or columns that, with the event time, identify a row. @default the key of what it reads, where exactly one passes through unchanged */
  key?: string | string[];
  /** Column with the event time. @default that of what it reads, where exactly one passes through unchanged */
  event_time?: string;
  /** Column with the time at which the row became known. @default that of what it reads, where exactly one passes through unchanged */
  ingested_at?: string;
  /** Its columns, in order, with their types, checked against what the SQL gives, and what a function returns when it runs. @default as the SQL gives them */
  columns?: Record<string, ColumnType | ColumnSpec>;
  /** `view`: computed where it is read. `table`: stored, and recomputed by each run. `incremental`: stored, and a run recomputes only what its interval can have changed: docs/semantics.md. @default view */
  as?: "view" | "table" | "incremental";
  /** How far before its event time the rows lie that a row is computed from: needed for `incremental` where SQL looks at more than one row, and of functions. @example 7d */
  look_back?: Duration;
  /** What the pod that computes a table asks for. */
  resources?: JobResourcesSpec;
  /** When a table is computed. @default the project's schedule */
  schedule?: ScheduleSpec;
}

/** A group of features of one entity, or of the request. @exactlyOne aggregates columns request */
export interface FeatureSpec extends DescribedSpec {
  /** Whom the features describe. @references entity */
  entity?: Name;
  /** The dataset they are computed from. @references source, transform */
  from?: Name;
  /** Aggregates over windows that end at the moment asked about, by name; outputs are named `<name>_<window>`. @format windowed-aggregate @example sum(amount) over [1h, 7d] */
  aggregates?: Record<string, string | AggregateSpec>;
  /** Columns whose latest known value is the feature. @minItems 1 */
  columns?: string[];
  /** Where this holds for the latest row of an entity, the entity is gone: its `columns` are NULL until a later row. @example status = 'closed' */
  deleted_when?: Expression;
  /** Columns known only in the request; in training they come from the observations. @minItems 1 */
  request?: string[];
  /** Values computed from the outputs of this and other groups, and from `at`, the moment asked about. */
  derived?: Record<string, Expression>;
  /** Length of the tiles that windows are put together from. @default 1m up to 1h, 5m up to 12h, 1h up to 12d, else 1d */
  tile?: Duration;
  /** How long after it became known an event counts, in training as when it is served. @default how long the streams take that keep the group current, else 0s @example 5m */
  delay?: Duration;
  /** Where values are kept for serving: in a file that services load, or in the Redis or PostgreSQL of the environment's `stores`: docs/online-stores.md. */
  online?: "sqlite" | "redis" | "postgres";
  /** What the pods that compute tiles and online values ask for. */
  resources?: JobResourcesSpec;
  /** When tiles and online values are computed. @default the project's schedule */
  schedule?: ScheduleSpec;
}

/** An aggregate in long form. The short form is `sum(amount) over [1h, 7d]`. */
export interface AggregateSpec {
  /** The aggregate. @format aggregate @example sum(amount) */
  value: string;
  /** Which rows count. */
  where?: Expression;
  /** Windows: durations, or `all` for the whole past. @format windows */
  over: string | string[];
  /** What it was called before: `mlspec plan` then sees a move: docs/plan.md. @example spending */
  renamed_from?: Name;
}

/** A model: what it learns from, how, and when it is good enough. @exactlyOne estimator train */
export interface ModelSpec extends DescribedSpec {
  /** What is predicted. */
  task: "binary_classification" | "multiclass_classification" | "regression";
  /** Dataset with one row per example: entity keys, event time, request columns, label. @references source, transform */
  observations: Name;
  /** What is learnt. */
  label: LabelSpec;
  /** Inputs: groups, or single outputs as `group.output`. @references feature, output @minItems 1 */
  features: string[];
  /** Importable class, or a factory in the project's code. @format estimator @example sklearn.ensemble.HistGradientBoostingClassifier @example src/model.py:build */
  estimator?: string;
  /** A function in the project's code that takes the training rows, their labels and `params`, and returns the fitted model: docs/your-code.md. @format callable @example src/train.py:train */
  train?: string;
  /** Keyword arguments of the estimator or factory, or the function's `params`. */
  params?: Record<string, unknown>;
  /** How examples are split into training and test rows. */
  split: SplitSpec;
  /** What is measured on the test rows. @minItems 1 @format metric */
  metrics: string[];
  /** What must hold before the model becomes champion. @format gate @example roc_auc >= champion.roc_auc - 0.005 */
  gate?: string[];
  /** What the pods that make its training set, train it and ask its gate ask for. */
  resources?: JobResourcesSpec;
  /** When it is trained. @default the project's schedule */
  schedule?: ScheduleSpec;
}

/** The label of a model. */
export interface LabelSpec {
  /** Column of the observations. */
  column: string;
  /** Time after the event until the label is final; younger observations are left out. @example 30d */
  known_after: Duration;
}

/** How examples are split: the latest are the test rows. */
export interface SplitSpec {
  /** By event time. */
  by: "time";
  /** Share of the test rows. */
  test: Percent;
  /** Time left out between training and test rows. @default 0s */
  gap?: Duration;
}

/** A model in use. */
export interface DeploymentSpec extends DescribedSpec {
  /** Which model; its champion is used. @references model */
  model: Name;
  /** `online`: a service that answers requests. `batch`: rows are scored on schedule. */
  serve: "online" | "batch";
  /** Dataset whose rows of the interval are scored (batch). @references source, transform */
  rows?: Name;
  /** Replicas (online). */
  scale?: ScaleSpec;
  /** What one replica or run asks for. */
  resources?: ResourcesSpec;
  /** When rows are scored (batch). @default the project's schedule */
  schedule?: ScheduleSpec;
}

/** A rule of the project's own: what is refused, what is asked for, or a function that decides. @exactlyOne deny require use */
export interface PolicySpec {
  /** Why there is this rule. Shown where it is broken. */
  description?: string;
  /** Data that must not get somewhere. */
  deny?: DenySpec;
  /** What definitions must say; `checks` asks it of sources. @minItems 1 */
  require?: ("owner" | "description" | "checks")[];
  /** A policy in code: a file (`./policies/naming.mjs`) or an installed package (`@acme/mlspec-naming`). It is given what the compiler knows, and returns what is wrong: docs/policies.md. @example ./policies/naming.mjs */
  use?: string;
  /** Options of the policy in `use`. */
  with?: Record<string, unknown>;
  /** Sections that `require` is about. @default all @minItems 1 */
  of?: ("sources" | "transforms" | "features" | "models" | "deployments")[];
}

/** Data that must not get somewhere, followed by column lineage. Counts and tests for NULL give nothing away. */
export interface DenySpec {
  /** Class or classes of personal data. */
  pii: PiiClass | PiiClass[];
  /** `features`: outputs of feature groups, and the keys that they are stored by. `models`: what training sets hold: inputs, labels, keys. `deployments`: what a service is asked with or answers, rows that are scored, keys beside predictions. `logs`: what a service writes to its prediction log. `regions`: whatever is stored or served in a region that `outside` does not name. @minItems 1 */
  reaching: ("features" | "models" | "deployments" | "logs" | "regions")[];
  /** Regions where the data may be, or all whose names begin alike; `regions` are all others. @format region-pattern @minItems 1 @example [eu-*] */
  outside?: string[];
}

/** Bounds of autoscaling. */
export interface ScaleSpec {
  /** Fewest replicas. @minimum 1 */
  min: number;
  /** Most replicas. @minimum 1 */
  max: number;
  /** CPU utilisation that is aimed at. @default 70% */
  cpu?: Percent;
}

/** Compute resources of a batch job's pod. A Spark job is one pod: it has a thread for each core, and 60 % of the memory is its heap. @minItems 1 */
export interface JobResourcesSpec {
  /** CPU that is asked for; more is used where the node has some to spare. @format cpu @default 1 @example 4 */
  cpu?: string | number;
  /** Memory, asked for and at most. @format memory @default 4Gi for Spark, 2Gi for Python @example 16Gi */
  memory?: string;
}

/** Compute resources, in Kubernetes quantities. @minItems 1 */
export interface ResourcesSpec {
  /** CPU. @format cpu @example 500m */
  cpu?: string | number;
  /** Memory. @format memory @example 1Gi */
  memory?: string;
}

/** An example with its result: `mlspec test` computes it and compares. See docs/tests.md. */
export interface TestSpec {
  /** What it shows, in a sentence. */
  description?: string;
  /** How it is computed: by runs (`batch`), and, for what services look up of feature groups that a stream keeps current, by that stream, in steps (`stream`). By default all that there is. @minItems 1 */
  modes?: ("batch" | "stream")[];
  /** Rows, by source or transform: the raw rows of a source, which pass its checks as they do when they are ingested, or what stands in place of a transform's result. Datasets that are not named have no rows. */
  given: Record<string, Record<string, unknown>[]>;
  /** Rows that have to come out, by name of a source (its accepted rows), a transform, a feature group, a model (its training rows) or an online deployment (the inputs of its model). `SECTION.NAME` says which is meant where several have the name; `quarantine.SOURCE` are the rows that are not accepted. Only the columns that are written are compared. */
  expect: Record<string, Record<string, unknown>[]>;
}
