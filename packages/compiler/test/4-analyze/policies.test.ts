import { expect, it } from "vitest";
import type { PiiClass, ProjectSpec } from "../../src/spec.js";
import { lineageOf } from "../../src/4-analyze/lineage.js";
import { piiOf } from "../../src/4-analyze/personal.js";
import { analyzed, fraud } from "./project.js";

/** The example with a card number, and the columns of `payments` as given. */
function withNumber(sql: string, more: Partial<ProjectSpec> = {}): ReturnType<typeof analyzed> {
  const spec = structuredClone(fraud());
  const { transactions } = spec.sources ?? {};
  const { payments } = spec.transforms ?? {};
  if (transactions === undefined || payments === undefined) throw new Error("the example has changed");
  transactions.columns["card_number"] = { type: "string", pii: "direct" };
  payments.sql = `SELECT transaction_id, card_id, merchant_id, country, created_at, received_at, CAST(amount AS DOUBLE) AS amount, ${sql} AS x FROM transactions`;
  payments.columns = {};
  delete payments.columns;
  return analyzed({ ...spec, ...more });
}

function classesOfX(sql: string): readonly string[] | undefined {
  const analysis = withNumber(sql);
  return piiOf(analysis, lineageOf(analysis)).get("transforms.payments.x");
}

it("follows personal data through what is computed from it", () => {
  expect(classesOfX("upper(substring(card_number, 1, 6))")).toEqual(["direct"]);
  expect(classesOfX("CASE WHEN amount > 10 THEN card_number END")).toEqual(["direct"]);
  expect(classesOfX("named_struct('n', card_number).n")).toEqual(["direct"]);
  expect(classesOfX("sha2(card_number, 256)"), "a hash is another name").toEqual(["direct"]);
  expect(classesOfX("max(card_number) OVER (PARTITION BY card_id)")).toEqual(["direct"]);
});

it("knows what gives nothing away", () => {
  expect(classesOfX("card_number IS NULL")).toBeUndefined();
  expect(classesOfX("count(card_number) OVER (PARTITION BY card_id)")).toBeUndefined();
  expect(classesOfX("isnotnull(card_number)")).toBeUndefined();
  expect(classesOfX("CASE WHEN card_number LIKE '4%' THEN 'visa' ELSE 'other' END"), "it decides, it is not there").toBeUndefined();
  expect(classesOfX("concat(card_number, CAST(card_number IS NULL AS STRING))"), "one way that does is enough").toEqual(["direct"]);
});

it("tells a column once, at the first place that it may not reach", () => {
  const { findings } = withNumber("card_number", {
    features: {
      ...fraud().features,
      numbers: { entity: "card", from: "payments", columns: ["x"], derived: { y: "coalesce(x, 'none')" }, online: "sqlite" },
    },
    policies: { no_numbers: { deny: { pii: "direct", reaching: ["features", "models", "deployments", "logs"] } } },
  });
  const denied = findings.filter(({ code }) => code === "policy-denies");
  expect(denied.map(({ args }) => args["column"])).toEqual(["features.numbers.x"]);
  expect(denied[0]?.related?.map(({ at }) => (at.in === "spec" ? at.path.join(".") : at.file))).toEqual([
    "transforms.payments.sql",
    "sources.transactions.columns.card_number",
    "policies.no_numbers",
  ]);
});

it("knows what masks leave", () => {
  for (const mask of ["mask.keyed_hash(card_number)", "mask.tokenise(card_number)", "mask.truncate(card_number, 6)"])
    expect(classesOfX(mask), mask).toEqual(["indirect"]);
  expect(classesOfX("concat(mask.keyed_hash(card_number), card_number)"), "one way that does is enough").toEqual(["direct"]);
  expect(classesOfX("mask.truncate(sha2(card_number, 256), 8)"), "a weak hash is cut short").toEqual(["indirect"]);
  expect(classesOfX("count(mask.keyed_hash(card_number)) OVER ()")).toBeUndefined();
});

it("holds what is sensitive for sensitive, however it is cut short", () => {
  const of = (sql: string): readonly string[] | undefined => {
    const analysis = masked(sql, "sensitive");
    return piiOf(analysis, lineageOf(analysis)).get("transforms.payments.x");
  };
  expect(of("mask.truncate(card_number, 1)")).toEqual(["sensitive"]);
  expect(of("mask.bucket(length(card_number), 10)")).toEqual(["sensitive"]);
  expect(of("mask.keyed_hash(card_number)")).toEqual(["indirect"]);
  expect(of("mask.truncate(mask.keyed_hash(card_number), 8)")).toEqual(["indirect"]);
});

/** The example with a masked card number as a feature, and a policy. */
function masked(sql: string, pii: PiiClass, deny: PiiClass | PiiClass[] = pii): ReturnType<typeof analyzed> {
  const spec = structuredClone(fraud());
  const { transactions } = spec.sources ?? {};
  const { payments } = spec.transforms ?? {};
  if (transactions === undefined || payments === undefined) throw new Error("the example has changed");
  transactions.columns["card_number"] = { type: "string", pii };
  payments.sql = `SELECT transaction_id, card_id, merchant_id, country, created_at, received_at, CAST(amount AS DOUBLE) AS amount, ${sql} AS x FROM transactions`;
  delete payments.columns;
  return analyzed({
    ...spec,
    secrets: ["hash_key"],
    masking: { key: "${secret.hash_key}" },
    features: { ...spec.features, numbers: { entity: "card", from: "payments", columns: ["x"], online: "sqlite" } },
    policies: { none: { deny: { pii: deny, reaching: ["features"] } } },
  });
}

const denials = (analysis: ReturnType<typeof analyzed>): readonly unknown[] =>
  analysis.findings.filter(({ code }) => code === "policy-denies").map(({ args }) => [args["column"], args["pii"], args["masked"]]);

it("lets masked columns pass where what is left of them may be", () => {
  expect(denials(masked("mask.keyed_hash(card_number)", "direct"))).toEqual([]);
  expect(denials(masked("mask.truncate(card_number, 6)", "direct"))).toEqual([]);
  expect(denials(masked("mask.keyed_hash(card_number)", "direct", ["direct", "indirect"]))).toEqual([
    ["features.numbers.x", "indirect", "keyed_hash"],
  ]);
  expect(denials(masked("mask.truncate(card_number, 1)", "sensitive"))).toEqual([["features.numbers.x", "sensitive", "truncate"]]);
  expect(denials(masked("upper(card_number)", "direct"))).toEqual([["features.numbers.x", "direct", undefined]]);
});

it("asks for a key where a function needs one, and for such a function where there is a key", () => {
  const codes = (sql: string, masking?: { readonly key: string }): readonly string[] => {
    const { masking: _, ...spec } = masked(sql, "direct").spec;
    return analyzed({ ...spec, ...(masking === undefined ? {} : { masking }) })
      .findings.map(({ code }) => code)
      .filter((code) => code.includes("masking"));
  };
  expect(codes("mask.keyed_hash(card_number)")).toEqual(["masking-key-needed"]);
  expect(codes("concat(mask.keyed_hash(card_number), mask.tokenise(card_number))")).toEqual(["masking-key-needed", "masking-key-needed"]);
  expect(codes("mask.truncate(card_number, 6)")).toEqual([]);
  expect(codes("mask.truncate(card_number, 6)", { key: "${secret.hash_key}" })).toEqual(["unused-masking-key"]);
  expect(codes("mask.tokenise(card_number)", { key: "${secret.hash_key}" })).toEqual([]);
});

it("holds keys, labels and answers for data that is stored", () => {
  const spec = structuredClone(fraud());
  const tagged = (source: string, column: string, pii: PiiClass): void => {
    const columns = spec.sources?.[source]?.columns ?? {};
    const type = columns[column];
    if (typeof type !== "string") throw new Error("the example has changed");
    columns[column] = { type, pii };
  };
  tagged("transactions", "card_id", "direct");
  tagged("transactions", "transaction_id", "direct");
  const of = (reaching: "features" | "models" | "deployments" | "logs"): readonly unknown[] =>
    analyzed({ ...spec, policies: { none: { deny: { pii: "direct", reaching: [reaching] } } } }).findings.flatMap(({ code, args, at }) =>
      code === "policy-denies" && at.in === "spec" ? [`${String(args["column"])} at ${at.path.join(".")}`] : [],
    );
  expect(of("features")).toEqual(["transforms.payments.card_id at features.card_velocity.entity"]);
  expect(of("models")).toEqual(["transforms.labelled_payments.transaction_id at models.fraud_score.observations"]);
  expect(of("deployments")).toEqual([
    "transforms.labelled_payments.card_id at deployments.fraud_api.model",
    "transforms.payments.card_id at deployments.fraud_review.rows",
    "transforms.payments.transaction_id at deployments.fraud_review.rows",
  ]);
  expect(of("logs")).toEqual(["transforms.labelled_payments.card_id at deployments.fraud_api.model"]);
});

it("holds a prediction for what the label is", () => {
  const spec = structuredClone(fraud());
  const { labelled_payments: labelled } = spec.transforms ?? {};
  if (labelled === undefined) throw new Error("the example has changed");
  labelled.columns = { ...labelled.columns, is_fraud: { type: "boolean", pii: "sensitive" } };
  const of = (reaching: "models" | "deployments" | "logs"): readonly unknown[] =>
    denials(analyzed({ ...spec, policies: { none: { deny: { pii: "sensitive", reaching: [reaching] } } } })).flat();
  expect(of("models")).toEqual(["models.fraud_score.label", "sensitive", undefined]);
  expect(of("deployments").filter((one) => one !== "sensitive" && one !== undefined)).toEqual([
    "deployments.fraud_api.prediction",
    "deployments.fraud_review.prediction",
  ]);
  expect(of("logs")).toEqual(["deployments.fraud_api.prediction", "sensitive", undefined]);
});
