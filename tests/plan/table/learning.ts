/** Changes of feature groups, models and deployments. */
import { base, others } from "../../key-table/base.js";
import {
  API,
  NIGHTLY,
  readers,
  ALL,
  FROM_HABITS,
  TRAIN_RETURNS,
  BOTH_MODELS,
  HABITS_ON,
  habitsChange,
  compatible,
  type Row,
} from "./rows.js";

export const learning: Readonly<Record<string, Row>> = {
  // Feature groups.
  "a window more": habitsChange({ "features.habits.aggregates.orders": "count(*) over [1h, 7d, 14d]" }),
  "another aggregate": habitsChange({ "features.habits.aggregates.web.value": "max(amount)" }),
  "a filter": habitsChange({ "features.habits.aggregates.web.where": "kind = 'shop'" }),
  "the length of tiles": habitsChange({ "features.habits.tile": "5m" }),
  "where a group takes its events from": habitsChange({ "features.habits.from": "orders" }),
  "a derived value": {
    edits: { "features.habits.derived.share": "web_1h / nullif(orders_1h, 0)" },
    classes: { "features.habits": "online" },
    on: [API, NIGHTLY, ...BOTH_MODELS],
    steps: ["pause", "deploy", "retrain", "retrain", "roll_out"],
    programs: FROM_HABITS.slice(2),
  },
  "a new derived value": {
    edits: { "features.habits.derived.more": "orders_7d + 1" },
    classes: { "features.habits": "online" },
    on: [API, NIGHTLY, ...BOTH_MODELS],
    programs: FROM_HABITS.slice(2),
  },
  "an aggregate that goes": {
    edits: { "features.habits.aggregates.web": undefined, "features.habits.derived": undefined },
    classes: { "features.habits": "breaking" },
    on: HABITS_ON,
    steps: ALL,
    programs: FROM_HABITS,
  },
  "a group that no model uses": {
    edits: {},
    files: { "more/entities.yaml": (others["more/entities.yaml"] ?? "").replace("over 1h", "over 2h") },
    classes: { "features.by_shop": "backfill" },
    on: ["features.by_shop"],
    steps: ["pause", "deploy", "backfill", "resume"],
    programs: ["features_by_shop.py"],
  },
  "a column more of the latest": {
    edits: { "features.profile.columns": ["segment", "age", "customer_id"] },
    classes: { "features.profile": "online" },
    on: [API],
    steps: ["pause", "deploy", "backfill", "resume", "roll_out"],
    programs: ["materialise_profile.py"],
  },
  "a request column less": {
    edits: { "features.basket.request": ["amount"] },
    classes: { "features.basket": "breaking" },
    on: [NIGHTLY, API, "clients of deployments.api", "models.returns"],
    programs: TRAIN_RETURNS,
  },
  "a new group": {
    edits: { "features.recent": { entity: "customer", from: "sales", aggregates: { seen: "count(*) over 1h" } } },
    classes: { "features.recent": "backfill" },
    on: ["features.recent"],
    programs: ["features_recent.py"],
  },
  "the key of an entity": {
    edits: { "entities.customer.key": "kind", "sources.customers.columns.kind": "string" },
    classes: { "entities.customer": "breaking", "sources.customers": "breaking" },
    on: [
      "clients of deployments.api",
      API,
      NIGHTLY,
      "features.clicked",
      "features.habits",
      "features.refunded",
      ...BOTH_MODELS,
      "sources.customers",
    ],
  },

  // Models.
  "a parameter": {
    edits: { "models.returns.params.max_iter": 11 },
    classes: { "models.returns": "backfill" },
    on: ["models.returns"],
    steps: ["pause", "deploy", "retrain", "resume"],
    programs: TRAIN_RETURNS,
  },
  "the test share": {
    edits: { "models.returns.split.test": "10%" },
    classes: { "models.returns": "backfill" },
    on: ["models.returns"],
    programs: TRAIN_RETURNS,
  },
  "the label": {
    edits: { "models.returns.label.column": "broken" },
    classes: { "models.returns": "backfill" },
    on: ["models.returns"],
    programs: TRAIN_RETURNS,
  },
  "when a label is known": {
    edits: { "models.returns.label.known_after": "10d" },
    classes: { "models.returns": "backfill" },
    on: ["models.returns"],
    programs: TRAIN_RETURNS,
  },
  "the estimator": {
    edits: { "models.returns.estimator": "src/model.py:build" },
    classes: { "models.returns": "backfill" },
    on: ["models.returns"],
    programs: TRAIN_RETURNS,
  },
  "a gate": compatible("models.returns", { "models.returns.gate": ["roc_auc >= 0.6"] }),
  metrics: compatible("models.returns", { "models.returns.metrics": ["roc_auc"] }),
  "when a model is trained": compatible(
    "models.returns",
    { "models.returns.schedule": { cron: "0 5 * * 0", timezone: "UTC", start: "2026-01-01" } },
    ["pause", "deploy", "resume", "clean"],
  ),
  "an input more": {
    edits: { "models.returns.features": ["habits", "clicked", "profile", "basket"] },
    classes: { "models.returns": "online" },
    on: [API, NIGHTLY, "models.returns"],
    steps: ["pause", "deploy", "retrain", "resume", "roll_out"],
    programs: TRAIN_RETURNS,
  },
  "an input less": {
    edits: { "models.returns.features": ["habits", "clicked", "basket"] },
    classes: { "models.returns": "breaking" },
    on: [API, NIGHTLY, "models.returns"],
    programs: TRAIN_RETURNS,
  },
  "code that trains a model": {
    edits: {},
    files: { "src/train.py": "def train(inputs, label, params): return 1\n" },
    classes: { code: "backfill" },
    on: ["models.refunds"],
    programs: ["training_refunds.py", "train_refunds.py", "gate_refunds.py"],
  },
  "a new model": {
    edits: { "models.third": { ...base.models.refunds, train: undefined, estimator: "sklearn.linear_model.LogisticRegression" } },
    classes: { "models.third": "backfill" },
    on: ["models.third"],
    programs: ["training_third.py", "train_third.py", "gate_third.py"],
  },
  "a model that goes": {
    edits: { "models.refunds": undefined },
    classes: { "models.refunds": "compatible" },
    on: [],
    steps: ["deploy", "clean"],
  },

  // Deployments.
  replicas: compatible("deployments.api", { "environments.cloud.overrides.deployments.api.scale.min": 4 }),
  resources: compatible("deployments.nightly", { "deployments.nightly.resources.memory": "4Gi" }),
  "another model of a service": {
    edits: { "deployments.api.model": "refunds" },
    classes: { "deployments.api": "breaking" },
    on: [API, "clients of deployments.api"],
  },
  "rows of a batch deployment": compatible("deployments.nightly", { "deployments.nightly.rows": "labelled" }),
  "a service that goes": {
    edits: { "deployments.api": undefined, "environments.cloud.overrides": undefined, "targets.kubernetes.patches": [] },
    classes: { "deployments.api": "breaking", "targets.kubernetes": "compatible" },
    on: ["clients of deployments.api"],
  },
  "a batch deployment that goes": {
    edits: { "deployments.nightly": undefined },
    classes: { "deployments.nightly": "breaking" },
    on: [readers("predictions/nightly")],
    steps: ["deploy", "clean"],
  },
  "a new deployment": compatible("deployments.weekly", { "deployments.weekly": { model: "refunds", serve: "batch", rows: "sales" } }, [
    "deploy",
    "roll_out",
  ]),
};
