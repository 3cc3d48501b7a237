/** Changes of how a project is written, and of its prose. */
import { metadata, none, SALES, LABELLED, type Row } from "./rows.js";

export const writing: Readonly<Record<string, Row>> = {
  // Nothing.
  "a user's own key": none({ "x-team": "a", "features.habits.x-ticket": "ML-1" }),
  "a default that is written out": none({ "transforms.labelled.as": "view", "models.refunds.split.gap": "0s" }),
  "the long form of an aggregate": none({ "features.habits.aggregates.orders": { value: "count( * )", over: ["1h", "7d"] } }),
  "the long form of a column": none({ "sources.orders.columns.amount": { type: "double" } }),
  "a duration in other units": none({ "sources.orders.lateness": "600s", "models.returns.label.known_after": "720h" }),
  "a key as a list": none({ "sources.orders.key": ["order_id"] }),
  "blanks in an expression": none({ "features.habits.derived.share": "web_1h/nullif( orders_7d , 0 )" }),
  "an SQL file under another name": none({ "transforms.labelled.sql_file": "sql/moved.sql" }, { "sql/moved.sql": LABELLED }),

  // Prose.
  "a source's description": metadata("sources.orders", { "sources.orders.description": "Other words." }),
  "a source's owner": metadata("sources.orders", { "sources.orders.owner": "team-z" }),
  "a column's description": metadata("sources.orders", { "sources.orders.columns.customer_id.description": "Other." }),
  "a feature group's description": metadata("features.habits", { "features.habits.description": "Other words." }),
  "a model's description": metadata("models.returns", { "models.returns.description": "Other words." }),
  "a deployment's owner": metadata("deployments.nightly", { "deployments.nightly.owner": "team-z" }),
  "an entity's description": metadata("entities.customer", { "entities.customer.description": "Somebody." }),
  "a transform's description": metadata("transforms.sales", { "transforms.sales.description": "Other words." }),
  "the project's description": metadata("project", { description: "Other words." }),
  "the project's owner": metadata("project", { owner: "team-z" }),
  "SQL that is written otherwise": metadata("transforms.sales", {
    "transforms.sales.sql": `${SALES.replace("FROM orders", "-- all of them\n from ORDERS").replace("SELECT ", "select\n  ")}`,
  }),
  "blanks in a gate": metadata("models.returns", { "models.returns.gate": ["roc_auc  >=  0.5"] }),
};
