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

function sensitiveOfX(sql: string): readonly string[] | undefined {
  const analysis = masked(sql, "sensitive");
  return piiOf(analysis, lineageOf(analysis)).get("transforms.payments.x");
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

it("follows the fields of structs that a query puts together, each by itself", () => {
  expect(classesOfX("struct(card_number, amount).amount")).toBeUndefined();
  expect(classesOfX("struct(card_number, amount).card_number")).toEqual(["direct"]);
  expect(classesOfX("named_struct('n', card_number, 'a', amount).a")).toBeUndefined();
  expect(classesOfX("named_struct('n', card_number, 'a', amount)['A']")).toBeUndefined();
  expect(classesOfX("struct(struct(card_number, amount) AS s, country).s.amount")).toBeUndefined();
  expect(classesOfX("struct(struct(card_number, amount) AS s, country).s.card_number")).toEqual(["direct"]);
  expect(classesOfX("(SELECT s.amount FROM (SELECT struct(card_number, amount) AS s FROM transactions) LIMIT 1)")).toBeUndefined();
  expect(classesOfX("struct(card_number, amount)")).toEqual(["direct"]);
  expect(classesOfX("to_json(struct(card_number, amount))")).toEqual(["direct"]);
  expect(classesOfX("max(struct(card_number, amount)).amount"), "which one, the number decides").toEqual(["direct"]);
  expect(classesOfX("if(card_number = '1', struct(amount), NULL).amount"), "there for one number alone").toEqual(["indirect"]);
  expect(classesOfX("coalesce(struct(card_number AS a), struct(country AS a)).a")).toEqual(["direct"]);
  expect(classesOfX("CAST(struct(amount AS a, card_number AS b) AS STRUCT<b: STRING, a: STRING>).a"), "by place").toEqual(["direct"]);
});

it("knows a list of values that gives each back", () => {
  expect(classesOfX("CASE card_number WHEN '1' THEN '1' WHEN '2' THEN '2' ELSE 'other' END")).toContain("direct");
  expect(classesOfX("CASE WHEN card_number = '1' THEN '1' WHEN '2' = card_number THEN '2' END")).toContain("direct");
  expect(classesOfX("CASE card_number WHEN '1' THEN 'a' WHEN '2' THEN 'b' END"), "other names").toEqual(["indirect"]);
  expect(classesOfX("CASE WHEN card_number = '1' THEN 1 ELSE 0 END")).toEqual(["indirect"]);
});

it("knows what gives nothing away", () => {
  expect(classesOfX("card_number IS NULL")).toBeUndefined();
  expect(classesOfX("count(card_number) OVER (PARTITION BY card_id)")).toBeUndefined();
  expect(classesOfX("isnotnull(card_number)")).toBeUndefined();
  expect(classesOfX("concat(card_number, CAST(card_number IS NULL AS STRING))"), "one way that does is enough").toEqual(["direct"]);
});

it("counts and tests for NULL columns as they are: of what is computed, this may tell the value", () => {
  expect(classesOfX("nullif(card_number, '1') IS NULL")).toEqual(["indirect"]);
  expect(classesOfX("isnull(nullif(card_number, '1'))")).toEqual(["indirect"]);
  expect(classesOfX("count(nullif(card_number, '1')) OVER (PARTITION BY transaction_id)")).toEqual(["indirect"]);
  expect(classesOfX("count_if(card_number = '1') OVER (PARTITION BY card_id)")).toEqual(["indirect"]);
  expect(classesOfX("nvl2(card_number, 1, 0)")).toBeUndefined();
  expect(classesOfX("CASE WHEN card_number IS NULL THEN 1 END")).toBeUndefined();
  expect(classesOfX("CASE WHEN nullif(card_number, '1') IS NULL THEN 1 END")).toEqual(["indirect"]);
});

it("holds what a condition tells for a part of the value", () => {
  const both = (sql: string): readonly unknown[] => [classesOfX(sql), sensitiveOfX(sql)];
  expect(both("CASE WHEN card_number LIKE '4%' THEN 'visa' ELSE 'other' END")).toEqual([["indirect"], ["sensitive"]]);
  expect(both("if(card_number = '1', 1, 0)")).toEqual([["indirect"], ["sensitive"]]);
  expect(both("(SELECT count(*) FILTER (WHERE card_number = '1') FROM transactions)")).toEqual([["indirect"], ["sensitive"]]);
  expect(both("CASE WHEN mask.keyed_hash(card_number) = '1' THEN 1 END"), "the condition is masked").toEqual([["indirect"], ["indirect"]]);
  expect(both("count(CASE WHEN card_number = '1' THEN 1 END) OVER (PARTITION BY card_id)")).toEqual([["indirect"], ["sensitive"]]);
  expect(both("CASE WHEN amount > 1 THEN country END")).toEqual([undefined, undefined]);
});

it("follows what rows are chosen by", () => {
  const of = (rest: string, pii: PiiClass): readonly string[] | undefined => {
    const spec = masked("country", pii).spec;
    const { payments } = spec.transforms ?? {};
    if (payments?.sql === undefined) throw new Error("the example has changed");
    payments.sql = payments.sql.replace("country AS x FROM transactions", rest);
    const analysis = analyzed(spec);
    return piiOf(analysis, lineageOf(analysis)).get("transforms.payments.x");
  };
  const list = "v.w AS x FROM transactions JOIN (VALUES ('1', 'a')) v(k, w) ON v.k = card_number";
  expect(of(list, "direct"), "a list of values is a CASE").toEqual(["indirect"]);
  expect(of(list, "sensitive")).toEqual(["sensitive"]);
  expect(of("v.w AS x FROM transactions JOIN (VALUES ('1', 'a')) v(card_number, w) USING (card_number)", "sensitive")).toEqual([
    "sensitive",
  ]);
  expect(of("1 AS x FROM transactions WHERE card_number = '1'", "sensitive"), "that there is a row").toEqual(["sensitive"]);
  expect(of("1 AS x FROM transactions WHERE card_number = '1'", "direct")).toBeUndefined();
  expect(of("1 AS x FROM transactions WHERE card_number IS NOT NULL", "sensitive")).toBeUndefined();
  expect(
    of("x FROM (SELECT *, nullif(card_number, '1') AS y FROM transactions) LATERAL VIEW explode(array(1)) AS x", "sensitive"),
  ).toBeUndefined();
  const ill = "JOIN (SELECT DISTINCT card_number AS n FROM transactions) i ON i.n = card_number";
  expect(of(`1 AS x FROM transactions ${ill}`, "sensitive"), "that a join finds one").toEqual(["sensitive"]);
  expect(of(`1 AS x FROM transactions LEFT SEMI ${ill}`, "sensitive")).toEqual(["sensitive"]);
  expect(of(`1 AS x FROM transactions LEFT ${ill}`, "sensitive"), "a row that is there anyhow").toBeUndefined();
  expect(of(`1 AS x FROM transactions ${ill}`, "direct")).toBeUndefined();
  const some = "JOIN (SELECT DISTINCT card_id AS c, 1 AS one FROM transactions WHERE card_number = '1') i ON i.c = card_id";
  expect(of(`one AS x FROM transactions LEFT ${some}`, "sensitive")).toEqual(["sensitive"]);
  expect(of("1 AS x FROM transactions LATERAL VIEW explode(split(card_number, ',')) AS part", "sensitive"), "as many rows").toEqual([
    "sensitive",
  ]);
  expect(of("1 AS x FROM transactions, LATERAL explode(sequence(1, length(card_number))) AS g(part)", "direct")).toEqual(["indirect"]);
  expect(of("1 AS x FROM transactions LATERAL VIEW stack(1, card_number) AS part", "sensitive")).toBeUndefined();
  expect(of("y IS NULL AS x FROM (SELECT *, nullif(card_number, '1') AS y FROM transactions)", "sensitive")).toEqual(["sensitive"]);
});

it("holds a count over what another transform computes for what it was", () => {
  const analysis = withNumber("nullif(card_number, '1')", {
    features: {
      ...fraud().features,
      numbers: {
        entity: "card",
        from: "payments",
        aggregates: {
          given: "count(x) over 1d",
          rows: { value: "count(*)", where: "x = '1'", over: "1d" },
          known: "count(card_id) over 1d",
        },
      },
    },
  });
  const pii = piiOf(analysis, lineageOf(analysis));
  expect([pii.get("features.numbers.given_1d"), pii.get("features.numbers.rows_1d"), pii.get("features.numbers.known_1d")]).toEqual([
    ["indirect"],
    undefined,
    undefined,
  ]);
});

it("warns of masks that hide nothing, whatever the column is called where they stand", () => {
  const weak = (sql: string): readonly unknown[] =>
    masked(sql, "direct").findings.flatMap(({ code, args }) => (code === "weak-mask" ? [[args["what"], args["column"]]] : []));
  expect(weak("(SELECT max(md5(s)) FROM (SELECT lower(card_number) AS s FROM transactions))")).toEqual([["md5", "card_number"]]);
  expect(weak("mask.truncate(card_number, 7)")).toEqual([["mask.truncate", "card_number"]]);
  expect(weak("mask.truncate(card_number, 6)")).toEqual([]);
  expect(weak("mask.bucket(CAST(card_number AS BIGINT), 1)")).toEqual([["mask.bucket", "card_number"]]);
  expect(weak("mask.bucket(CAST(card_number AS BIGINT), 1000)")).toEqual([]);
  expect(weak("md5(country)")).toEqual([]);
  expect(weak("md5(mask.keyed_hash(card_number))"), "nothing is left to be undone").toEqual([]);
  const whole = "concat(mask.truncate(card_number, 4), mask.truncate(substring(card_number, 5), 6))";
  expect(classesOfX(whole), "parts make a whole").toEqual(["direct"]);
  expect(classesOfX("mask.truncate(card_number, 100)")).toEqual(["direct"]);
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
  expect(classesOfX("mask.truncate(sha2(card_number, 256), 6)"), "a weak hash is cut short").toEqual(["indirect"]);
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
