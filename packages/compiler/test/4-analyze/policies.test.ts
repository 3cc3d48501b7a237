import { expect, it } from "vitest";
import type { ProjectSpec } from "../../src/spec.js";
import { lineageOf } from "../../src/4-analyze/lineage.js";
import { piiOf } from "../../src/4-analyze/policies.js";
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
