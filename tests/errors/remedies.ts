/** How the mistake of each code is put right: what a page shows beside it. Tests make the change and see that nothing is wrong any more. */
import { avroRemedies } from "./remedies-avro.js";
import { madeRemedies } from "./remedies-made.js";
import type { Outcome } from "./run.js";

export type Remedy = Edited | Made;
type Change = readonly [from: string | RegExp, to: string];

/** A change of the files of a case. */
export interface Edited {
  readonly case: string;
  /** Texts and what replaces them, by file. A text is found once; `""` stands for the end of the file, which may be new. */
  readonly edits?: Readonly<Record<string, readonly Change[]>>;
  /** The fixes that the diagnostics carry. */
  readonly fix?: true;
}

/** Where the cause is not in a file of the project: an emitter, the output on disk, how the command was called. */
export interface Made {
  readonly case: string;
  readonly after: () => Outcome;
  /** What the change is, as Markdown. */
  readonly shown: string;
}

/** A change of `mlspec.yaml`. */
const edit = (of: string, ...edits: readonly Change[]): Edited => ({ case: of, edits: { "mlspec.yaml": edits } });
const fix = (of: string): Edited => ({ case: of, fix: true });

const REST = `storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments: { local: { runtime: local } }
targets: { spark: { version: "4.1" }, python: {} }
`;

const ORDERS = `sources:
  orders:
    files: { path: ./raw/orders, format: parquet }
    key: order_id
    event_time: ordered_at
    columns: { order_id: string!, amount: double, ordered_at: timestamp! }
`;

export const remedies: Readonly<Record<string, Remedy>> = {
  "bad-name": edit("camel_case", ["customerOrders:", "customer_orders:"]),
  "bad-substitution": edit("environment_variable", ["storage: { path: \"${HOME}/lake\"", "vars: { lake: ./lake }\nstorage: { path: \"${var.lake}\""]),
  "bad-value": edit(
    "aggregates",
    ["a: sum(amount)\n", "a: sum(amount) over 7d\n"],
    ["b: sum(amount over 1h", "b: sum(amount) over 1h"],
    ["[1h, 60m]", "[1h, 2h]"],
    ["[1x]", "[1d]"],
    ["value: total", "value: count(*)"],
    ["[1h, forever]", "[1h, all]"],
    ["columns: { order_id: string!,", "columns: { order_id: string!, customer_id: string!,"],
  ),
  "check-action": edit("quarantine", ["on_fail: quarantine", "on_fail: fail"]),
  "code-nothing": edit("typo", ["scr/**, requirements.txt", "src/**"]),
  "column-not-declared": edit("extra", ["amount: \"decimal(12,2)\", ordered_at: timestamp! }", "amount: \"decimal(12,2)\", ordered_at: timestamp!, country: string }"]),
  "column-not-selected": edit("missing", ["SELECT order_id, customer_id, ordered_at", "SELECT order_id, customer_id, amount, ordered_at"]),
  "column-order": edit("swapped", ["amount, customer_id, ordered_at", "customer_id, amount, ordered_at"]),
  "column-type-differs": edit("type", ["CAST(amount AS double) AS amount", "amount"]),
  "sql-unresolved-column": edit("column", ["ammount AS", "amount AS"]),
  "sql-ambiguous-reference": edit("join", ["SELECT order_id", "SELECT a.order_id"]),
  "sql-missing-aggregation": edit("group_by", ["GROUP BY order_id", "GROUP BY order_id, customer_id"]),
  "sql-datatype-mismatch": edit("operators", ["ordered_at > amount", "ordered_at > DATE'2026-01-01'"], ["ELSE ordered_at END", "ELSE 0 END"], ["CAST(returned AS timestamp_ntz)", "CAST(ordered_at AS timestamp_ntz)"]),
  "sql-wrong-arguments": edit("count", ["nullif(amount)", "nullif(amount, 0)"]),
  "sql-column-count": edit("union", ["customer_id, amount FROM", "customer_id, amount, ordered_at FROM"]),
  "sql-misplaced": edit("aggregate_in_where", ["WHERE amount > avg(amount)", "WHERE amount > (SELECT avg(amount) FROM orders WHERE ordered_at < '2026-01-01')"]),
  "sql-invalid-clause": edit("position", ["ORDER BY 7", "ORDER BY 4"]),
  "sql-not-modelled": edit("collation", ["country COLLATE UTF8_LCASE AS", "lower(country) AS"]),
  "columns-needed": edit("transform", ["COLLATE UTF8_LCASE AS country", "AS country"]),
  "comment-cut": fix("open_quote"),
  "comment-or-text": edit("hash_without_space", ["shop #1", "shop # the first one"]),
  cycle: edit("derived", ["a: b + 1", "a: total_1d + 1"]),
  "definitions-only": { case: "storage", edits: { "specs/data.yaml": [["storage: { path: ./lake, format: delta }\n", ""]] } },
  "deployment-key": edit("rows_and_scale", [", rows: orders }", " }"], ["serve: batch, scale: { min: 1, max: 2 }", "serve: batch, rows: orders"]),
  "duplicate-column": edit("select", ["ordered_at, Amount", "ordered_at"]),
  "broker-time": edit("column", ["ingested_at: sent_at", "ingested_at: broker"]),
  "database-on-machine": edit("pods", ["localhost/shop", "db.shop.example/shop"]),
  "duplicate-secret": edit("twice", [", db_user]", "]"]),
  "duplicate-definition": { case: "source_and_transform", edits: { "specs/more.yaml": [["  orders:", "  orders_once:"]] } },
  "duplicate-input": edit("twice", ["[spending, context.amount, context]", "[spending, context]"]),
  "duplicate-key": { case: "byte_order_mark", edits: { "mlspec.yaml": [["project: shop\nmlspec: v1\n", "project: shop\n"]] } },
  "duplicate-output": edit("derived", ["total_1d: total_7d", "total_next: total_7d"]),
  "empty-file": { case: "included", edits: { "specs/data.yaml": [["# to be written\n", ORDERS]] } },
  "entity-key": fix("nowhere"),
  "exactly-one": edit("both", ["    table: { path: ./orders, format: delta }\n", ""]),
  "expression-syntax": edit("checks", ["country <> 'FR }", "country <> 'FR' }"], ["amount > }", "amount > 0 }"]),
  "expression-too-deep": edit("brackets", ["(".repeat(70) + "returned" + ")".repeat(70), "returned"]),
  "fixture-idle": edit("not_read", [/      orders:\n.*received_at: 2026-01-01T10:00:00Z \}\n(?=      large)/, ""]),
  "fixture-incomplete": edit(
    "left_out",
    ["{ order_id: o1, amount: 5, ordered_at: 2026-01-01T10:00:00Z }", "{ order_id: o1, customer_id: c1, amount: 5, ordered_at: 2026-01-01T10:00:00Z, received_at: 2026-01-01T10:00:01Z }"],
    ["{ order_id: o2, amount: 5, ordered_at: 2026-01-01T10:00:00Z }", "{ order_id: o2, customer_id: c1, amount: 5, ordered_at: 2026-01-01T10:00:00Z, received_at: 2026-01-01T10:00:01Z }"],
    ["{ customer: c1, total_1d: 5 }", "{ customer: c1, at: 2026-01-01T11:00:00Z, total_1d: 10 }"],
  ),
  "fixture-value": {
    case: "each_kind",
    edits: {
      "mlspec.yaml": [
        [/\{ order_id: 17, .*\}/, "{ order_id: \"17\", customer_id: c1, ordered_at: 2026-01-01T10:00:00Z, received_at: 2026-02-28T10:00:00Z }"],
        [/amount: 12\.345, .* gift: "yes"/, "amount: 12.34, pieces: 3, weight: 1.5, gift: true"],
        [/amount: 0\.1234567890123456789, .* address: \{ town: Rome \}/, "amount: \"0.12\", due: 2026-02-28, local_time: 2026-01-01T10:00:00, tags: [red], address: { city: Rome }"],
        [/tags: \[red, 7\], .* received_at: 2026-01-01T10:00:00\+25:00/, "tags: [red, \"7\"], address: { city: Rome }, prices: { a: 2.5 }, photo: \"00ff\", ordered_at: 2026-01-02T00:00:00Z, received_at: 2026-01-02T02:00:00+02:00"],
        ["customer_id: c2, at: yesterday, total_1d: \"7\"", "at: 2026-01-01T11:00:00Z, total_1d: 7"],
        ["to_late", "too_late"],
        ["check: negative", "check: positive"],
      ],
    },
  },
  "folded-sql": fix("folded"),
  "gate-range": edit("never", ["roc_auc >= 1.5", "roc_auc >= 0.8"]),
  "gate-shape": edit("no_comparison", ["roc_auc >= 0.5 and roc_auc < 1", "roc_auc >= 0.5"]),
  "group-incomplete": edit("no_entity", ["  spending:\n", "  spending:\n    entity: customer\n"]),
  "function-arguments": { case: "train", edits: { "src/train.py": [["label)", "label, params)"]] } },
  "function-needs": edit("both", ["    as: table\n", "    inputs: [orders]\n    columns: { order_id: string!, amount: double }\n    as: table\n"]),
  "group-key": edit("request", ["request: [amount, country], from: orders", "request: [amount, country]"]),
  "history-lost": edit("latest", ["\n      FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY ordered_at DESC) AS place FROM orders)\n      WHERE place = 1", " FROM orders"]),
  "impossible-cron": edit("february", ["0 0 31 2 *", "0 0 28 2 *"]),
  "include-nothing": edit("typo", ["include: [spec/*.yaml]\n", ""]),
  "include-outside": { case: "up", edits: { "mlspec.yaml": [["../specs", "specs"]], "specs/data.yaml": [["", ORDERS]] } },
  "inputs-of-sql": edit("select", ["    inputs: [orders]\n", ""]),
  "look-back-idle": edit("table", ["    look_back: 7d\n", ""]),
  "not-incremental": edit("window", ["OVER (ORDER BY ordered_at)", "OVER (ORDER BY ordered_at RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW)"], ["row_number()", "count(*)"], ["as: incremental\n", "as: incremental\n    look_back: 7d\n"]),
  "key-not-text": edit("list", ["  ? [customer]\n  : { key", "  customer: { key"]),
  "known-later": edit(
    "joined",
    ["SELECT o.*, r.refunded_at", "SELECT o.*, r.refunded_at, greatest(o.received_at, r.seen_at) AS known_at"],
    ["ingested_at: received_at\n    columns: { order_id: string!, customer_id: string!, amount: double, ordered_at: timestamp!, received_at: timestamp!, refunded_at: timestamp }", "ingested_at: known_at"],
  ),
  "known-time-lost": edit(
    "transform",
    ["ordered_at FROM orders\n", "ordered_at, received_at FROM orders\n    ingested_at: received_at\n"],
    ["amount: double, ordered_at: timestamp! }\nfeatures", "amount: double, ordered_at: timestamp!, received_at: timestamp! }\nfeatures"],
  ),
  "label-repeated": edit("status", ["known_after: 30d", "known_after: 0s"]),
  "label-leaks": edit("through-a-transform", ["lost: sum(lost) over 30d", "lost: sum(amount) over 30d"]),
  "knowledge-time-assumed": edit("source", [
    "event_time: changed_at\n    columns: { customer_id: string!, segment: string, changed_at: timestamp! }",
    "event_time: changed_at\n    ingested_at: loaded_at\n    lateness: 1h\n    columns: { customer_id: string!, segment: string, changed_at: timestamp!, loaded_at: timestamp! }",
  ]),
  "label-unsettled": edit("week", ["known_after: 7d", "known_after: 30d"]),
  "label-type": edit("text", ["column: country", "column: returned"]),
  "large-request": edit("cpu", ["cpu: 500,", "cpu: 500m,"]),
  "lateness-alone": edit("source", ["    lateness: 10m\n", ""]),
  "lateness-assumed": edit("source", ["ingested_at: loaded_at", "ingested_at: loaded_at\n    lateness: 1h"]),
  "lateness-needed": edit("source", [/ingested_at: received_at\n {4}columns(?=.*\ntransforms)/, "ingested_at: received_at\n    lateness: 1h\n    columns"]),
  "looks-ahead": edit(
    "lead",
    ["lead(amount) OVER (PARTITION BY customer_id ORDER BY ordered_at) AS other_amount", "lag(amount) OVER (PARTITION BY customer_id ORDER BY ordered_at) AS other_amount"],
  ),
  "masking-key-needed": edit(
    "no_key",
    ["owner: team-a\n", 'owner: team-a\nsecrets: [hash_key]\nmasking: { key: "${secret.hash_key}" }\n'],
    ["local: { runtime: local }", "local: { runtime: local, secrets: { from: env } }"],
  ),
  "may-fail": edit("division", ["total_1d / total_7d", "total_1d / nullif(total_7d, 0)"]),
  "missing-parameter": edit("factory", ["{ depth: 6 }", "{ depth: 6, rate: 0.1 }"]),
  "missing-key": edit("project", ["mlspec: v1\n", "mlspec: v1\nproject: shop\n"]),
  "no-project": { case: "other_name", edits: { "mlspec.yaml": [["", `mlspec: v1\nproject: shop\n${REST}`]] } },
  "no-such-function": fix("near"),
  "no-such-file": { case: "sql", edits: { "sql/paid.sql": [["", "SELECT order_id, amount, ordered_at FROM orders\n"]] } },
  "not-a-map": edit("list", [/^[^]*$/, `mlspec: v1\nproject: shop\n${REST}`]),
  "not-a-time": edit("event_time", ["event_time: country", "event_time: ordered_at"]),
  "not-boolean": edit("number", ["amount + 1", "amount > 0"]),
  "not-in-code": edit("train", ["entities:", "code: [lib/**]\nentities:"]),
  "not-one-of": fix("near"),
  "not-online": edit("group", ["over [1d, 7d]\" }\n", "over [1d, 7d]\" }\n    online: sqlite\n"]),
  "not-utf8": edit("latin1", [/^[^]*$/, `mlspec: v1\nproject: shop\ndescription: Café\n${REST}`]),
  "not-yet-supported": edit(
    "several",
    ["upper(country) = 'FR'", "country = 'FR'"],
    ["country rlike '^F'", "country like 'F%'"],
    ["top_k(amount, 3)", "avg(amount)"],
  ),
  "not-in-version": edit("spark", ["spark: { version: \">=4.0 <4.2\" }", "spark: { version: \"4.1\" }"]),
  "number-version": edit("ten", ["4.10", "\"4.1\""]),
  "package-needed": { case: "no_requirements", edits: { "requirements.txt": [["", "lightgbm==4.6.0\n"]] } },
  "parameter-type": edit("factory", ['"6"', "6"], ["names: a", "names: [a]"]),
  "path-on-machine": edit("pods", ["path: ./raw/orders", 'path: "${var.lake}/raw/orders"']),
  "cloud-idle": edit("folder", ["    cloud: { provider: aws, region: eu-west-1 }\n", ""]),
  "other-region": edit("servers", ["use1.cache", "euw1.cache"], ["us-east-1.rds", "eu-west-1.rds"]),
  "region-unknown": edit("production", ["lake: \"s3a://acme-shop/lake\" }", "lake: \"s3a://acme-shop/lake\" }\n    cloud: { provider: aws, region: eu-west-1 }"]),
  "dropped-column": edit("key", ["order_id: { type: string, mask: drop }", "order_id: string"], ["ordered_at: { type: timestamp, mask: drop }", "ordered_at: timestamp"], ["unique: [email]", "not_null: [email]"]),
  "policy-denies": edit(
    "features",
    ["owner: team-a\n", 'owner: team-a\nsecrets: [hash_key]\nmasking: { key: "${secret.hash_key}" }\n'],
    ["local: { runtime: local }", "local: { runtime: local, secrets: { from: env } }"],
    ["lower(email)", "mask.keyed_hash(lower(email))"],
  ),
  "policy-idle": edit(
    "several",
    ["reaching: [features] }, of: [sources]", "reaching: [features] }"],
    ["  nobody: { deny: { pii: [], reaching: [features] } }\n", ""],
    ["reaching: [regions] }", "reaching: [regions], outside: [eu-*] }"],
    ["reaching: [features], outside: [eu-*] }", "reaching: [features] }"],
    ["require: [owner], with: { longest: 30 }", "require: [owner]"],
    ["require: [checks], of: [features]", "require: [description], of: [features]"],
  ),
  "policy-requires": edit("checks", ["      received_at: timestamp!\nfeatures:", "      received_at: timestamp!\n    checks: { ordered_before: { expect: ordered_at <= received_at, on_fail: quarantine } }\nfeatures:"]),
  "prototype-key": edit("proto", ["__proto__", "proto"]),
  "request-types": edit("two_models", ["CAST(amount AS DOUBLE) AS amount", "amount"], ["amount: double, country: string, returned: boolean!, ordered_at: timestamp! }\nfeatures", "amount: \"decimal(12,2)\", country: string, returned: boolean!, ordered_at: timestamp! }\nfeatures"]),
  "reserved-column": edit("entity-key", ["key: events", "key: customer_id"], ["events: string!", "customer_id: string!"]),
  "renamed-from": edit("still_there", ["    renamed_from: context\n", "    renamed_from: outlay\n"]),
  "resources-idle": edit("one_machine", ["    resources: { cpu: 2, memory: 4Gi }\n", ""]),
  "scale-bounds": edit("exchanged", ["min: 4, max: 2", "min: 2, max: 4"]),
  "schedule-incomplete": edit("no_start", ["cron: \"0 2 * * *\" }", "cron: \"0 2 * * *\", start: 2026-01-01 }"]),
  "schedules-do-not-align": edit("zones", [", timezone: Europe/Paris", ""]),
  "several-documents": { case: "two", edits: { "mlspec.yaml": [["---\n", ""]] } },
  "split-comma": fix("decimal"),
  "sql-any-order": edit("collected", ["collect_list(order_id) AS", "array_sort(collect_list(order_id)) AS"]),
  "sql-not-a-select": edit("insert", ["INSERT INTO archive SELECT * FROM orders", "SELECT order_id, customer_id, amount, ordered_at FROM orders"]),
  "sql-not-one-statement": edit("two", ["SELECT * FROM orders;\n      SELECT 1\n", "SELECT order_id, customer_id, amount, ordered_at FROM orders\n"]),
  "sql-not-reproducible": edit("chance", ["rand() < 0.1", "pmod(xxhash64(order_id), 100) < 10"]),
  "sql-not-spark": edit("qualify", [
    /FROM orders\n +QUALIFY[^\n]*/,
    "FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY ordered_at) AS place FROM orders)\n      WHERE place = 1",
  ]),
  "sql-starts-program": edit("transform", [
    /SELECT TRANSFORM[^]*?\n +USING [^\n]*/,
    "SELECT trim(order_id) AS order_id, customer_id, amount, ordered_at",
  ]),
  "sql-syntax": edit("ends_early", ["customer_id\n      FROM\n", "customer_id, amount, ordered_at\n      FROM orders\n"]),
  "sql-time-travel": edit(
    "version",
    ["FROM orders FOR SYSTEM_TIME AS OF '2026-01-01' AS o\n", "FROM orders AS o\n      WHERE o.received_at < TIMESTAMP '2026-01-01'\n"],
    ["FROM orders VERSION AS OF 5", "FROM orders WHERE received_at < TIMESTAMP '2026-01-01'"],
  ),
  "sql-too-deep": edit("long_chain", [/SELECT \* FROM orders WHERE amount = 0 OR[^\n]*/, "SELECT order_id, customer_id, amount, ordered_at FROM orders WHERE amount BETWEEN 0 AND 1000"]),
  "substitution-here": edit("description", ["vars: { lake: ./lake }\n", ""], ["${var.lake}", "./lake"]),
  "tab-indentation": edit("tab", ["\tcustomer", "  customer"]),
  "stream-keeps-all": edit("shorthand", ["over [7d, all]", "over [7d, 365d]"]),
  "test-ambiguous": edit("two", ["orders: [{ customer: c1", "features.orders: [{ customer: c1"]),
  "test-not-online": edit("batch", ["nightly: [{ customer: c1, at: 2026-01-01T11:00:00Z, spending__total_1d: 5 }]", "spending: [{ customer: c1, at: 2026-01-01T11:00:00Z, total_1d: null }]"]),
  "test-not-streamed": edit(
    "some",
    ["      bought: [{ order_id: o1, amount: 5 }]\n", ""],
    ["spend_1d: 5, spend_7d: 5", "spend_7d: 5"],
  ),
  "test-proves-nothing": edit(
    "nothing",
    ["      large_orders: [{ order_id: o1, amount: 5 }]\n", ""],
    ["at: 2026-01-01T11:00:00Z }", "at: 2026-01-01T11:00:00Z, total_1d: 5 }"],
    ["  empty: { given: {}, expect: {} }\n", ""],
  ),
  "store-needed": edit("nowhere", ["local: { runtime: local }", 'local: { runtime: local, stores: { redis: { url: "redis://localhost:6379/0" } } }']),
  "dropped-in-topic": edit("note", ["note: { type: string, mask: drop }", "note: string"]),
  "stream-lateness": edit("no_lateness", ["ingested_at: broker", "ingested_at: broker\n    lateness: 10m"]),
  "time-needed": edit("transform", ["AND n.ordered_at > o.ordered_at\n", "AND n.ordered_at > o.ordered_at\n    event_time: next_at\n"]),
  "too-deep": edit("lists", [/x-deep: [^\n]*\n/, ""]),
  "too-few": edit("environments", ["environments: {}", "environments: { local: { runtime: local } }"]),
  "too-small": edit("scale", ["min: 0", "min: 1"]),
  "type-mismatch": edit("several", ["amount > '0'", "amount > 0"], ["amount and returned", "amount > 0 and returned"], ["sum(country) over 7d", "sum(amount) over 7d"]),
  "unfit-estimator": edit("regressor", ["RandomForestRegressor", "RandomForestClassifier"]),
  "unfit-type": edit("csv", ["lines: \"array<string>\"", "lines: string"]),
  "unknown-aggregate": edit("typing_mistake", ["summ(amount)", "sum(amount)"]),
  "unknown-column": edit(
    "everywhere",
    ["amout", "amount"],
    ["order_idd", "order_id"],
    ["contry", "country"],
    ["total_7, 0", "total_7d, 0"],
    ["contxt", "context"],
    ["total_1,", "total_1d,"],
    ["roc_auk", "roc_auc"],
  ),
  "unknown-estimator": fix("slip"),
  "unknown-function": edit("typing_mistake", ["coalesc(", "coalesce("]),
  "unknown-key": fix("near"),
  "unknown-metric": edit("typing_mistake", ["acuracy, rmse", "accuracy"]),
  "unknown-parameter": fix("slip"),
  "unknown-reference": edit("near", ["custmer", "customer"], ["ordrs", "orders"], ["spendings.total, spending", "spending"]),
  "unknown-table": fix("typing_mistake"),
  "secret-here": edit("description", ["Read by ${secret.db_user}.", "Refunds of the shop."]),
  "secret-literal": edit("password", [/(?<=password: )\*+/, '"${secret.db_password}"']),
  "secret-source": edit("env_in_pods", ["from: env", "from: kubernetes, name: shop-secrets"]),
  "secret-variable": edit("home", ["db_user, home", "db_user, db_password"], ["${secret.home}", "${secret.db_password}"]),
  "secrets-needed": edit("cluster", ["runtime: kubernetes }", "runtime: kubernetes, secrets: { from: kubernetes, name: shop-secrets } }"]),
  "unknown-secret": edit("near", ["${secret.db_pasword}", "${secret.db_password}"]),
  "unused-masking-key": edit(
    "no_call",
    ['secrets: [hash_key]\nmasking: { key: "${secret.hash_key}" }\n', ""],
    ["{ runtime: local, secrets: { from: env } }", "{ runtime: local }"],
  ),
  "unused-secret": edit("idle", [", token]", "]"]),
  "unused-store": edit("no-group", ["online: sqlite", "online: redis"]),
  "unknown-var": edit("near", ["var.lak}", "var.lake}"], ["rav: x", "raw: x"]),
  "unnamed-column": edit("expression", ["amount * 2", "CAST(amount * 2 AS decimal(12,2)) AS amount"]),
  "unsupported-version": edit("all", ["version: \"3.5\"", "version: \"4.1\""], [">=2.9 <4", ">=2.11 <4"], ["1.20", "1.34"]),
  "unused-definition": edit("entity", [/sources:[^]*$/, ""]),
  "unused-var": edit("one", ["vars: { lake: ./lake }\n", ""]),
  "value-type": edit("many-digits", ["1234567890123456.5", "123456789012.5"]),
  "var-type": edit("text_for_number", ["lake: 1 }", "lake: ./lake }"], ["lake: one", "lake: ./local"]),
  "view-key": edit("resources", ["    resources: { cpu: 2, memory: 8Gi }\n", ""]),
  "window-size": edit("half-a-second", ["tile: 500ms", "tile: 1h"]),
  "weak-mask": edit(
    "hashed",
    ["owner: team-a\n", 'owner: team-a\nsecrets: [hash_key]\nmasking: { key: "${secret.hash_key}" }\n'],
    ["local: { runtime: local }", "local: { runtime: local, secrets: { from: env } }"],
    ["sha2(concat('shop', email), 256)", "mask.keyed_hash(email)"],
  ),
  "filled-on-schedule": edit("joined", ["SELECT *, count(*) OVER (PARTITION BY customer_id ORDER BY ordered_at RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) AS place FROM orders", "SELECT *, IF(amount > 100, 1, 3) AS place FROM orders"]),
  "window-within-delay": edit("stream", ["over [2m, 7d]", "over [15m, 7d]"]),
  "window-shorter-than-refresh": edit("daily", ['schedule: { cron: "0 2 * * *", start: 2026-01-01 }', 'schedule: { cron: "0 * * * *", start: 2026-01-01 }'], ["over [1h, 24h, 30d]", "over [2h, 24h, 30d]"]),
  "wrong-type": edit("list_for_number", ["min: [1]", "min: 1"]),
  "yaml-anchor": edit("anchor_and_alias", ["&first 2026-01-01", "2026-01-01"], ["*first", "2026-01-01"]),
  "yaml-merge-key": edit("merge", ["    <<: { key: order_id }\n", ""]),
  "yaml-syntax": edit("colon_in_value", ["description: Orders: all of them", 'description: "Orders: all of them"']),
  "yaml-tag": edit("tag", ["!!str shop", "shop"]),
  ...avroRemedies,
  ...madeRemedies,
};
