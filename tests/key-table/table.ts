/**
 * Every key of the language, a change of its value, and the emitted files that change with it. A key that is missing here, or whose
 * change leaves the output as it is, fails the test: nothing is accepted and then ignored.
 */
export interface Effect {
  /** Where in the project; default: the key's own path with `*` filled from `at`. */
  readonly at?: string;
  /** The new value; undefined removes the key. */
  readonly to: unknown;
  /** More that has to change so that the project stays right. */
  readonly and?: Readonly<Record<string, unknown>>;
  /** The project is refused, with such a code and message: the key is needed where it has an effect, or it is a rule that is broken. */
  readonly refused?: RegExp;
  /** What changes, below `generated/<environment>/`. */
  readonly changes: RegExp;
}

/** Rows become known at another time, in all that tells it: one alone would be leakage. */
const unsure = { "transforms.sales.columns.customer_id": "string", "transforms.labelled.columns.customer_id": "string" };
const noted = {
  "sources.orders.ingested_at": "noted_at",
  "transforms.sales.ingested_at": "noted_at",
  "transforms.labelled.sql_file": undefined,
  "transforms.labelled.sql":
    "SELECT order_id, customer_id, amount, kind, ordered_at, noted_at AS seen_at, amount < 0 AS returned, amount > 9 AS broken FROM sales",
};

/** A column of which a feature is made becomes personal data that a policy keeps out of features. */
const broken = {
  at: "policies.private.deny.pii",
  to: "sensitive",
  and: { "sources.customers.columns.segment": { type: "string", pii: "sensitive" } },
} as const;

const DAG = /airflow\/.*\.py$/;
const SPARK = /spark\/.*\.py$/;
const PYTHON = /python\/.*/;
const MANIFEST = /kubernetes\/.*/;

const schedule = (at: string): Readonly<Record<string, Effect>> => ({
  cron: { at: `${at}.cron`, to: "30 3 * * *", changes: DAG },
  timezone: { at: `${at}.timezone`, to: "Africa/Abidjan", changes: DAG },
  start: { at: `${at}.start`, to: "2026-02-01", changes: DAG },
});

/** The same table for each place where a schedule may stand. */
function schedules(keys: Readonly<Record<string, string>>): Readonly<Record<string, Effect>> {
  const rows = Object.entries(keys).flatMap(([key, at]) => [
    [key, { at, to: { cron: "15 5 * * *", timezone: "UTC", start: "2026-01-01" }, changes: DAG }] as const,
    ...Object.entries(schedule(at)).map(([name, effect]) => [`${key}.${name}`, effect] as const),
  ]);
  return Object.fromEntries(rows);
}

/** What a job asks for: its pod in a DAG. */
function resources(key: string, at: string): Readonly<Record<string, Effect>> {
  return {
    [key]: { at, to: { cpu: 2, memory: "6Gi" }, changes: DAG },
    [`${key}.cpu`]: { at: `${at}.cpu`, to: 3, changes: DAG },
    [`${key}.memory`]: { at: `${at}.memory`, to: "7Gi", changes: DAG },
  };
}

export const table: Readonly<Record<string, Effect>> = {
  ...schedules({
    schedule: "schedule",
    "sources.*.schedule": "sources.orders.schedule",
    "transforms.*.schedule": "transforms.sales.schedule",
    "features.*.schedule": "features.habits.schedule",
    "models.*.schedule": "models.returns.schedule",
    "deployments.*.schedule": "deployments.nightly.schedule",
  }),
  project: { to: "bazaar", changes: SPARK },
  description: { to: "Other words.", changes: /airflow|python|kubernetes/ },
  owner: { to: "team-z", changes: /airflow|kubernetes/ },
  vars: { to: { lake: "s3://pond/lake" }, changes: SPARK },
  storage: { to: { path: "s3://pond/lake", format: "delta" }, changes: SPARK },
  "storage.path": { to: "s3://pond/lake", changes: SPARK },
  environments: { to: { local: { runtime: "local" } }, changes: /./ },
  "environments.*.runtime": { at: "environments.cloud.runtime", to: "local", changes: MANIFEST },
  "environments.*.vars": { at: "environments.cloud.vars", to: { lake: "s3a://other/lake" }, changes: SPARK },
  "environments.*.overrides": { at: "environments.cloud.overrides", to: undefined, changes: MANIFEST },
  targets: { to: { spark: { version: "4.1" }, python: {} }, changes: DAG },
  "targets.airflow": { to: undefined, changes: DAG },
  "targets.airflow.version": { to: ">=3 <4", changes: DAG },
  "targets.spark": {
    to: undefined,
    and: { "targets.airflow": undefined, "targets.docker": undefined, "targets.kubernetes": undefined },
    changes: SPARK,
  },
  "targets.python": {
    to: undefined,
    and: { "targets.airflow": undefined, "targets.docker": undefined, "targets.kubernetes": undefined },
    changes: PYTHON,
  },
  "targets.docker.patches": { to: [], changes: /docker-bake\.json$/ },
  "targets.kubernetes.patches": { to: [], changes: MANIFEST },
  "targets.*.patches": { at: "targets.mlspec-notes.patches", to: [], changes: /notes\.json$/ },
  "targets.kubernetes.patches.*.kind": { at: "targets.kubernetes.patches.0.kind", to: "Service", changes: MANIFEST },
  "targets.kubernetes.patches.*.name": {
    at: "targets.kubernetes.patches.0",
    to: { kind: "ServiceAccount", name: "shop-spark", merge: { automountServiceAccountToken: true } },
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.file": {
    at: "targets.kubernetes.patches.0.file",
    to: "api.yml",
    refused: /patch-nothing/,
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.merge": {
    at: "targets.kubernetes.patches.0.merge",
    to: { spec: { revisionHistoryLimit: 4 } },
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch": {
    at: "targets.kubernetes.patches.2.json_patch",
    to: [{ op: "remove", path: "/namePrefix" }],
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.op": {
    at: "targets.kubernetes.patches.2.json_patch.1.op",
    to: "move",
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.path": {
    at: "targets.kubernetes.patches.2.json_patch.1.path",
    to: "/x-other",
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.from": {
    at: "targets.kubernetes.patches.2.json_patch.1.from",
    to: "/nameSuffix",
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.value": {
    at: "targets.kubernetes.patches.2.json_patch.0.value",
    to: "-b",
    changes: MANIFEST,
  },
  "targets.docker": { to: undefined, and: { "targets.airflow": undefined, "targets.kubernetes": undefined }, changes: /docker/ },
  "targets.docker.registry": { to: "ghcr.io/other", changes: /docker/ },
  "targets.kubernetes": { to: undefined, changes: MANIFEST },
  "targets.kubernetes.version": { to: "1.33", changes: MANIFEST },
  "targets.kubernetes.namespace": { to: "bazaar", changes: MANIFEST },
  "targets.kubernetes.service_account_annotations": { to: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/shop" }, changes: MANIFEST },
  include: { to: ["more2/*.yaml"], changes: SPARK },
  code: { to: ["src/**"], changes: /docker|kubernetes/ },
  templates: { to: {}, changes: /spark\/ingest_.*\.py$/ },
  entities: { to: { customer: { key: "customer_id", description: "Other." } }, and: { include: undefined }, changes: /./ },
  "entities.*.key": {
    at: "entities.customer.key",
    to: ["customer_id"],
    and: { "entities.customer.key": "kind", "sources.customers.columns.kind": "string" },
    changes: SPARK,
  },
  "entities.*.description": { at: "entities.customer.description", to: "Somebody.", changes: /./ },
  "sources.*.description": { at: "sources.orders.description", to: "Other words.", changes: SPARK },
  ...resources("sources.*.resources", "sources.orders.resources"),
  ...resources("transforms.*.resources", "transforms.sales.resources"),
  ...resources("features.*.resources", "features.habits.resources"),
  ...resources("models.*.resources", "models.returns.resources"),
  "sources.*.owner": { at: "sources.orders.owner", to: "team-z", changes: /airflow|spark/ },
  "sources.*.files": { at: "sources.orders.files", to: { path: "s3://other/raw", format: "csv" }, changes: SPARK },
  "sources.*.files.path": { at: "sources.orders.files.path", to: "s3://other/raw", changes: SPARK },
  "sources.*.files.format": { at: "sources.orders.files.format", to: "csv", changes: SPARK },
  "sources.*.table": { at: "sources.customers.table", to: { path: "s3://other/raw", format: "delta" }, changes: SPARK },
  "sources.*.table.path": { at: "sources.customers.table.path", to: "s3://other/raw", changes: SPARK },
  "sources.*.key": { at: "sources.orders.key", to: ["order_id", "kind"], changes: SPARK },
  "sources.*.event_time": { at: "sources.orders.event_time", to: "shipped_at", changes: SPARK },
  "sources.*.ingested_at": { at: "sources.orders.ingested_at", to: "noted_at", and: noted, changes: SPARK },
  "sources.*.lateness": { at: "sources.orders.lateness", to: "20m", changes: SPARK },
  "sources.*.columns": { at: "sources.orders.columns.extra", to: "string", changes: SPARK },
  "sources.*.columns.*.type": { at: "sources.orders.columns.customer_id.type", to: "string", and: unsure, changes: SPARK },
  "sources.*.columns.*.description": { at: "sources.orders.columns.customer_id.description", to: "Other.", changes: SPARK },
  "sources.*.checks": { at: "sources.orders.checks", to: undefined, changes: SPARK },
  "sources.*.checks.*.expect": { at: "sources.orders.checks.positive.expect", to: "amount > 1", changes: SPARK },
  "sources.*.checks.*.values": { at: "sources.orders.checks.kinds.values", to: { kind: ["web"] }, changes: SPARK },
  "sources.*.checks.*.not_null": { at: "sources.orders.checks.present.not_null", to: ["kind"], changes: SPARK },
  "sources.*.checks.*.unique": { at: "sources.orders.checks.once.unique", to: ["customer_id"], changes: SPARK },
  "sources.*.checks.*.freshness": { at: "sources.orders.checks.fresh.freshness", to: "2h", changes: SPARK },
  "sources.*.checks.*.on_fail": { at: "sources.orders.checks.positive.on_fail", to: "fail", changes: SPARK },
  "transforms.*.description": { at: "transforms.sales.description", to: "Other words.", changes: SPARK },
  "transforms.*.owner": { at: "transforms.sales.owner", to: "team-z", changes: /airflow|spark/ },
  "transforms.*.sql": {
    at: "transforms.sales.sql",
    to: "SELECT order_id, customer_id, amount * 2 AS amount, kind, ordered_at, shipped_at, seen_at, noted_at FROM orders",
    changes: /spark\/sql\/sales\.sql$/,
  },
  "transforms.*.sql_file": { at: "transforms.labelled.sql_file", to: "sql/other.sql", changes: /spark\/sql\/labelled\.sql$/ },
  "transforms.*.key": { at: "transforms.sales.key", to: ["order_id", "kind"], changes: SPARK },
  "transforms.*.event_time": { at: "transforms.sales.event_time", to: "shipped_at", changes: SPARK },
  "transforms.*.ingested_at": { at: "transforms.sales.ingested_at", to: "noted_at", and: noted, changes: SPARK },
  "transforms.*.columns": { at: "transforms.sales.columns.customer_id", to: "string", and: unsure, changes: /./ },
  "transforms.*.columns.*.type": { at: "transforms.sales.columns.kind.type", to: "int", refused: /^column-type-differs/, changes: /./ },
  "transforms.*.columns.*.description": {
    at: "transforms.labelled.columns.kind",
    to: { type: "string", description: "Other." },
    changes: PYTHON,
  },
  "transforms.*.as": {
    at: "transforms.sales.as",
    to: "view",
    and: { "transforms.sales.schedule": undefined, "transforms.sales.resources": undefined },
    changes: SPARK,
  },
  "features.*.description": { at: "features.habits.description", to: "Other words.", changes: /spark|python/ },
  "features.*.owner": { at: "features.habits.owner", to: "team-z", changes: /./ },
  "features.*.entity": { at: "features.habits.entity", to: "shop", changes: SPARK },
  "features.*.from": { at: "features.habits.from", to: "orders", changes: SPARK },
  "features.*.aggregates": { at: "features.habits.aggregates.orders", to: "count(*) over [1h, 7d, 14d]", changes: SPARK },
  "features.*.aggregates.*.value": { at: "features.habits.aggregates.web.value", to: "max(amount)", changes: SPARK },
  "features.*.aggregates.*.where": { at: "features.habits.aggregates.web.where", to: "kind = 'shop'", changes: SPARK },
  "features.*.aggregates.*.over": { at: "features.habits.aggregates.web.over", to: ["1h", "24h"], changes: SPARK },
  "features.*.columns": { at: "features.profile.columns", to: ["segment"], changes: SPARK },
  "features.*.request": { at: "features.basket.request", to: ["amount"], changes: PYTHON },
  "features.*.derived": { at: "features.habits.derived.share", to: "web_1h / nullif(orders_1h, 0)", changes: /spark|python/ },
  "features.*.tile": { at: "features.habits.tile", to: "5m", changes: SPARK },
  "features.*.online": { at: "features.profile.online", to: undefined, refused: /online/, changes: /./ },
  "sources.*.columns.*.pii": { at: "sources.orders.columns.noted_at", to: { type: "timestamp!", pii: "sensitive" }, changes: SPARK },
  "transforms.*.columns.*.pii": { at: "transforms.labelled.columns.kind", to: { type: "string", pii: "sensitive" }, changes: PYTHON },
  "policies.*.description": {
    ...broken,
    and: { ...broken.and, "policies.private.description": "Changed" },
    refused: /policy-denies.*Changed/,
    changes: /./,
  },
  "policies.*.deny": {
    at: "policies.private.deny",
    to: { pii: ["indirect", "sensitive"], reaching: ["features"] },
    and: broken.and,
    refused: /policy-denies.*segment.*out of features/,
    changes: /./,
  },
  "policies.*.deny.pii": { ...broken, refused: /policy-denies.*segment.*out of features/, changes: /./ },
  "policies.*.deny.reaching": {
    at: "policies.private.deny.reaching",
    to: ["models"],
    and: { ...broken.and, "policies.private.deny.pii": "sensitive" },
    refused: /policy-denies.*segment.*out of models/,
    changes: /./,
  },
  "policies.*.require": { at: "policies.owned.require", to: ["checks"], refused: /policy-requires.*customers.*checks/, changes: /./ },
  "policies.*.of": {
    at: "policies.owned.of",
    to: ["models"],
    and: { "policies.owned.require": ["description"] },
    refused: /policy-requires.*refunds.*description/,
    changes: /./,
  },
  "models.*.description": { at: "models.returns.description", to: "Other words.", changes: PYTHON },
  "models.*.owner": { at: "models.returns.owner", to: "team-z", changes: /./ },
  "models.*.task": {
    at: "models.refunds.task",
    to: "multiclass_classification",
    and: { "models.refunds.metrics": ["accuracy"], "models.refunds.label.column": "order_id" },
    changes: PYTHON,
  },
  "models.*.observations": {
    at: "models.refunds.observations",
    to: "labelled_too",
    and: {
      "transforms.labelled_too": {
        sql_file: "sql/other.sql",
        key: "order_id",
        event_time: "ordered_at",
        ingested_at: "seen_at",
        columns: {
          order_id: "string!",
          customer_id: "string!",
          amount: "double",
          kind: "string",
          ordered_at: "timestamp!",
          seen_at: "timestamp!",
          returned: "boolean",
          broken: "boolean",
        },
      },
    },
    changes: SPARK,
  },
  "models.*.label": { at: "models.returns.label.column", to: "broken", changes: /spark|python/ },
  "models.*.label.column": { at: "models.returns.label.column", to: "broken", changes: /spark|python/ },
  "models.*.label.known_after": { at: "models.returns.label.known_after", to: "10d", changes: SPARK },
  "models.*.features": { at: "models.returns.features", to: ["habits", "profile", "basket"], changes: /spark|python/ },
  "models.*.estimator": { at: "models.returns.estimator", to: "src/model.py:build", changes: PYTHON },
  "models.*.train": { at: "models.refunds.train", to: "src/train.py:other", changes: PYTHON },
  "models.*.params": { at: "models.returns.params.max_iter", to: 11, changes: PYTHON },
  "models.*.split": { at: "models.returns.split.test", to: "10%", changes: PYTHON },
  "models.*.split.test": { at: "models.returns.split.test", to: "10%", changes: PYTHON },
  "models.*.split.gap": { at: "models.returns.split.gap", to: "2d", changes: PYTHON },
  "models.*.metrics": { at: "models.returns.metrics", to: ["roc_auc"], changes: PYTHON },
  "models.*.gate": { at: "models.returns.gate", to: ["roc_auc >= 0.6"], changes: PYTHON },
  "deployments.*.description": { at: "deployments.api.description", to: "Other words.", changes: /./ },
  "deployments.*.owner": { at: "deployments.nightly.owner", to: "team-z", changes: DAG },
  "deployments.*.model": { at: "deployments.nightly.model", to: "refunds", changes: /spark|python/ },
  "deployments.*.serve": {
    at: "deployments.nightly.serve",
    to: "online",
    and: { "deployments.nightly.rows": undefined, "deployments.nightly.schedule": undefined },
    changes: PYTHON,
  },
  "deployments.*.rows": { at: "deployments.nightly.rows", to: "labelled", changes: SPARK },
  "deployments.*.scale": {
    at: "deployments.api.scale",
    to: undefined,
    and: { "environments.cloud.overrides": undefined },
    changes: MANIFEST,
  },
  "deployments.*.scale.min": { at: "environments.cloud.overrides.deployments.api.scale.min", to: 4, changes: MANIFEST },
  "deployments.*.scale.max": { at: "environments.cloud.overrides.deployments.api.scale.max", to: 10, changes: MANIFEST },
  "deployments.*.scale.cpu": { at: "deployments.api.scale.cpu", to: "50%", changes: MANIFEST },
  "deployments.*.resources": {
    at: "deployments.api.resources",
    to: undefined,
    and: { "deployments.nightly.resources": undefined },
    changes: /airflow|kubernetes/,
  },
  "deployments.*.resources.cpu": { at: "deployments.api.resources.cpu", to: "750m", changes: MANIFEST },
  "deployments.*.resources.memory": { at: "deployments.api.resources.memory", to: "2Gi", changes: MANIFEST },
};

/** Keys with one possible value, all others being refused: there is nothing to change them to. */
export const single: ReadonlySet<string> = new Set([
  "mlspec",
  "targets.spark.version",
  "storage.format",
  "sources.*.table.format",
  "models.*.split.by",
]);

/** Maps of definitions: their entries are the keys that count. */
export const maps: ReadonlySet<string> = new Set(["sources", "transforms", "features", "models", "deployments", "policies"]);
