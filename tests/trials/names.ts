/** Names of what there is not, and names that cannot be. */
import { D, F, M, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const names: readonly Trial[] = [
  fraud(
    "umlaut",
    ["bad-name mlspec.yaml:27 kärtchen"],
    [[M, "card: { key: card_id }", "kärtchen: { key: card_id }\n  card: { key: card_id }"]],
  ),
  fraud(
    "reference missing",
    ["unknown-reference specs/model.yaml:47 fraud_scores"],
    [[F, "    model: fraud_score\n    serve: online", "    model: fraud_scores\n    serve: online"]],
  ),
  fraud(
    "reference with section prefix",
    ["unknown-reference specs/model.yaml:5 transforms.payments"],
    [[F, "    from: payments", "    from: transforms.payments"]],
  ),
  fraud(
    "reference with ref()",
    ["sql-syntax specs/data.yaml:44 {{ ref('transactions') }}"],
    [[D, "      FROM transactions", "      FROM {{ ref('transactions') }}"]],
  ),
  fraud(
    "reference to other section",
    ["unknown-reference specs/model.yaml:34 card_velocity"],
    [[F, "    observations: labelled_payments", "    observations: card_velocity"]],
  ),
  fraud(
    "reference to wrong section: entity from source",
    ["unknown-reference specs/model.yaml:18 cards"],
    [[F, "    entity: card\n    from: cards", "    entity: cards\n    from: cards"]],
  ),
  fraud("wrong case of reference", ["unknown-reference specs/model.yaml:5 Payments"], [[F, "    from: payments", "    from: Payments"]]),
  fraud(
    "wrong case of a feature",
    ["unknown-column specs/model.yaml:36 Credit_Limit"],
    [[F, "card_profile.credit_limit, payment_context]", "card_profile.Credit_Limit, payment_context]"]],
  ),
  fraud(
    "null value",
    ["wrong-type specs/data.yaml:6 event_time"],
    [[D, "    event_time: created_at\n    ingested_at", "    event_time:\n    ingested_at"]],
  ),
  fraud("null tilde", ["wrong-type specs/data.yaml:8 lateness"], [[D, "    lateness: 10m\n", "    lateness: ~\n"]]),
  fraud(
    "empty section",
    ["wrong-type specs/model.yaml:44 policies"],
    [[F, "deployments:\n  fraud_api:", "policies:\ndeployments:\n  fraud_api:"]],
  ),
  fraud("empty definition", ["wrong-type specs/data.yaml:39 todo"], [[D, "transforms:\n", "transforms:\n  todo:\n"]]),
  fraud(
    "numbers as names",
    ["bad-name mlspec.yaml:28 123"],
    [[M, "card: { key: card_id }", "card: { key: card_id }\n  123: { key: card_id }"]],
  ),
  fraud(
    "boolean name (norway)",
    ["unused-definition mlspec.yaml:28 no"],
    [[M, "card: { key: card_id }", "card: { key: card_id }\n  no: { key: card_id }"]],
  ),
  fraud(
    "project name with hyphen",
    ["bad-name mlspec.yaml:2 fraud-detection"],
    [[M, "project: fraud_detection", "project: fraud-detection"]],
  ),
];
