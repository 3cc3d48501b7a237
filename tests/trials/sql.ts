/** SQL in a block, in a file, of other databases. */
import { D, L, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const sql: readonly Trial[] = [
  fraud(
    "sql keyword typo block",
    ["sql-not-a-select specs/data.yaml:42 SELCT"],
    [[D, "      SELECT transaction_id, card_id", "      SELCT transaction_id, card_id"]],
  ),
  fraud("sql FORM", ["sql-syntax specs/data.yaml:44 FORM"], [[D, "      FROM transactions", "      FORM transactions"]]),
  fraud("sql trailing comma", ["sql-syntax specs/data.yaml:43 ,"], [[D, "AS amount\n", "AS amount,\n"]]),
  fraud(
    "sql missing comma",
    ["unknown-column specs/model.yaml:10 merchant_id"],
    [[D, "merchant_id, country, created_at", "merchant_id country, created_at"]],
  ),
  fraud(
    "sql missing comma twice",
    ["sql-syntax specs/data.yaml:42 created_at"],
    [[D, "merchant_id, country, created_at", "merchant_id country created_at"]],
  ),
  fraud(
    "sql unclosed paren",
    ["sql-syntax specs/data.yaml:43 AS"],
    [[D, "CAST(amount AS DOUBLE) AS amount", "CAST(amount AS DOUBLE AS amount"]],
  ),
  fraud(
    "sql unclosed quote",
    ["sql-syntax sql/labelled_payments.sql:7 'x AS is_fraud"],
    [[L, "c.transaction_id IS NOT NULL AS is_fraud", "c.transaction_id = 'x AS is_fraud"]],
  ),
  fraud("sql semicolon", [], [[L, "c.transaction_id = p.transaction_id", "c.transaction_id = p.transaction_id;"]]),
  fraud("sql folded", ["folded-sql specs/data.yaml:41 >"], [[D, "    sql: |\n", "    sql: >\n"]]),
  fraud(
    "sql folded strip with comment",
    ["folded-sql specs/data.yaml:41 >-"],
    [[D, "    sql: |\n      SELECT transaction_id,", "    sql: >-\n      -- ids\n      SELECT transaction_id,"]],
  ),
  fraud(
    "sql not indented",
    ["yaml-syntax specs/data.yaml:42 SELECT transaction_id, card_id, merchant_id, country, create"],
    [
      [
        D,
        "    sql: |\n      SELECT transaction_id, card_id, merchant_id, country, created_at, received_at,\n             CAST(amount AS DOUBLE) AS amount\n      FROM transactions",
        "    sql: |\n    SELECT transaction_id, card_id, merchant_id, country, created_at, received_at,\n             CAST(amount AS DOUBLE) AS amount\n    FROM transactions",
      ],
    ],
  ),
  fraud(
    "sql without a pipe",
    ["folded-sql specs/data.yaml:42 SELECT transaction_id, card_id, merchant_id, country, create"],
    [[D, "    sql: |\n      SELECT", "    sql:\n      SELECT"]],
  ),
  fraud(
    "sql bigquery backticks",
    ["unknown-table specs/data.yaml:44 `acme.fraud.transactions`"],
    [[D, "      FROM transactions", "      FROM `acme.fraud.transactions`"]],
  ),
  fraud(
    "sql schema qualified",
    ["unknown-table specs/data.yaml:44 raw.transactions"],
    [[D, "      FROM transactions", "      FROM raw.transactions"]],
  ),
  fraud(
    "sql T-SQL TOP",
    ["sql-not-spark specs/data.yaml:42 TOP"],
    [[D, "      SELECT transaction_id, card_id", "      SELECT TOP 10 transaction_id, card_id"]],
  ),
  fraud(
    "sql wrong column in file",
    ["sql-unresolved-column sql/labelled_payments.sql:4 contry"],
    [[L, "       p.country,", "       p.contry,"]],
  ),
  fraud("sql wrong table", ["unknown-table sql/labelled_payments.sql:8 payment"], [[L, "FROM payments AS p", "FROM payment AS p"]]),
  fraud("sql wrong alias", ["sql-unresolved-column sql/labelled_payments.sql:3 pay"], [[L, "       p.amount,", "       pay.amount,"]]),
  fraud(
    "sql double-quoted identifier",
    ['unnamed-column specs/data.yaml:42 "merchant_id"'],
    [[D, "merchant_id, country", '"merchant_id", country']],
  ),
  fraud(
    "sql missing group by",
    ["sql-missing-aggregation specs/data.yaml:42 transaction_id"],
    [[D, "CAST(amount AS DOUBLE) AS amount", "sum(CAST(amount AS DOUBLE)) AS amount"]],
  ),
  fraud(
    "sql unknown function",
    ["unknown-function specs/data.yaml:43 TO_DOUBLE"],
    [[D, "CAST(amount AS DOUBLE) AS amount", "TO_DOUBLE(amount) AS amount"]],
  ),
  fraud(
    "sql datatype",
    ["sql-datatype-mismatch specs/data.yaml:43 amount + created_at"],
    [[D, "CAST(amount AS DOUBLE) AS amount", "amount + created_at AS amount"]],
  ),
  fraud(
    "sql ambiguous",
    ["sql-ambiguous-reference sql/labelled_payments.sql:1 transaction_id"],
    [[L, "SELECT p.transaction_id,", "SELECT transaction_id,"]],
  ),
  fraud(
    "sql create table",
    ["sql-not-a-select specs/data.yaml:42 CREATE"],
    [[D, "      SELECT transaction_id, card_id", "      CREATE TABLE x AS SELECT transaction_id, card_id"]],
  ),
  fraud(
    "extremely long line",
    ["sql-unresolved-column specs/data.yaml:42 contry"],
    [
      [
        D,
        "merchant_id, country, created_at",
        `merchant_id, ${Array.from({ length: 400 }, (_, i) => `amount + ${i} AS a${i}`).join(", ")}, contry, created_at`,
      ],
    ],
  ),
];
