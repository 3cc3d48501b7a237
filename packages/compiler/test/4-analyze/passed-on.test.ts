import { expect, it } from "vitest";
import type { TransformFacts } from "../../src/4-analyze/analysis.js";
import { analyzed, changed, fraud } from "./project.js";

const TIME = { key: ["transaction_id"], eventTime: "created_at", ingestedAt: "received_at" };

/** A transform of this SQL alone, with what it declares. */
function facts(sql: string, declared: object = {}): TransformFacts {
  const spec = fraud();
  const analysis = analyzed({ ...spec, transforms: { probe: { sql, ...declared } }, features: {}, models: {}, deployments: {} });
  const found = analysis.datasets["probe"];
  if (found?.kind !== "transform") throw new Error(JSON.stringify(analysis.findings));
  return found;
}
const time = (sql: string, declared?: object): unknown => facts(sql, declared).time;

it("takes what passes through unchanged, by whatever name", () => {
  expect(time("SELECT * FROM transactions")).toEqual(TIME);
  expect(time("SELECT transaction_id AS id, created_at AS at, received_at AS seen, amount FROM transactions")).toEqual({
    key: ["id"],
    eventTime: "at",
    ingestedAt: "seen",
  });
  expect(time("WITH t AS (SELECT * FROM transactions) SELECT * FROM t WHERE amount > 1 ORDER BY amount")).toEqual(TIME);
  expect(time("SELECT * FROM transactions UNION ALL SELECT * FROM transactions")).toEqual(TIME);
  expect(time("SELECT t.* FROM transactions t LEFT JOIN cards c USING (card_id)")).toEqual(TIME);
});

it("takes nothing that is computed, or of which there are two", () => {
  expect(facts("SELECT upper(transaction_id) AS transaction_id, created_at FROM transactions").undecided).toEqual([
    { key: "key", candidates: [] },
  ]);
  expect(facts("SELECT a.*, b.created_at AS next_at FROM transactions a JOIN transactions b USING (card_id)").undecided).toEqual([
    { key: "event_time", candidates: ["created_at", "next_at"] },
  ]);
  expect(facts("SELECT t.*, c.updated_at FROM transactions t JOIN cards c USING (card_id)").undecided).toEqual([
    { key: "event_time", candidates: ["created_at", "updated_at"] },
  ]);
  expect(facts("SELECT t.*, c.card_id AS card FROM transactions t JOIN cards c USING (card_id)").undecided).toEqual([
    { key: "key", candidates: ["transaction_id", "card"] },
  ]);
  expect(facts("SELECT card_id, max(created_at) AS created_at FROM transactions GROUP BY card_id").time).toBeUndefined();
  expect(time("SELECT *, received_at AS again FROM transactions")).toEqual({ key: TIME.key, eventTime: TIME.eventTime });
});

it("takes what is declared before what passes through", () => {
  expect(time("SELECT * FROM transactions", { event_time: "received_at" })).toEqual({ ...TIME, eventTime: "received_at" });
  expect(time("SELECT * FROM transactions", { key: ["card_id", "merchant_id"] })).toEqual({ ...TIME, key: ["card_id", "merchant_id"] });
});

it("asks where something reads it, once, with what could be meant", () => {
  const sql = "SELECT a.*, b.created_at AS next_at FROM transactions a JOIN transactions b USING (card_id)";
  const { findings } = analyzed(changed(["transforms", "payments", "sql"], sql));
  const told = findings.filter(({ code }) => code === "time-needed").map(({ args }) => [args["name"], args["keys"], args["time"]]);
  expect(told).toContainEqual(["payments", ["event_time"], ["created_at", "next_at"]]);
});
