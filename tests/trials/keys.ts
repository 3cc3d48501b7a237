/** Keys: misspelt, of other tools, in the wrong place, lists in place of maps. */
import { D, F, M, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const keys: readonly Trial[] = [
  fraud("misspelt section", ["unknown-key specs/data.yaml:38 tranforms"], [[D, "transforms:\n", "tranforms:\n"]]),
  fraud("dbt word for section", ["unknown-key specs/data.yaml:38 transformations"], [[D, "transforms:\n", "transformations:\n"]]),
  fraud(
    "key from feast: entities list in feature view",
    [
      "group-incomplete specs/model.yaml:2 card_velocity",
      "unknown-key specs/model.yaml:4 entities",
      "unknown-key specs/model.yaml:5 source",
    ],
    [[F, "    entity: card\n    from: payments", "    entities: [card]\n    source: payments"]],
    "two keys of another tool, of which one has another kind of value too",
  ),
  fraud(
    "misspelt key deep",
    ["unknown-key specs/data.yaml:19 on_failure"],
    [[D, "on_fail: quarantine }\n      known", "on_failure: quarantine }\n      known"]],
  ),
  fraud(
    "camelCase key",
    ["unknown-key specs/data.yaml:6 eventTime"],
    [[D, "    event_time: created_at\n    ingested_at", "    eventTime: created_at\n    ingested_at"]],
  ),
  fraud(
    "kebab key",
    ["unknown-key specs/data.yaml:6 event-time"],
    [[D, "    event_time: created_at\n    ingested_at", "    event-time: created_at\n    ingested_at"]],
  ),
  fraud("upper-case section", ["unknown-key specs/model.yaml:30 Models"], [[F, "models:\n", "Models:\n"]]),
  fraud(
    "key in wrong section: schedule key in root",
    ["unknown-key mlspec.yaml:9 cron", "unknown-key mlspec.yaml:10 timezone", "unknown-key mlspec.yaml:11 start"],
    [[M, 'schedule: { cron: "0 2 * * *", timezone: UTC, start: 2026-01-01 }', 'cron: "0 2 * * *"\ntimezone: UTC\nstart: 2026-01-01']],
    "three keys",
  ),
  fraud(
    "model keys in deployment",
    ["unknown-key specs/model.yaml:56 metrics"],
    [[F, "    rows: payments\n", "    rows: payments\n    metrics: [roc_auc]\n"]],
  ),
  fraud(
    "aggregates in transform",
    ["unknown-key specs/data.yaml:50 aggregates"],
    [[D, "    as: table\n", "    as: table\n    aggregates:\n      n: count(*) over 1h\n"]],
  ),
  fraud("vars in included file", ["definitions-only specs/data.yaml:1 vars"], [[D, "sources:\n", "vars: { x: 1 }\nsources:\n"]]),
  fraud(
    "list in place of map: sources",
    ["yaml-syntax specs/data.yaml:23 - name: cards"],
    [
      [
        D,
        "  cards:\n    description: Card master data, one row per change.",
        "  - name: cards\n    description: Card master data, one row per change.",
      ],
    ],
  ),
  fraud(
    "list of columns dbt",
    ["wrong-type specs/data.yaml:29 - name: card_id"],
    [
      [
        D,
        "    columns: { card_id: string!, home_country: string, credit_limit: double, updated_at: timestamp! }",
        "    columns:\n      - name: card_id\n        type: string\n      - name: home_country\n        type: string\n      - name: credit_limit\n        type: double\n      - name: updated_at\n        type: timestamp",
      ],
    ],
  ),
  fraud(
    "list of aggregates",
    ["wrong-type specs/model.yaml:7 - count(*) over 1h"],
    [
      [
        F,
        "      payment_count: count(*) over [10m, 1h, 24h]\n      spend: sum(amount) over [1h, 7d]\n      largest: max(amount) over 7d\n      merchants: approx_count_distinct(merchant_id) over 24h\n      foreign_count: { value: count(*), where: country <> 'FR', over: 24h }",
        "      - count(*) over 1h\n      - sum(amount) over 1h",
      ],
    ],
  ),
];
