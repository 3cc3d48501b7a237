/** Models, estimators, labels, deployments. */
import { D, F, M, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const models: readonly Trial[] = [
  fraud(
    "metric of another tool",
    ["unknown-metric specs/model.yaml:40 auc"],
    [[F, "metrics: [roc_auc, average_precision]", "metrics: [auc, average_precision]"]],
  ),
  fraud(
    "missing entity key in from",
    ["entity-key specs/model.yaml:5 payments", "sql-unresolved-column sql/labelled_payments.sql:2 card_id"],
    [[D, "      SELECT transaction_id, card_id, merchant_id", "      SELECT transaction_id, merchant_id"]],
    "two places where the column is missing",
  ),
  fraud("entity key misspelt", ["entity-key mlspec.yaml:27 cardid"], [[M, "card: { key: card_id }", "card: { key: cardid }"]]),
  fraud("entity without key", ["missing-key mlspec.yaml:27 card"], [[M, "card: { key: card_id }", "card: {}"]]),
  fraud("entity as text", ["wrong-type mlspec.yaml:27 card_id"], [[M, "card: { key: card_id }", "card: card_id"]]),
  fraud("entity key list", ["unknown-key mlspec.yaml:27 keys"], [[M, "card: { key: card_id }", "card: { keys: [card_id] }"]]),
  fraud(
    "estimator typo",
    ["unknown-estimator specs/model.yaml:37 sklearn.ensemble.HistGradientBoostClassifier"],
    [[F, "HistGradientBoostingClassifier", "HistGradientBoostClassifier"]],
  ),
  fraud(
    "estimator short",
    ["bad-value specs/model.yaml:37 HistGradientBoostingClassifier"],
    [[F, "sklearn.ensemble.HistGradientBoostingClassifier", "HistGradientBoostingClassifier"]],
  ),
  fraud(
    "estimator xgboost",
    ["package-needed specs/model.yaml:37 xgboost.XGBClassifier"],
    [[F, "sklearn.ensemble.HistGradientBoostingClassifier", "xgboost.XGBClassifier"]],
  ),
  fraud(
    "estimator regressor",
    ["unfit-estimator specs/model.yaml:37 sklearn.ensemble.HistGradientBoostingRegressor"],
    [[F, "HistGradientBoostingClassifier", "HistGradientBoostingRegressor"]],
  ),
  fraud("params wrong", ["unknown-parameter specs/model.yaml:38 n_estimators"], [[F, "max_iter: 200", "n_estimators: 200"]]),
  fraud(
    "metric regression",
    ["unknown-metric specs/model.yaml:40 rmse"],
    [[F, "metrics: [roc_auc, average_precision]", "metrics: [roc_auc, average_precision, rmse]"]],
  ),
  fraud("gate wrong", ["expression-syntax specs/model.yaml:41 %"], [[F, "average_precision >= 0.5", "average_precision > 50%"]]),
  fraud("gate reversed", [], [[F, "average_precision >= 0.5", "0.5 <= average_precision"]]),
  fraud("gate unknown metric", ["unknown-column specs/model.yaml:41 precision"], [[F, "average_precision >= 0.5", "precision >= 0.5"]]),
  fraud(
    "label without known_after",
    ["missing-key specs/model.yaml:35 label"],
    [[F, "label: { column: is_fraud, known_after: 30d }", "label: { column: is_fraud }"]],
  ),
  fraud(
    "label as text",
    ["wrong-type specs/model.yaml:35 is_fraud"],
    [[F, "label: { column: is_fraud, known_after: 30d }", "label: is_fraud"]],
  ),
  fraud("label unknown column", ["unknown-column specs/model.yaml:35 fraud"], [[F, "column: is_fraud", "column: fraud"]]),
  fraud("batch without rows", ["deployment-key specs/model.yaml:51 fraud_review"], [[F, "    rows: payments\n", ""]]),
  fraud(
    "online with rows",
    ["deployment-key specs/model.yaml:49 rows"],
    [[F, "    serve: online\n", "    serve: online\n    rows: payments\n"]],
  ),
  fraud(
    "feature group without online",
    ["not-online specs/model.yaml:46 fraud_score"],
    [[F, "    columns: [home_country, credit_limit]\n    online: sqlite\n", "    columns: [home_country, credit_limit]\n"]],
  ),
  fraud(
    "features text",
    ["wrong-type specs/model.yaml:36 card_velocity"],
    [[F, "features: [card_velocity, card_profile.credit_limit, payment_context]", "features: card_velocity"]],
  ),
  fraud(
    "feature star",
    ["unknown-column specs/model.yaml:36 *"],
    [[F, "card_profile.credit_limit, payment_context]", "card_profile.*, payment_context]"]],
  ),
  fraud(
    "feature without output name",
    ["unknown-reference specs/model.yaml:36 credit_limit"],
    [[F, "card_profile.credit_limit, payment_context]", "credit_limit, payment_context]"]],
  ),
  fraud(
    "feature of base name",
    ["unknown-column specs/model.yaml:36 spend"],
    [[F, "features: [card_velocity, ", "features: [card_velocity.spend, "]],
  ),
];
