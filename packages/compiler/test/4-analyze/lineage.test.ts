import { expect, it } from "vitest";
import { lineageOf, traced, wayBack } from "../../src/4-analyze/lineage.js";
import { schemaOf } from "../../src/4-analyze/schema.js";
import { analyzed, changed, fraud } from "./project.js";

const lineage = lineageOf(analyzed(fraud()));
const from = (column: string): readonly string[] => traced(lineage, column).from.map((input) => `${input.kind} ${input.column}`);
const indirect = (column: string): readonly string[] =>
  traced(lineage, column).indirect.map((input) => `${input.kinds.join("+")} ${input.column}`);

it("leads from the prediction down to columns of sources, by what each is computed from", () => {
  expect(from("deployments.fraud_api.prediction")).toEqual([
    "transformation sources.cards.credit_limit",
    "transformation sources.cards.home_country",
    "aggregation sources.chargebacks.transaction_id",
    "aggregation sources.transactions.amount",
    "transformation sources.transactions.country",
    "aggregation sources.transactions.merchant_id",
  ]);
  expect(from("models.fraud_score.label")).toEqual(["transformation sources.chargebacks.transaction_id"]);
});

it("tells what a window counts, by whom, when and which", () => {
  expect(from("features.card_velocity.spend_ratio")).toEqual(["aggregation sources.transactions.amount"]);
  expect(from("features.card_velocity.foreign_count_24h"), "a count of rows").toEqual([]);
  expect(indirect("features.card_velocity.foreign_count_24h")).toEqual([
    "group_by sources.transactions.card_id",
    "filter sources.transactions.country",
    "window sources.transactions.created_at",
    "window sources.transactions.received_at",
  ]);
  expect(indirect("features.card_profile.credit_limit")).toEqual(["group_by sources.cards.card_id", "sort sources.cards.updated_at"]);
});

it("takes what `max_by` compares rows by for what decides", () => {
  const made = lineageOf(analyzed(changed(["features", "card_velocity", "aggregates", "where"], "max_by(country, amount) over 7d")));
  expect(made.get("features.card_velocity.where_7d")?.from).toEqual([{ column: "transforms.payments.country", kind: "aggregation" }]);
  expect(made.get("features.card_velocity.where_7d")?.indirect).toContainEqual({ column: "transforms.payments.amount", kinds: ["sort"] });
});

it("takes conditions of a CASE for what decides, not for what a value is computed from", () => {
  const cased = lineageOf(
    analyzed(
      changed(
        ["features", "payment_context", "derived", "size"],
        "case when country = 'FR' then amount else credit end".replace("credit", "card_profile.credit_limit"),
      ),
    ),
  );
  const made = cased.get("features.payment_context.size");
  expect(made?.from).toEqual([
    { column: "features.card_profile.credit_limit", kind: "transformation" },
    { column: "features.payment_context.amount", kind: "transformation" },
  ]);
  expect(made?.indirect).toEqual([{ column: "features.payment_context.country", kinds: ["conditional"] }]);
});

it("knows every column of every definition, each after those that it is made from", () => {
  const seen = new Set<string>();
  for (const [column, made] of lineage) {
    for (const input of [...made.from, ...made.indirect]) expect(seen, `${column} is made from ${input.column}`).toContain(input.column);
    seen.add(column);
  }
  expect(seen.size).toBe(67);
});

it("leads from a batch prediction to the rows that are scored, not to those that the model learned from", () => {
  const spec = fraud();
  const { transactions } = spec.sources ?? {};
  if (transactions === undefined) throw new Error("the example has changed");
  const columns = { ...transactions.columns, Country: "string" as const };
  delete (columns as Record<string, unknown>)["country"];
  const analysis = analyzed({
    ...spec,
    sources: { ...spec.sources, arrivals: { ...transactions, columns, checks: {} } },
    deployments: {
      ...spec.deployments,
      nightly: { model: "fraud_score", serve: "batch", rows: "arrivals" },
      again: { model: "fraud_score", serve: "batch", rows: "labelled_payments" },
    },
  });
  const batch = lineageOf(analysis);
  const sources = (column: string, own = batch): readonly string[] => traced(own, column).from.map((input) => input.column);
  expect(sources("deployments.nightly.payment_context__country"), "whatever its case").toEqual(["sources.arrivals.Country"]);
  expect(sources("deployments.nightly.payment_context__is_foreign")).toEqual(["sources.arrivals.Country", "sources.cards.home_country"]);
  expect(sources("deployments.nightly.prediction")).toEqual([
    "sources.arrivals.Country",
    "sources.arrivals.amount",
    "sources.cards.credit_limit",
    "sources.cards.home_country",
    "sources.chargebacks.transaction_id",
    "sources.transactions.amount",
    "sources.transactions.merchant_id",
  ]);
  expect(traced(batch, "deployments.nightly.prediction").indirect).toContainEqual({ column: "sources.arrivals.card_id", kinds: ["join"] });
  expect(schemaOf(analysis).get("deployments.nightly")).toEqual(
    [...batch.keys()]
      .filter((id) => id.startsWith("deployments.nightly."))
      .map(
        (id) => expect.objectContaining({ name: id.slice("deployments.nightly.".length), type: expect.any(String) as string }) as object,
      ),
  );
  expect(sources("deployments.again.prediction"), "the same rows").toEqual(sources("deployments.fraud_api.prediction", lineage));
  expect(sources("deployments.fraud_api.prediction")).toEqual(sources("deployments.fraud_api.prediction", lineage));
});

it("finds the shortest way back", () => {
  const way = wayBack(lineage, "deployments.fraud_api.prediction", (id) => id === "sources.transactions.merchant_id");
  expect(way).toEqual([
    "deployments.fraud_api.prediction",
    "models.fraud_score.card_velocity__merchants_24h",
    "features.card_velocity.merchants_24h",
    "transforms.payments.merchant_id",
    "sources.transactions.merchant_id",
  ]);
  expect(wayBack(lineage, "models.fraud_score.label", (id) => id.endsWith(".amount"))).toBeUndefined();
});
