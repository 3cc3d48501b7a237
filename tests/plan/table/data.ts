/** Changes of sources and transforms. */
import { base } from "../../key-table/base.js";
import {
  NIGHTLY,
  API,
  readers,
  DEPLOY,
  ALL,
  CLEANED,
  FROM_SALES,
  ORDERS_ON,
  TRAIN_RETURNS,
  SALES_ON,
  ordersChange,
  compatible,
  SALES,
  LABELLED,
  schedule,
  type Row,
} from "./rows.js";

export const data: Readonly<Record<string, Row>> = {
  // Sources.
  "a column that nothing reads": {
    edits: { "sources.refunds.columns.extra": "string" },
    classes: { "sources.refunds": "compatible" },
    on: [],
    steps: DEPLOY,
  },
  "a column that a function may read": {
    edits: { "sources.orders.columns.extra": "string" },
    classes: { "sources.orders": "backfill" },
    on: ["sources.orders", CLEANED],
    steps: ["pause", "deploy", "backfill", "resume"],
    programs: ["ingest_orders.py", "transform_cleaned.py"],
  },
  "a column that is not stored any more": {
    edits: { "sources.refunds.columns.kind": { type: "string", mask: "drop" } },
    classes: { "sources.refunds": "breaking" },
    on: [readers("sources/refunds")],
    steps: ["pause", "alter", "alter", "deploy", "backfill", "resume"],
    programs: ["ingest_refunds.py"],
  },
  "where a source comes from": ordersChange({ "sources.orders.files.path": "s3://other/raw" }),
  "the format of a source": ordersChange({ "sources.orders.files.format": "csv" }),
  "a source's lateness": ordersChange({ "sources.orders.lateness": "20m" }),
  "a source's key": ordersChange({ "sources.orders.key": ["order_id", "kind"] }),
  "a source's event time": {
    ...ordersChange({
      "sources.orders.event_time": "shipped_at",
      "transforms.recent.event_time": "shipped_at",
      "transforms.recent.sql": base.transforms.recent.sql.replaceAll("ordered_at", "shipped_at"),
    }),
    classes: { "sources.orders": "breaking", "transforms.recent": "breaking" },
    on: [...ORDERS_ON, readers("transforms/recent")],
  },
  "how a column is masked": {
    edits: { "transforms.recent.sql": base.transforms.recent.sql.replace("keyed_hash", "tokenise") },
    classes: { "transforms.recent": "backfill" },
    on: ["transforms.recent"],
    steps: ["pause", "deploy", "backfill", "resume"],
    programs: ["transform_recent.py"],
  },
  "a source's knowledge time": {
    edits: { "sources.customers.ingested_at": "changed_at", "sources.customers.lateness": "1h" },
    classes: { "sources.customers": "online" },
    on: [API, NIGHTLY, "models.returns", "sources.customers"],
    steps: ["pause", "deploy", "backfill", "retrain", "roll_out"],
    programs: ["ingest_customers.py", "materialise_profile.py", ...TRAIN_RETURNS],
  },
  "a check that quarantines": ordersChange({ "sources.orders.checks.positive.expect": "amount > 1" }),
  "a check that goes": ordersChange({ "sources.orders.checks.positive": undefined }),
  "a check that quarantined and only warns now": ordersChange({ "sources.orders.checks.positive.on_fail": "warn" }),
  "a column that must have a value": ordersChange({ "sources.orders.columns.amount": "double!" }),
  "a check that stops the run": compatible("sources.orders", { "sources.orders.checks.odd": { expect: "amount < 9000", on_fail: "fail" } }),
  freshness: compatible("sources.orders", { "sources.orders.checks.fresh.freshness": "2h" }),
  "a column's type": {
    edits: { "sources.customers.columns.age": "bigint" },
    classes: { "sources.customers": "breaking" },
    on: [API, NIGHTLY, "models.returns", readers("sources/customers"), "sources.customers"],
    steps: ["pause", "alter", "deploy", "backfill", "retrain", "roll_out"],
    programs: ["ingest_customers.py", "materialise_profile.py", ...TRAIN_RETURNS],
  },
  // What said that a row is deleted goes with it.
  "a column that goes": {
    edits: {
      "sources.customers.columns.age": undefined,
      "features.profile.columns": ["segment"],
      "features.profile.deleted_when": undefined,
    },
    classes: { "sources.customers": "breaking", "features.profile": "online" },
    on: [readers("sources/customers"), API, NIGHTLY, "models.returns"],
    steps: ["pause", "deploy", "backfill", "retrain", "roll_out"],
    programs: ["materialise_profile.py", ...TRAIN_RETURNS],
  },
  "a source that begins earlier": {
    edits: { "sources.orders.schedule": schedule("2025-12-01") },
    classes: { "sources.orders": "backfill" },
    on: ["sources.orders"],
    programs: ["ingest_orders.py"],
  },
  "a new source": {
    edits: { "sources.visits": { ...base.sources.customers, table: undefined, files: { path: "s3://x/visits", format: "json" } } },
    classes: { "sources.visits": "backfill" },
    on: ["sources.visits"],
    programs: ["ingest_visits.py"],
  },

  // Transforms.
  "a look-back that is longer": {
    edits: { "transforms.recent.look_back": "2d" },
    classes: { "transforms.recent": "backfill" },
    on: ["transforms.recent"],
    programs: ["transform_recent.py"],
  },
  "a column of a transform, computed otherwise": {
    edits: { "transforms.sales.sql": SALES.replace("amount,", "amount * 2 AS amount,") },
    classes: { "transforms.sales": "online" },
    on: SALES_ON,
    steps: ALL,
    programs: FROM_SALES,
  },
  "which rows a transform has": {
    edits: { "transforms.sales.sql": `${SALES} WHERE amount > 0` },
    classes: { "transforms.sales": "online" },
    on: SALES_ON,
    steps: ALL,
    programs: FROM_SALES,
  },
  "a new column of a stored transform": {
    edits: {
      "transforms.sales.sql": SALES.replace(" FROM orders", ", amount * 2 AS twice FROM orders"),
      "transforms.sales.columns.twice": "double",
    },
    classes: { "transforms.sales": "compatible" },
    on: [],
    steps: DEPLOY,
  },
  "how a label is made": {
    edits: {},
    files: { "sql/labelled.sql": LABELLED.replace("amount < length(kind) AS returned", "amount < 1 + length(kind) AS returned") },
    classes: { "transforms.labelled": "backfill" },
    on: ["models.returns"],
    steps: ["pause", "deploy", "retrain", "resume"],
    programs: TRAIN_RETURNS,
  },
  "a table that becomes a view": {
    edits: { "transforms.sales.as": "view", "transforms.sales.schedule": undefined, "transforms.sales.resources": undefined },
    classes: { "transforms.sales": "breaking" },
    on: [readers("transforms/sales")],
    steps: ["deploy", "clean"],
  },
  "a view that becomes a table": {
    edits: { "transforms.labelled.as": "table" },
    classes: { "transforms.labelled": "backfill" },
    on: ["transforms.labelled"],
    programs: ["transform_labelled.py"],
  },
};
