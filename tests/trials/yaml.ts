/** YAML that is not what it looks like. */
import { D, F, M, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const yaml: readonly Trial[] = [
  fraud(
    "tab indentation",
    ["tab-indentation specs/data.yaml:8 \t"],
    [[D, "    lateness: 10m\n    columns:\n      transaction_id", "\tlateness: 10m\n    columns:\n      transaction_id"]],
  ),
  fraud(
    "tab in nested",
    ["tab-indentation specs/data.yaml:11 \t  "],
    [[D, "      card_id: string!\n      merchant", "\t  card_id: string!\n      merchant"]],
  ),
  fraud(
    "missing colon",
    ["yaml-syntax specs/data.yaml:6 event_time created_at"],
    [[D, "    event_time: created_at\n    ingested_at", "    event_time created_at\n    ingested_at"]],
  ),
  fraud("missing colon on section", ["yaml-syntax specs/model.yaml:30 models"], [[F, "models:\n", "models\n"]]),
  fraud("missing colon on a definition", ["yaml-syntax specs/data.yaml:23 cards"], [[D, "  cards:\n", "  cards\n"]]),
  fraud("no space after colon", ["yaml-syntax specs/data.yaml:26 key:card_id"], [[D, "    key: card_id", "    key:card_id"]]),
  fraud(
    "no space after colon flow",
    ["yaml-syntax specs/model.yaml:49 :"],
    [[F, "scale: { min: 2, max: 12, cpu: 70% }", "scale: {min:2, max:12, cpu:70%}"]],
  ),
  fraud(
    "unquoted substitution in flow",
    ["yaml-syntax specs/data.yaml:4 {"],
    [[D, 'path: "${var.lake}/raw/transactions"', "path: ${var.lake}/raw/transactions"]],
  ),
  fraud(
    "unquoted substitution block ok",
    [],
    [
      [
        D,
        '    files: { path: "${var.lake}/raw/transactions", format: parquet }',
        "    files:\n      path: ${var.lake}/raw/transactions\n      format: parquet",
      ],
    ],
  ),
  fraud(
    "jinja substitution",
    ["bad-substitution specs/data.yaml:4 {{ var.lake }}"],
    [[D, '"${var.lake}/raw/transactions"', '"{{ var.lake }}/raw/transactions"']],
  ),
  fraud(
    "jinja unquoted",
    ["yaml-syntax specs/data.yaml:4 {{ var.lake }}"],
    [[D, '"${var.lake}/raw/transactions"', "{{ var.lake }}/raw/transactions"]],
  ),
  fraud(
    "shell env substitution",
    ["bad-substitution specs/data.yaml:4 ${LAKE}"],
    [[D, '"${var.lake}/raw/transactions"', '"${LAKE}/raw/transactions"']],
  ),
  fraud(
    "github style substitution",
    ["bad-substitution specs/data.yaml:4 ${{ vars.lake }}"],
    [[D, '"${var.lake}/raw/transactions"', '"${{ vars.lake }}/raw/transactions"']],
  ),
  fraud(
    "vars plural",
    ["bad-substitution specs/data.yaml:4 ${vars.lake}"],
    [[D, '"${var.lake}/raw/transactions"', '"${vars.lake}/raw/transactions"']],
  ),
  fraud(
    "dollar without braces",
    ["bad-substitution specs/data.yaml:4 $lake"],
    [[D, '"${var.lake}/raw/transactions"', '"$lake/raw/transactions"']],
  ),
  fraud(
    "unclosed substitution",
    ["bad-substitution specs/data.yaml:4 ${var.lake"],
    [[D, '"${var.lake}/raw/transactions"', '"${var.lake/raw/transactions"']],
  ),
  fraud(
    "unclosed quote",
    ["yaml-syntax specs/data.yaml:4 "],
    [[D, 'path: "${var.lake}/raw/transactions", format', 'path: "${var.lake}/raw/transactions, format']],
  ),
  fraud(
    "unclosed brace",
    ['yaml-syntax specs/data.yaml:25 { path: "${var.lake}/raw/cards", format: parquet'],
    [[D, "format: parquet }\n    key: card_id", "format: parquet\n    key: card_id"]],
  ),
  fraud(
    "unclosed bracket",
    ["yaml-syntax specs/model.yaml:40 [roc_auc, average_precision"],
    [[F, "gap: 1d }\n    metrics: [roc_auc, average_precision]", "gap: 1d }\n    metrics: [roc_auc, average_precision"]],
  ),
  fraud(
    "bad indent of a key",
    ["yaml-syntax specs/data.yaml:6  "],
    [[D, "    event_time: created_at\n    ingested_at", "   event_time: created_at\n    ingested_at"]],
  ),
  fraud(
    "key indented too deep",
    ["yaml-syntax specs/data.yaml:6 event_time: created_at"],
    [[D, "    event_time: created_at\n    ingested_at", "      event_time: created_at\n    ingested_at"]],
  ),
  fraud(
    "definition indented as section",
    ["yaml-syntax specs/data.yaml:29  "],
    [[D, "  cards:\n    description: Card master", "cards:\n    description: Card master"]],
  ),
  fraud(
    "colon in description",
    ["yaml-syntax specs/model.yaml:46 Note: scores one payment"],
    [[F, "    description: Scores one payment while it is being authorised.", "    description: Note: scores one payment"]],
  ),
  fraud(
    "description with hash",
    ["comment-or-text specs/model.yaml:46 #12: scores"],
    [[F, "    description: Scores one payment while it is being authorised.", "    description: Issue #12: scores"]],
  ),
  fraud("apostrophe in single quotes", ["yaml-syntax specs/model.yaml:11 '"], [[F, "where: country <> 'FR'", "where: 'country <> 'FR''"]]),
  fraud(
    "description starts with backtick",
    ["yaml-syntax specs/model.yaml:46 `"],
    [[F, "    description: Scores one payment while it is being authorised.", "    description: `fraud_score` online"]],
  ),
  fraud(
    "description starts with percent",
    ["yaml-syntax specs/model.yaml:46 %"],
    [[F, "    description: Scores one payment while it is being authorised.", "    description: %50 of payments"]],
  ),
  fraud("value starts with @", ["yaml-syntax mlspec.yaml:4 @"], [[M, "owner: risk-data", "owner: @risk-data"]]),
  fraud(
    "value starts with *",
    ["yaml-anchor specs/model.yaml:7 *"],
    [[F, "payment_count: count(*) over [10m, 1h, 24h]", "payment_count: *"]],
  ),
  fraud(
    "merge conflict markers",
    ["yaml-syntax specs/data.yaml:8 <<<<<<< HEAD"],
    [[D, "    lateness: 10m\n", "<<<<<<< HEAD\n    lateness: 10m\n=======\n    lateness: 20m\n>>>>>>> feature\n"]],
  ),
  fraud("smart quotes", ["bad-value mlspec.yaml:9 “0 2 * * *”"], [[M, 'cron: "0 2 * * *"', "cron: “0 2 * * *”"]]),
  fraud("nbsp indentation", ["yaml-syntax specs/data.yaml:8     "], [[D, "    lateness: 10m\n", "    lateness: 10m\n"]]),
];
