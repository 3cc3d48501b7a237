/** Sources, secrets, templates, policies, environments, tests, targets. */
import { D, F, M, O, T, churn, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const things: readonly Trial[] = [
  fraud(
    "target left out",
    ["airflow/needs-program mlspec.yaml:20 airflow", "docker/needs-program mlspec.yaml:22 docker"],
    [[M, "  python: {}\n", ""]],
    "each environment lacks another program first",
  ),
  fraud(
    "function without key and time",
    ["time-needed specs/data.yaml:45 labelled_payments"],
    [
      [
        D,
        "    sql_file: sql/labelled_payments.sql\n    event_time: created_at",
        "    python: src/clean.py:clean\n    inputs: [payments]\n    columns: { transaction_id: string!, card_id: string!, amount: double, country: string, created_at: timestamp!, is_fraud: boolean! }",
      ],
      ["src/clean.py", () => "def clean(inputs, as_of):\n    return inputs['payments']\n"],
    ],
  ),
  fraud(
    "cyclic transforms",
    ["cycle specs/data.yaml:44 labelled_payments"],
    [
      [
        D,
        "      FROM transactions\n",
        "      FROM transactions WHERE transaction_id NOT IN (SELECT transaction_id FROM labelled_payments)\n",
      ],
    ],
  ),
  fraud("self reference", ["cycle specs/data.yaml:44 payments"], [[D, "      FROM transactions\n", "      FROM payments\n"]]),
  fraud(
    "missing secret",
    ["unknown-secret specs/data.yaml:31 db_user", "unknown-secret specs/data.yaml:31 db_password"],
    [
      [
        D,
        '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }',
        '    jdbc: { url: "jdbc:postgresql://db:5432/x", table: public.cb, user: "${secret.db_user}", password: "${secret.db_password}" }',
      ],
    ],
    "two secrets",
  ),
  fraud(
    "secret literal",
    ["secret-literal specs/data.yaml:31 *****", "secret-literal specs/data.yaml:31 *******"],
    [
      [
        D,
        '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }',
        '    jdbc: { url: "jdbc:postgresql://db:5432/x", table: public.cb, user: admin, password: hunter2 }',
      ],
    ],
    "two secrets",
  ),
  fraud(
    "secret in url",
    ["missing-key specs/data.yaml:31 jdbc", "bad-value specs/data.yaml:31 db:5432"],
    [
      [
        D,
        '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }',
        '    jdbc: { url: "jdbc:postgresql://admin:hunter2@db:5432/x", table: public.cb }',
      ],
    ],
    "the two keys are missing as well",
  ),
  fraud(
    "mysql",
    ["missing-key specs/data.yaml:31 jdbc", "bad-value specs/data.yaml:31 jdbc:mysql://db:3306/x"],
    [[D, '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }', '    jdbc: { url: "jdbc:mysql://db:3306/x", table: cb }']],
    "the two keys are missing as well",
  ),
  fraud(
    "pulsar not there",
    ["unknown-key specs/data.yaml:31 pulsar"],
    [[D, '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }', '    pulsar: { bootstrap_servers: "b:9092", topic: cb }']],
  ),
  fraud(
    "kafka by habit",
    ["missing-key specs/data.yaml:31 kafka"],
    [[D, '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }', '    kafka: { bootstrap_servers: "b:9092", topic: cb }']],
  ),
  fraud(
    "two source kinds",
    ["exactly-one specs/data.yaml:32 table", "missing-key specs/data.yaml:32 table"],
    [
      [
        D,
        '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }',
        '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }\n    table: { path: x }',
      ],
    ],
    "the second lacks a key of its own",
  ),
  fraud(
    "no source kind",
    ["exactly-one specs/data.yaml:29 chargebacks"],
    [[D, '    files: { path: "${var.lake}/raw/chargebacks", format: parquet }\n', ""]],
  ),
  fraud(
    "template wrong hole",
    ["template-refused mlspec.yaml:30 airflow/dag.py"],
    [
      [M, "include:", "templates:\n  airflow/dag.py: templates/dag.py.hbs\ninclude:"],
      ["templates/dag.py.hbs", () => "# {{comment nope}}\n{{ dag_id }}\n"],
    ],
  ),
  fraud(
    "template unknown name",
    ["template-refused mlspec.yaml:30 airflow/dags.py"],
    [
      [M, "include:", "templates:\n  airflow/dags.py: templates/dag.py.hbs\ninclude:"],
      ["templates/dag.py.hbs", () => "x\n"],
    ],
  ),
  fraud(
    "template file missing",
    ["no-such-file mlspec.yaml:30 templates/dag.py.hbs"],
    [[M, "include:", "templates:\n  airflow/dag.py: templates/dag.py.hbs\ninclude:"]],
  ),
  fraud(
    "pii true",
    ["wrong-type specs/data.yaml:11 true"],
    [[D, "      card_id: string!\n      merchant", "      card_id: { type: string!, pii: true }\n      merchant"]],
  ),
  fraud(
    "env missing var",
    ["unknown-var mlspec.yaml:15 lak"],
    [[M, 'vars: { lake: "s3a://acme-fraud/lake" }', 'vars: { lak: "s3a://acme-fraud/lake" }']],
  ),
  fraud("var undefined", ["unknown-var mlspec.yaml:15 lake"], [[M, "vars:\n  lake: ./lake\n", "vars:\n  brokers: x\n"]]),
  fraud(
    "var used in wrong place",
    ["substitution-here specs/model.yaml:5 ${var.table}"],
    [[F, "    from: payments", '    from: "${var.table}"']],
  ),
  fraud(
    "override misspelt",
    ["unknown-reference mlspec.yaml:17 fraud_apis"],
    [[M, "fraud_api: { scale: { min: 4, max: 24 } }", "fraud_apis: { scale: { min: 4, max: 24 } }"]],
  ),
  fraud(
    "override wrong level",
    ["unknown-key mlspec.yaml:17 fraud_api"],
    [
      [
        M,
        "overrides: { deployments: { fraud_api: { scale: { min: 4, max: 24 } } } }",
        "overrides: { fraud_api: { scale: { min: 4, max: 24 } } }",
      ],
    ],
  ),
  fraud("override min above max", ["scale-bounds mlspec.yaml:17 40"], [[M, "{ min: 4, max: 24 }", "{ min: 40, max: 24 }"]]),
  fraud("runtime wrong", ["not-one-of mlspec.yaml:14 k8s"], [[M, "runtime: kubernetes", "runtime: k8s"]]),
  fraud(
    "python no function named",
    ["bad-value specs/data.yaml:47 src/clean.py"],
    [
      [
        D,
        "    sql_file: sql/labelled_payments.sql",
        "    python: src/clean.py\n    inputs: [payments]\n    columns: { transaction_id: string!, created_at: timestamp! }",
      ],
      ["src/clean.py", () => "def clean(inputs, as_of):\n    return inputs['payments']\n"],
    ],
  ),
  fraud(
    "python dotted",
    ["bad-value specs/data.yaml:47 src.clean.clean"],
    [
      [
        D,
        "    sql_file: sql/labelled_payments.sql",
        "    python: src.clean.clean\n    inputs: [payments]\n    columns: { transaction_id: string!, created_at: timestamp! }",
      ],
      ["src/clean.py", () => "def clean(inputs, as_of):\n    return inputs['payments']\n"],
    ],
  ),
  fraud(
    "test unknown table",
    ["unknown-reference specs/tests.yaml:5 payment"],
    [
      [
        T,
        "      payments:\n        - { transaction_id: t1, card_id: c1, merchant_id: m1, country: DE, amount: 30, created_at: 2026-01-01T10:00:00Z, received_at: 2026-01-01T10:00:01Z }\n        - { transaction_id: t2",
        "      payment:\n        - { transaction_id: t1, card_id: c1, merchant_id: m1, country: DE, amount: 30, created_at: 2026-01-01T10:00:00Z, received_at: 2026-01-01T10:00:01Z }\n        - { transaction_id: t2",
      ],
    ],
  ),
  fraud("test wrong output", ["unknown-column specs/tests.yaml:13 spend_1hr"], [[T, "spend_1h: 42.5", "spend_1hr: 42.5"]]),
  fraud(
    "test wrong time",
    ["fixture-value specs/tests.yaml:16 2026-01-01 11:01"],
    [[T, "at: 2026-01-01T11:01:00Z", "at: 2026-01-01 11:01"]],
  ),
  fraud(
    "test without at",
    ["fixture-incomplete specs/tests.yaml:17 { card: c2, payment_count_1h: 0, spend_1h: null, spend_ratio"],
    [[T, "{ card: c2, at: 2026-01-01T10:30:00Z, payment_count_1h: 0, spend_1h: null", "{ card: c2, payment_count_1h: 0, spend_1h: null"]],
  ),
  fraud(
    "test card_id in place of card",
    [],
    [
      [
        T,
        "{ card: c2, at: 2026-01-01T10:30:00Z, payment_count_1h: 0, spend_1h: null",
        "{ card_id: c2, at: 2026-01-01T10:30:00Z, payment_count_1h: 0, spend_1h: null",
      ],
    ],
  ),
  fraud("target unknown", ["unknown-key mlspec.yaml:23 dagster"], [[M, "  python: {}\n", "  python: {}\n  dagster: {}\n"]]),
  fraud("target null", ["wrong-type mlspec.yaml:22 python"], [[M, "  python: {}\n", "  python:\n"]]),
  fraud(
    "targets list",
    ["wrong-type mlspec.yaml:20 - airflow"],
    [
      [
        M,
        '  airflow: { version: ">=2.11 <4" }\n  spark: { version: "4.1" }\n  python: {}\n  docker: { registry: ghcr.io/acme }\n  kubernetes: { version: "1.34", namespace: fraud }',
        "  - airflow\n  - spark\n  - python",
      ],
    ],
  ),
  fraud(
    "k8s namespace wrong",
    ["kubernetes/invalid-namespace mlspec.yaml:24 Fraud_Prod"],
    [[M, "namespace: fraud", "namespace: Fraud_Prod"]],
  ),
  fraud(
    "docker registry with scheme",
    ["docker/invalid-registry mlspec.yaml:23 https://ghcr.io/acme"],
    [[M, "registry: ghcr.io/acme", "registry: https://ghcr.io/acme"]],
  ),
  fraud("storage scheme", [], [[M, '"s3a://acme-fraud/lake"', '"s3://acme-fraud/lake"']]),
  fraud("storage typo delta", ["not-one-of mlspec.yaml:8 deltalake"], [[M, "format: delta", "format: deltalake"]]),
  fraud(
    "absolute sql path",
    ["bad-value specs/data.yaml:47 /opt/sql/labelled_payments.sql"],
    [[D, "sql/labelled_payments.sql", "/opt/sql/labelled_payments.sql"]],
  ),
  fraud("windows path", ["bad-value specs/data.yaml:47 \\"], [[D, "sql/labelled_payments.sql", "sql\\labelled_payments.sql"]]),
  fraud("dotdot path", ["bad-value specs/data.yaml:47 .."], [[D, "sql/labelled_payments.sql", "../sql/labelled_payments.sql"]]),
  fraud(
    "sql and sql_file",
    ["exactly-one specs/data.yaml:47 sql_file"],
    [[D, "    sql_file: sql/labelled_payments.sql", "    sql_file: sql/labelled_payments.sql\n    sql: SELECT 1 AS a"]],
  ),
  fraud("as materialized", ["not-one-of specs/data.yaml:49 materialized_view"], [[D, "    as: table\n", "    as: materialized_view\n"]]),
  fraud("materialized key", ["unknown-key specs/data.yaml:49 materialized"], [[D, "    as: table\n", "    materialized: table\n"]]),
  fraud("no event time on join", [], [[D, "    event_time: created_at\n    as: table", "    as: table"]]),
  churn(
    "misspelt window",
    ["bad-value specs/model.yaml:7 month"],
    [[F, "order_count: count(*) over [7d, 30d]", "order_count: count(*) over [7d, 1month]"]],
  ),
  churn("csv header key", ["unknown-key specs/data.yaml:7 header"], [[D, "format: csv }", "format: csv, header: true }"]]),
  churn("interval in sql", [], [[O, "INTERVAL 30 DAYS", "INTERVAL 30 DAY"]]),
  churn("interval wrong", [], [[O, "INTERVAL 30 DAYS", "INTERVAL '30 days'"]]),
  churn("pandas type", ["bad-value specs/data.yaml:15 object"], [[D, "amount: double!", "amount: object"]]),
  churn(
    "now()",
    ["sql-not-reproducible sql/outcomes.sql:7 now()"],
    [[O, "later.ordered_at <= o.ordered_at + INTERVAL 30 DAYS", "later.ordered_at <= now()"]],
  ),
];
