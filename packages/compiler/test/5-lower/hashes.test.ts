import { expect, it } from "vitest";
import { generationOf, modelHash } from "../../src/5-lower/hashes.js";
import { analyzed, changed, fraud, sqlFiles } from "../4-analyze/project.js";

const hash = (spec: ReturnType<typeof fraud>, files: Record<string, string> = sqlFiles): string =>
  modelHash(analyzed(spec, files), "models.fraud_score", []);
const generation = (spec: ReturnType<typeof fraud>, group = "card_velocity"): string =>
  generationOf(analyzed(spec), `features.${group}`, []);
const before = hash(fraud());

it.each<readonly [string, readonly string[], unknown]>([
  ["a description", ["sources", "transactions", "description"], "Other words."],
  ["an owner", ["features", "card_velocity", "owner"], "somebody"],
  ["a schedule", ["models", "fraud_score", "schedule", "cron"], "0 5 * * 0"],
  ["a column in long form", ["sources", "transactions", "columns", "country"], { type: "string" }],
  ["a column's description", ["sources", "transactions", "columns", "country"], { type: "string", description: "Where." }],
  ["a key of the user's", ["models", "fraud_score", "x-ticket"], "ML-1"],
])("%s does not change what is computed", (_, path, value) => {
  expect(hash(changed(path, value))).toBe(before);
});

it.each<readonly [string, readonly string[], unknown]>([
  ["a column's type", ["sources", "transactions", "columns", "country"], "string!"],
  ["a check", ["sources", "transactions", "checks", "positive_amount", "on_fail"], "warn"],
  ["a window", ["features", "card_velocity", "aggregates", "spend"], "sum(amount) over [1h, 6d]"],
  ["a parameter", ["models", "fraud_score", "params", "max_iter"], 7],
])("%s does", (_, path, value) => {
  expect(hash(changed(path, value))).not.toBe(before);
});

const labels = "sql/labelled_payments.sql" as const;

it("knows what an SQL file says, not its name, nor how it is written", () => {
  const moved = changed(["transforms", "labelled_payments", "sql_file"], "sql/moved.sql");
  expect(hash(moved, { "sql/moved.sql": sqlFiles[labels] })).toBe(before);
  const noted = sqlFiles[labels].replace("FROM payments", "/* accepted */ from\n  PAYMENTS");
  expect(hash(fraud(), { [labels]: `${noted.trimEnd()}\n-- looks again\n` })).toBe(before);
  expect(hash(fraud(), { [labels]: sqlFiles[labels].replace("IS NOT NULL", "IS NULL") })).not.toBe(before);
});

it("knows the code of a model that is trained by it, and no name of a dataset", () => {
  const ownCode = analyzed(changed(["models", "fraud_score", "estimator"], "src/model.py:build"));
  const trained = (sha256: string, meaning?: string): string =>
    modelHash(ownCode, "models.fraud_score", [{ path: "src/model.py", sha256, ...(meaning === undefined ? {} : { meaning }) }]);
  expect(trained("1")).not.toBe(trained("2"));
  expect(trained("1", "same")).toBe(trained("2", "same"));
  expect(modelHash(analyzed(fraud()), "models.fraud_score", [{ path: "src/model.py", sha256: "1" }])).toBe(before);
  const spec = structuredClone(fraud());
  const { transactions, ...others } = spec.sources ?? {};
  const renamed = {
    ...spec,
    sources: { ...others, card_payments: transactions },
    transforms: {
      ...spec.transforms,
      payments: { ...spec.transforms?.["payments"], sql: spec.transforms?.["payments"]?.sql?.replace("transactions", "card_payments") },
    },
  } as typeof spec;
  expect(hash(renamed)).toBe(before);
});

it.each<readonly [string, readonly string[], unknown, boolean]>([
  ["a derived value", ["features", "card_velocity", "derived", "per_day"], "spend_7d / 7", true],
  ["blanks in an aggregate", ["features", "card_velocity", "aggregates", "spend"], "sum( amount )  over [1h,7d]", true],
  ["the long form", ["features", "card_velocity", "aggregates", "spend"], { value: "sum(amount)", over: ["1h", "7d"] }, true],
  ["a column that nothing reads", ["sources", "transactions", "columns", "note"], "string", true],
  ["a check that only warns", ["sources", "transactions", "checks", "odd"], { expect: "amount < 9000", on_fail: "warn" }, true],
  ["a tile", ["features", "card_velocity", "tile"], "1m", false],
  ["a filter", ["features", "card_velocity", "aggregates", "foreign_count", "where"], "country <> 'DE'", false],
  ["a check that chooses rows", ["sources", "transactions", "checks", "odd"], { expect: "amount < 9000", on_fail: "quarantine" }, false],
  ["how late rows may be", ["sources", "transactions", "lateness"], "20m", false],
  ["a column's type", ["sources", "transactions", "columns", "amount"], "decimal(14,2)!", false],
])("the generation of what is stored with %s", (_, path, value, same) => {
  expect(generation(changed(path, value)) === generation(fraud())).toBe(same);
});

it.each<readonly [string, string, boolean]>([
  ["another column", "CAST(amount AS DOUBLE) AS amount, lower(currency) AS currency", true],
  ["a column that is read, computed otherwise", "CAST(amount AS DOUBLE) * 100 AS amount", false],
])("of a query, only what is read counts: %s", (_, items, same) => {
  const spec = structuredClone(fraud());
  const payments = spec.transforms?.["payments"];
  const to = {
    ...payments,
    sql: payments?.sql?.replace("CAST(amount AS DOUBLE) AS amount", items),
    columns: { ...payments?.columns, ...(items.includes("currency") ? { currency: "string" } : {}) },
  };
  expect(generation({ ...spec, transforms: { ...spec.transforms, payments: to } } as typeof spec) === generation(fraud())).toBe(same);
});

it("knows by what a column is masked, and with which secret", () => {
  const masked = (mask: string, key = "hash_key"): string => {
    const spec = structuredClone(fraud());
    const payments = spec.transforms?.["payments"];
    const sql = payments?.sql?.replace("merchant_id,", `${mask} AS merchant_id,`) ?? "";
    const { columns: _, ...rest } = payments ?? {};
    const masking = { secrets: [key], masking: { key: `\${secret.${key}}` } };
    return generation({ ...spec, ...masking, transforms: { ...spec.transforms, payments: { ...rest, sql } } } as typeof spec);
  };
  const hashed = masked("mask.keyed_hash(merchant_id)");
  expect(masked("mask.keyed_hash( merchant_id /* again */ )")).toBe(hashed);
  expect(masked("mask.tokenise(merchant_id)")).not.toBe(hashed);
  expect(masked("mask.keyed_hash(merchant_id)", "hash_key_2"), "a new name is a new key").not.toBe(hashed);
  expect(masked("mask.truncate(merchant_id, 3)")).not.toBe(masked("mask.truncate(merchant_id, 4)"));
  expect(masked("mask.truncate(merchant_id, 3)", "hash_key_2"), "it takes none").toBe(masked("mask.truncate(merchant_id, 3)"));
});

it("the generation changes with what rows are compared by, and with the percentile", () => {
  const of = (call: string): string => generation(changed(["features", "card_velocity", "aggregates", "more"], `${call} over 7d`));
  const calls = [
    "last(amount)",
    "max_by(amount, country)",
    "max_by(amount, merchant_id)",
    "approx_percentile(amount, 0.5)",
    "approx_percentile(amount, 0.9)",
  ];
  expect(new Set(calls.map(of)).size).toBe(calls.length);
  expect(of("approx_percentile(amount, .9)")).toBe(of("approx_percentile( amount , 0.90)"));
});
