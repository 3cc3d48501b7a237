import { expect, it } from "vitest";
import { printSpark } from "../../src/4-analyze/expr/print.js";
import { printDataType } from "../../src/4-analyze/types/text.js";
import { analyzed, fraud } from "./project.js";

const analysis = analyzed(fraud());

it("finds nothing wrong with the example, and tells what it leaves open", () => {
  expect(analysis.findings.map(({ code, args }) => [code, args["source"] ?? args["group"]])).toEqual([
    ["knowledge-time-assumed", "cards"],
    ["window-shorter-than-refresh", "card_velocity"],
  ]);
});
it("reads tables from SQL", () => {
  expect(analysis.datasets["labelled_payments"]).toMatchObject({
    reads: ["transforms.payments", "sources.chargebacks"],
    materialised: true,
    schedule: "daily_0200",
  });
  expect(analysis.datasets["payments"]).toMatchObject({
    reads: ["sources.transactions"],
    time: { key: ["transaction_id"], eventTime: "created_at", ingestedAt: "received_at" },
  });
  expect(analysis.graph.order.indexOf("transforms.labelled_payments")).toBeGreaterThan(analysis.graph.order.indexOf("transforms.payments"));
});
it("knows the columns of transforms: types as Spark has them, and lineage", () => {
  const { payments, labelled_payments } = analysis.datasets;
  if (payments?.kind !== "transform" || labelled_payments?.kind !== "transform") throw new Error("no transforms");
  const columns = payments.columns.map(({ name, from }) => `${name} ${from.map(({ column, kind }) => `${kind} ${column}`).join()}`);
  expect(columns).toEqual([
    "transaction_id identity sources.transactions.transaction_id",
    "card_id identity sources.transactions.card_id",
    "merchant_id identity sources.transactions.merchant_id",
    "country identity sources.transactions.country",
    "created_at identity sources.transactions.created_at",
    "received_at identity sources.transactions.received_at",
    "amount transformation sources.transactions.amount",
  ]);
  expect(labelled_payments.columns.at(-1)).toMatchObject({
    name: "is_fraud",
    type: { kind: "boolean" },
    nullable: false,
    from: [{ column: "sources.chargebacks.transaction_id", kind: "transformation" }],
    indirect: [
      { column: "sources.chargebacks.transaction_id", kinds: ["join"] },
      { column: "transforms.payments.transaction_id", kinds: ["join"] },
    ],
  });
});
it("types outputs of features", () => {
  const outputs = Object.values(analysis.groups).flatMap((group) =>
    group.outputs.map(({ name, type, nullable }) => `${group.name}.${name} ${printDataType(type)}${nullable ? "" : "!"}`),
  );
  expect(outputs).toEqual([
    "card_profile.home_country string",
    "card_profile.credit_limit double",
    "card_velocity.foreign_count_24h bigint!",
    "card_velocity.largest_7d double",
    "card_velocity.merchants_24h bigint",
    "card_velocity.payment_count_10m bigint!",
    "card_velocity.payment_count_1h bigint!",
    "card_velocity.payment_count_24h bigint!",
    "card_velocity.spend_1h double",
    "card_velocity.spend_7d double",
    "card_velocity.spend_ratio double",
    "payment_context.amount double!",
    "payment_context.country string",
    "payment_context.amount_to_limit double",
    "payment_context.hour_of_day int!",
    "payment_context.is_foreign boolean",
  ]);
  expect(analysis.groups["card_velocity"]).toMatchObject({
    kind: "windowed",
    tiles: [60_000, 3_600_000],
    online: "sqlite",
    from: "transforms.payments",
  });
});
it("expands inputs of the model and orders what they need", () => {
  const model = analysis.models["fraud_score"];
  expect(model?.inputs.map((input) => input.name)).toHaveLength(9 + 1 + 5);
  expect(model).toMatchObject({
    plans: ["card_velocity", "card_profile", "payment_context"],
    entities: ["card"],
    schedule: "sundays_0400",
    split: { test: 0.2, gap: 86_400_000 },
    label: { column: "is_fraud", knownAfter: 30 * 86_400_000 },
  });
  expect(model?.request.map((field) => field.name)).toEqual(["amount", "country"]);
  expect(model?.gate.map((gate) => printSpark(gate.expr))).toEqual(["average_precision >= 0.5", "roc_auc >= champion.roc_auc - 0.005"]);
});
it("knows schedules and their distances", () => {
  expect(Object.keys(analysis.schedules)).toEqual(["daily_0200", "sundays_0400"]);
  expect(analysis.lags).toEqual({ "sundays_0400<daily_0200": 7_200_000 });
  expect(analysis.deployments["fraud_review"]).toMatchObject({ rows: "transforms.payments", schedule: "daily_0200" });
});
it("is plain data, the same every time", () => {
  expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  expect(JSON.stringify(analyzed(fraud()))).toBe(JSON.stringify(analysis));
});
