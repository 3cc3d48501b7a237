/** Files and how they are encoded. */
import { D, F, L, M, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const files: readonly Trial[] = [
  fraud(
    "duplicate keys",
    ["duplicate-key specs/data.yaml:9 lateness"],
    [[D, "    lateness: 10m\n", "    lateness: 10m\n    lateness: 20m\n"]],
  ),
  fraud(
    "duplicate definitions in one file",
    ["duplicate-key specs/data.yaml:38 cards"],
    [[D, "transforms:\n", "  cards:\n    description: again\ntransforms:\n"]],
  ),
  fraud(
    "two sections of one name in a file",
    ["duplicate-key specs/model.yaml:44 features"],
    [[F, "deployments:\n", "features:\n  other:\n    request: [amount]\ndeployments:\n"]],
  ),
  fraud("two documents", ["several-documents specs/model.yaml:30 ---"], [[F, "models:\n", "---\nmodels:\n"]]),
  fraud("document marker at start", [], [[D, "sources:\n", "---\nsources:\n"]]),
  fraud("document end", [], [[F, '    resources: { cpu: "1", memory: 2Gi }', '    resources: { cpu: "1", memory: 2Gi }\n...']]),
  fraud("bom ok", [], [[D, (text) => "\uFEFF" + text]]),
  fraud(
    "bom and error in line 1",
    ["unknown-key specs/data.yaml:1 source"],
    [[D, (text) => "\uFEFF" + text.replace("sources:", "source:")]],
  ),
  fraud("crlf ok", [], [[D, (text) => text.replaceAll("\n", "\r\n")]]),
  fraud(
    "crlf and bad sql column",
    ["sql-unresolved-column specs/data.yaml:42 contry"],
    [[D, (text) => text.replace("country, created_at", "contry, created_at").replaceAll("\n", "\r\n")]],
  ),
  fraud(
    "crlf sql file, bad column",
    ["sql-unresolved-column sql/labelled_payments.sql:4 contry"],
    [[L, (text) => text.replace("p.country", "p.contry").replaceAll("\n", "\r\n")]],
  ),
  fraud(
    "emoji before wrong enum",
    ["not-one-of specs/data.yaml:21 warnn"],
    [[D, "      fresh: { freshness: 1h, on_fail: warn }", '      fresh: { "x-note": "🚀🚀 café", freshness: 1h, on_fail: warnn }']],
  ),
  fraud(
    "emoji in sql before bad column",
    ["sql-unresolved-column specs/data.yaml:43 amont"],
    [[D, "             CAST(amount AS DOUBLE) AS amount", "             '🚀 é' AS rocket, CAST(amont AS DOUBLE) AS amount"]],
  ),
  fraud(
    "anchor and alias",
    ["yaml-anchor specs/data.yaml:22 &big", "yaml-anchor specs/data.yaml:28 *big"],
    [
      [D, "    resources: { cpu: 2, memory: 6Gi }", "    resources: &big { cpu: 2, memory: 6Gi }"],
      [D, "    columns: { card_id", "    resources: *big\n    columns: { card_id"],
    ],
    "two places",
  ),
  fraud(
    "merge key",
    ["yaml-merge-key specs/data.yaml:28 <<"],
    [[D, "    columns: { card_id", "    <<: *defaults\n    columns: { card_id"]],
  ),
  fraud("yaml tag", ["yaml-tag specs/data.yaml:8 !duration"], [[D, "    lateness: 10m\n", "    lateness: !duration 10m\n"]]),
  fraud(
    "include tag",
    ["yaml-tag mlspec.yaml:29 !include"],
    [[M, "include: [specs/*.yaml]", "sources: !include specs/data.yaml\ninclude: [specs/*.yaml]"]],
  ),
  fraud(
    "sql file not found",
    ["no-such-file specs/data.yaml:47 sql/labeled_payments.sql"],
    [[D, "sql/labelled_payments.sql", "sql/labeled_payments.sql"]],
  ),
  fraud("sql file empty", ["sql-not-one-statement sql/labelled_payments.sql:1 "], [[L, () => ""]]),
  fraud("sql file only comment", ["sql-not-one-statement sql/labelled_payments.sql:1 "], [[L, () => "-- todo\n"]]),
  fraud("sql file is directory", ["no-such-file specs/data.yaml:47 sql"], [[D, "sql/labelled_payments.sql", "sql"]]),
  fraud("sql file utf16", ["not-utf8 sql/labelled_payments.sql:1 �"], [[L, (text) => Buffer.from(`\uFEFF${text}`, "utf16le")]]),
  fraud("yaml empty file", ["empty-file specs/model.yaml:1 "], [[F, () => ""]]),
  fraud("mlspec.yaml empty", ["empty-file mlspec.yaml:1 "], [[M, () => ""]]),
  fraud("mlspec.yaml only comments", ["empty-file mlspec.yaml:1 "], [[M, () => "# todo\n"]]),
  fraud(
    "mlspec.yaml is json ok-ish",
    ['missing-key mlspec.yaml:1 {"mlspec":"v1","project":"x"}'],
    [[M, () => '{"mlspec":"v1","project":"x"}']],
  ),
  fraud("include a directory", ["include-nothing mlspec.yaml:29 specs"], [[M, "include: [specs/*.yaml]", "include: [specs]"]]),
  fraud("include no match", ["include-nothing mlspec.yaml:29 spec/*.yaml"], [[M, "include: [specs/*.yaml]", "include: [spec/*.yaml]"]]),
  fraud("include text not list", ["wrong-type mlspec.yaml:29 specs/*.yaml"], [[M, "include: [specs/*.yaml]", "include: specs/*.yaml"]]),
  fraud(
    "include absolute",
    ["include-outside mlspec.yaml:29 /etc/specs/*.yaml"],
    [[M, "include: [specs/*.yaml]", "include: [/etc/specs/*.yaml]"]],
  ),
  fraud(
    "include unquoted star",
    ["yaml-anchor mlspec.yaml:29 *.yaml"],
    [[M, "include: [specs/*.yaml]", "include: [*.yaml, specs/*.yaml]"]],
  ),
];
