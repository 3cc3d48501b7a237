import { expect, it } from "vitest";
import { definitionHash } from "../../src/5-lower/hashes.js";
import { analyzed, changed, fraud, sqlFiles } from "../4-analyze/project.js";

const hash = (spec: ReturnType<typeof fraud>, files = sqlFiles): string => definitionHash(analyzed(spec, files), "models.fraud_score");
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

it("knows the text of an SQL file, not its name", () => {
  const sql = "sql/labelled_payments.sql" as const;
  const moved = changed(["transforms", "labelled_payments", "sql_file"], "sql/moved.sql");
  expect(definitionHash(analyzed(moved, { "sql/moved.sql": sqlFiles[sql] }), "models.fraud_score")).toBe(before);
  const edited = { [sql]: `${sqlFiles[sql].trimEnd()}\n-- looks again\n` };
  expect(hash(fraud(), edited)).not.toBe(before);
});
