import { describe, expect, it } from "vitest";
import { analyze } from "../../src/4-analyze/analyze.js";
import type { FeatureSpec, TransformSpec } from "../../src/spec.js";
import { codes, found, LATEST, project, select, type Given } from "./payments.js";

/** What a finding points at, in the SQL of `t`. */
function pointed(given: Given): readonly string[] {
  return found(given).map(({ at }) =>
    at.in === "spec" && at.span !== undefined ? (given.sql ?? "").slice(at.span.start, at.span.end) : "",
  );
}
const window = (call: string): { readonly sql: string } => ({ sql: select(call) });

describe("windows that look ahead", () => {
  it.each([
    "lead(amount) OVER (PARTITION BY card ORDER BY created_at)",
    "lead(amount, 2, 0) OVER (PARTITION BY card ORDER BY created_at)",
    "lag(amount, -1) OVER (PARTITION BY card ORDER BY created_at)",
    "lag(amount) OVER (PARTITION BY card ORDER BY created_at DESC)",
    "max(amount) OVER (PARTITION BY card)",
    "count(*) OVER (PARTITION BY card)",
    "avg(amount) OVER ()",
    "sum(amount) OVER (PARTITION BY card, date(created_at))",
    "sum(amount) OVER (PARTITION BY card ORDER BY created_at DESC)",
    "avg(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING)",
    "avg(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING)",
    "avg(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)",
    "sum(amount) OVER (PARTITION BY card ORDER BY created_at RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND INTERVAL 1 DAY FOLLOWING)",
    "sum(amount) OVER (PARTITION BY card ORDER BY unix_timestamp(created_at) RANGE BETWEEN CURRENT ROW AND 3600 FOLLOWING)",
    "sum(amount) OVER (PARTITION BY card ORDER BY CAST(created_at AS BIGINT) RANGE BETWEEN CURRENT ROW AND 3600 FOLLOWING)",
    "last_value(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
    "first_value(amount) IGNORE NULLS OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
    "first_value(amount) OVER (PARTITION BY card ORDER BY created_at DESC)",
    "nth_value(amount, 3) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
    "row_number() OVER (PARTITION BY card ORDER BY created_at DESC)",
    "percent_rank() OVER (PARTITION BY card ORDER BY created_at)",
    "ntile(4) OVER (PARTITION BY card ORDER BY amount)",
    "amount / sum(amount) OVER (PARTITION BY card)",
    "CASE WHEN lead(id) OVER (PARTITION BY card ORDER BY created_at) IS NULL THEN 1 ELSE 0 END",
    "unix_timestamp(lead(created_at) OVER (PARTITION BY card ORDER BY created_at)) - unix_timestamp(created_at)",
    "max(amount) OVER (PARTITION BY card ORDER BY amount ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
    // By an amount, rows of any time come before.
    "row_number() OVER (PARTITION BY card ORDER BY amount DESC)",
    "sum(amount) OVER (PARTITION BY card ORDER BY amount)",
    "lag(amount) OVER (PARTITION BY card ORDER BY amount * 2)",
    "rank() OVER (PARTITION BY card ORDER BY country = 'FR' DESC, created_at)",
    // One of two times of a row.
    "lead(amount) OVER (PARTITION BY card ORDER BY CASE WHEN amount > 3 THEN created_at ELSE seen_at END)",
    "lead(amount) OVER (PARTITION BY card ORDER BY if(country = 'FR', created_at, seen_at))",
  ])("%s", (call) => {
    expect(codes(window(call))).toEqual(["looks-ahead"]);
    expect(pointed(window(call))[0]).toMatch(/^\(.*\)$/);
  });

  it("in named windows, tables of WITH, subqueries, unions, and where it chooses rows", () => {
    const lead = "lead(amount) OVER w";
    expect(codes({ sql: `${select(lead)} WINDOW w AS (PARTITION BY card ORDER BY created_at)` })).toEqual(["looks-ahead"]);
    const next = "SELECT *, lead(amount) OVER (PARTITION BY card ORDER BY created_at) AS later FROM payments";
    for (const sql of [
      `WITH n AS (${next}) SELECT id, card, created_at, later - amount AS v FROM n`,
      `SELECT id, card, created_at, v FROM (SELECT *, coalesce(later, 0) AS v FROM (${next}))`,
      `SELECT id, card, created_at, amount AS v FROM payments UNION ALL SELECT id, card, created_at, later FROM (${next})`,
      `SELECT id, card, created_at, amount AS v FROM (${next}) WHERE later > 100`,
      `SELECT id, card, created_at, if(later > 100, 1, 0) AS v FROM (${next})`,
    ])
      expect(codes({ sql }), sql).toEqual(["looks-ahead"]);
  });
});

describe("windows that look back", () => {
  it.each([
    "lag(amount) OVER (PARTITION BY card ORDER BY created_at)",
    "lead(amount) OVER (PARTITION BY card ORDER BY created_at DESC)",
    "lead(amount, -1) OVER (PARTITION BY card ORDER BY created_at)",
    "sum(amount) OVER (PARTITION BY card ORDER BY created_at)",
    "avg(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)",
    "avg(amount) OVER (PARTITION BY card ORDER BY created_at ROWS 6 PRECEDING)",
    "avg(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)",
    "avg(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN 3 PRECEDING AND 0 FOLLOWING)",
    "sum(amount) OVER (PARTITION BY card ORDER BY created_at RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW)",
    "sum(amount) OVER (PARTITION BY card ORDER BY created_at DESC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)",
    "sum(amount) OVER (PARTITION BY card ORDER BY seen_at)",
    "sum(amount) OVER (PARTITION BY card ORDER BY date(created_at))",
    "row_number() OVER (PARTITION BY card ORDER BY created_at)",
    "dense_rank() OVER (PARTITION BY card ORDER BY created_at, id DESC)",
    "first_value(amount) OVER (PARTITION BY card ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
    "last_value(amount) OVER (PARTITION BY card ORDER BY created_at)",
    "unix_timestamp(min(created_at) OVER (PARTITION BY card))",
    "min_by(amount, created_at) OVER (PARTITION BY card)",
    // Of one moment, or of one thing.
    "sum(amount) OVER (PARTITION BY card, created_at)",
    "count(*) OVER (PARTITION BY id)",
    // What this order has to do with time is not known.
    "sum(amount) OVER (PARTITION BY card ORDER BY seq)",
    "lead(amount) OVER (PARTITION BY card ORDER BY seq)",
    "row_number() OVER (PARTITION BY card ORDER BY seq DESC)",
    "row_number() OVER (PARTITION BY id ORDER BY amount DESC)",
    "lag(amount) OVER (PARTITION BY card ORDER BY CASE WHEN amount > 3 THEN created_at ELSE seen_at END)",
  ])("%s", (call) => expect(codes(window(call))).toEqual([]));

  it("and others, where rows count as known when the last of what they look at is", () => {
    const session = `SELECT session, card, max(created_at) OVER (PARTITION BY session) AS ended_at, sum(amount) OVER (PARTITION BY session) AS v FROM payments`;
    expect(codes({ sql: session, more: { key: "session", event_time: "ended_at" } })).toEqual([]);
    const next = `SELECT id, card, created_at, lead(seen_at) OVER (PARTITION BY card ORDER BY created_at) AS next_at,
      lead(amount) OVER (PARTITION BY card ORDER BY created_at) AS v FROM payments`;
    expect(codes({ sql: next, more: { ingested_at: "next_at" } })).toEqual([]);
    expect(codes({ sql: next })).toEqual(["looks-ahead"]);
  });

  it("says nothing of what no feature reads", () => {
    const sql = `SELECT id, card, created_at, amount AS v, lead(amount) OVER (PARTITION BY card ORDER BY created_at) AS later FROM payments`;
    expect(codes({ sql })).toEqual([]);
  });
});

describe("groups", () => {
  const joined = (stats: string, on = "USING (card)"): string =>
    `SELECT p.id, p.card, p.created_at, s.v FROM payments p JOIN (${stats}) s ${on}`;
  const before = "(SELECT avg(h.amount) FROM payments h WHERE h.card = p.card AND h.created_at < p.created_at)";

  it.each([
    joined("SELECT card, avg(amount) AS v FROM payments GROUP BY card"),
    joined("SELECT card, count(*) AS v FROM payments GROUP BY card"),
    joined("SELECT card, max_by(amount, created_at) AS v FROM payments GROUP BY card"),
    joined("SELECT card, amount AS v FROM (SELECT card, max(amount) AS amount FROM payments GROUP BY card)"),
    "WITH m AS (SELECT avg(amount) AS m FROM payments) SELECT id, card, created_at, amount - m AS v FROM payments CROSS JOIN m",
    "SELECT id, card, created_at, (SELECT avg(h.amount) FROM payments h WHERE h.card = p.card) AS v FROM payments p",
    "SELECT id, card, created_at, CAST(EXISTS (SELECT 1 FROM payments h WHERE h.card = p.card AND h.amount > 100) AS INT) AS v FROM payments p",
    "SELECT id, card, created_at, amount AS v FROM payments WHERE card IN (SELECT card FROM payments GROUP BY card HAVING count(*) > 9)",
    "SELECT card AS id, card, min(created_at) AS created_at, sum(amount) AS v FROM payments GROUP BY card",
    "SELECT card AS id, card, date_trunc('day', created_at) AS created_at, sum(amount) AS v FROM payments GROUP BY card, date_trunc('day', created_at)",
    "SELECT card AS id, card, CAST(CAST(created_at AS DATE) AS TIMESTAMP) AS created_at, count(*) AS v FROM payments GROUP BY ALL",
    "SELECT card AS id, card, window.start AS created_at, sum(amount) AS v FROM payments GROUP BY card, window(created_at, '1 hour')",
    "SELECT id, card, date_trunc('day', created_at) AS created_at, amount AS v FROM payments",
    // The earlier of two, or the beginning of a day of some.
    "SELECT id, card, least(created_at, seen_at) AS created_at, amount AS v FROM payments",
    "SELECT id, card, CASE WHEN seen_at > created_at THEN created_at ELSE seen_at END AS created_at, amount AS v FROM payments",
    "SELECT id, card, if(created_at <= seen_at, created_at, seen_at) AS created_at, amount AS v FROM payments",
    "SELECT id, card, CASE WHEN amount > 3 THEN created_at ELSE date_trunc('day', created_at) END AS created_at, amount AS v FROM payments",
    "SELECT id, card, CASE country WHEN 'FR' THEN created_at ELSE seen_at END AS created_at, lead(amount) OVER (PARTITION BY card ORDER BY created_at) AS v FROM payments",
  ])("%s", (sql) => expect(codes({ sql })).toEqual(["looks-ahead"]));

  it.each([
    "SELECT id, card, CASE WHEN seen_at > created_at THEN seen_at ELSE created_at END AS created_at, amount AS v FROM payments",
    "SELECT id, card, CASE WHEN country = 'FR' THEN created_at ELSE seen_at END AS created_at, amount AS v FROM payments",
    "SELECT id, card, CASE WHEN amount > 3 THEN created_at ELSE TIMESTAMP '2030-01-01' END AS created_at, lead(amount) OVER (PARTITION BY card ORDER BY created_at) AS v FROM payments",
    "SELECT session AS id, card, min(CASE WHEN country = 'end' THEN created_at END) AS created_at, sum(amount) AS v FROM payments GROUP BY session, card",
    "SELECT card AS id, card, max(created_at) AS created_at, sum(amount) AS v FROM payments GROUP BY card",
    "SELECT card AS id, card, window.end AS created_at, sum(amount) AS v FROM payments GROUP BY card, window(created_at, '1 hour')",
    "SELECT card AS id, card, date_trunc('day', created_at) + INTERVAL 1 DAY AS created_at, sum(amount) AS v FROM payments GROUP BY card, date_trunc('day', created_at)",
    "SELECT id, card, created_at, sum(amount) AS v FROM payments GROUP BY id, card, created_at",
    joined("SELECT card, avg(amount) AS v FROM payments WHERE created_at < '2026-01-01' GROUP BY card"),
    joined(
      "SELECT card, max(created_at) AS last_at, avg(amount) AS v FROM payments GROUP BY card",
      "ON s.card = p.card AND s.last_at < p.created_at",
    ),
    joined(
      "SELECT card, date(created_at) AS day, avg(amount) AS v FROM payments GROUP BY ALL",
      "ON s.card = p.card AND s.day = date(p.created_at) - INTERVAL 1 DAY",
    ),
    joined("SELECT card, unix_timestamp(min(created_at)) AS v FROM payments GROUP BY card"),
    `SELECT id, card, created_at, ${before} AS v FROM payments p`,
    "SELECT p.id, p.card, p.created_at, avg(h.amount) AS v FROM payments p JOIN payments h ON h.card = p.card AND h.created_at < p.created_at GROUP BY ALL",
  ])("%s", (sql) => expect(codes({ sql })).toEqual([]));

  it("across transforms", () => {
    const stats = { sql: "SELECT card, max(created_at) AS created_at, avg(amount) AS m FROM payments GROUP BY card", key: "card", event_time: "created_at" }; // prettier-ignore
    const t = (sql: string): TransformSpec => ({ sql, key: "id", event_time: "created_at" });
    const plain = "SELECT p.id, p.card, p.created_at, s.m AS v FROM payments p JOIN stats s ON s.card = p.card";
    expect(codes({ transforms: { stats, t: t(plain) } })).toEqual(["looks-ahead"]);
    expect(codes({ transforms: { stats, t: t(`${plain} AND s.created_at < p.created_at`) } })).toEqual([]);
    expect(codes({ transforms: { stats, t: t("SELECT card AS id, card, created_at, m AS v FROM stats") } })).toEqual([]);
    const early = { ...stats, sql: stats.sql.replace("max(", "min(") };
    expect(codes({ transforms: { stats: early, t: t("SELECT card AS id, card, created_at, m AS v FROM stats") } })).toEqual([
      "looks-ahead",
    ]);
  });
});

describe("rows of which the latest are kept", () => {
  const latest = (by: string): string =>
    `SELECT id, card, created_at, amount AS v FROM (SELECT *, row_number() OVER (PARTITION BY ${by} ORDER BY created_at DESC) AS n FROM payments) WHERE n = 1`;

  it("leave no history for columns", () => {
    expect(codes({ sql: latest("card"), feature: LATEST })).toEqual(["history-lost"]);
    expect(codes({ sql: latest("id"), feature: LATEST })).toEqual(["history-lost"]);
    expect(codes({ sql: latest("card").replace("DESC", "ASC"), feature: LATEST })).toEqual([]);
  });
  it("are chosen by later ones, unless they may be copies", () => {
    expect(codes({ sql: latest("card") })).toEqual(["looks-ahead"]);
    expect(codes({ sql: latest("id") })).toEqual([]);
    expect(codes({ sql: latest("card").replace("DESC", "ASC") })).toEqual([]);
  });
});

describe("labels", () => {
  const sql = select("amount");
  it("may look ahead, within the time in which they become known", () => {
    const lead = "lead(amount) OVER (PARTITION BY card ORDER BY created_at) > 100";
    const week = "max(amount) OVER (PARTITION BY card ORDER BY created_at RANGE BETWEEN CURRENT ROW AND INTERVAL 7 DAYS FOLLOWING) > 100";
    expect(codes({ sql, label: lead })).toEqual([]);
    expect(codes({ sql, label: lead, knownAfter: "0s" })).toEqual(["label-unsettled"]);
    expect(codes({ sql, label: week, knownAfter: "7d" })).toEqual([]);
    expect(codes({ sql, label: week, knownAfter: "6d" })).toEqual(["label-unsettled"]);
    expect(codes({ sql, label: "amount > 100", knownAfter: "0s" })).toEqual([]);
  });
});

describe("a label that repeats a column of its row", () => {
  const T = "SELECT id, card, created_at, seen_at, amount AS v FROM payments";
  const FROM_SOURCE: FeatureSpec = { entity: "card", from: "payments", aggregates: { value: "max(country) over 30d" } };
  const codes = (given: Given): readonly string[] =>
    found({ sql: T, ...given }).flatMap(({ code }) => (code === "label-type" ? [] : [code]));

  it.each([
    ["a renaming", "country", FROM_SOURCE, ["label-leaks"]],
    ["a function of it", "country = 'XX'", FROM_SOURCE, ["label-repeated"]],
    ["a condition on it", "CASE WHEN country = 'XX' THEN 1 ELSE 0 END", FROM_SOURCE, ["label-repeated"]],
    ["whether it is there", "country IS NULL", FROM_SOURCE, ["label-repeated"]],
    ["asked with the row", "amount > 100", { request: ["amount"] }, ["label-leaks"]],
    ["another column", "session", FROM_SOURCE, []],
    ["two columns, of which either may be late", "country = session", FROM_SOURCE, []],
    ["its time", "hour(created_at)", FROM_SOURCE, []],
    ["later rows", "lead(country) OVER (PARTITION BY card ORDER BY created_at)", FROM_SOURCE, []],
  ] as const)("%s", (_what, label, feature, expected) => {
    expect(codes({ label: "request" in feature ? `amount, ${label}` : label, feature: feature as FeatureSpec })).toEqual(expected);
  });

  it("is known with its row where it says so", () => {
    expect(codes({ label: "country", feature: FROM_SOURCE, knownAfter: "0s" })).toEqual([]);
  });

  it("is another row's where the table is joined to itself", () => {
    const spec = project({ sql: T, feature: FROM_SOURCE });
    const sql = `SELECT a.id, a.card, a.created_at, a.seen_at, b.country AS y
                 FROM payments a LEFT JOIN payments b ON b.card = a.card AND b.created_at > a.created_at`;
    const labelled = { ...spec.transforms?.["labelled"], sql } as TransformSpec;
    const { findings } = analyze({ environment: "local", spec: { ...spec, transforms: { ...spec.transforms, labelled } }, sqlFiles: {} });
    expect(findings.filter(({ code }) => code.startsWith("label-") && code !== "label-type")).toEqual([]);
  });
});
