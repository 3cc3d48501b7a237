/** Conditions over two times, orders by what is computed from a time, and what is left of a history. */
import { describe, expect, it } from "vitest";
import { codes, found, LATEST, select } from "./payments.js";

const window = (call: string): { readonly sql: string } => ({ sql: select(call) });
const self = (on: string, of = "h.amount", how = "JOIN"): string =>
  `SELECT p.id, p.card, p.created_at, ${of} AS v FROM payments p ${how} payments h ON h.card = p.card AND ${on}`;
const asked = (where: string, of = "max(h.amount)"): string =>
  `SELECT id, card, created_at, (SELECT ${of} FROM payments h WHERE h.card = p.card AND ${where}) AS v FROM payments p`;
const rows = (where: string): string => `SELECT id, card, created_at, amount AS v FROM payments p WHERE ${where}`;

describe("an order by what is computed from a time", () => {
  it.each([
    "sum(amount) OVER (PARTITION BY card ORDER BY -unix_micros(created_at))",
    "sum(amount) OVER (PARTITION BY card ORDER BY 0 - unix_micros(created_at))",
    "sum(amount) OVER (PARTITION BY card ORDER BY unix_micros(created_at) * -1)",
    "sum(amount) OVER (PARTITION BY card ORDER BY datediff(DATE '2030-01-01', created_at))",
    "lag(amount) OVER (PARTITION BY card ORDER BY -unix_micros(created_at))",
    "lead(amount) OVER (PARTITION BY card ORDER BY year(created_at))",
    "lead(amount) OVER (PARTITION BY card ORDER BY created_at + INTERVAL 1 HOUR)",
    "lead(amount) OVER (PARTITION BY card ORDER BY date_format(created_at, 'yyyy-MM-dd'))",
    "first_value(amount) OVER (PARTITION BY card ORDER BY -unix_micros(created_at))",
  ])("looks ahead: %s", (call) => expect(codes(window(call))).toEqual(["looks-ahead"]));

  it.each([
    "sum(amount) OVER (PARTITION BY card ORDER BY -unix_micros(created_at) DESC)",
    "lead(amount) OVER (PARTITION BY card ORDER BY -unix_micros(created_at))",
    "lag(amount) OVER (PARTITION BY card ORDER BY created_at + INTERVAL 1 HOUR)",
    "lead(amount) OVER (PARTITION BY card ORDER BY hour(created_at))",
    "lead(amount) OVER (PARTITION BY card ORDER BY date_format(created_at, 'dd.MM.yyyy'))",
    "lead(amount) OVER (PARTITION BY card ORDER BY unix_micros(created_at) * seq)",
    "lead(amount) OVER (PARTITION BY card ORDER BY unix_micros(created_at) - unix_micros(seen_at))",
    "max_by(amount, -unix_micros(created_at)) OVER (PARTITION BY card)",
  ])("does not, or nobody knows: %s", (call) => expect(codes(window(call))).toEqual([]));
});

describe("rows that are later by a condition", () => {
  it.each([
    self("h.created_at > p.created_at"),
    self("p.created_at < h.created_at"),
    self("h.created_at >= p.created_at AND h.created_at < p.created_at + INTERVAL 7 DAYS"),
    self("h.created_at BETWEEN p.created_at AND p.created_at + INTERVAL 7 DAYS"),
    self("h.created_at > p.created_at + INTERVAL 1 HOUR"),
    self("h.created_at - INTERVAL 1 HOUR > p.created_at"),
    self("unix_timestamp(h.created_at) > unix_timestamp(p.created_at)"),
    self("date(h.created_at) > date(p.created_at)"),
    self("h.created_at > p.created_at", "h.amount", "LEFT JOIN"),
    self("h.created_at > p.created_at", "p.amount"),
    `${self("h.created_at > p.created_at", "avg(h.amount)")} GROUP BY ALL`,
    "SELECT p.id, p.card, p.created_at, h.amount AS v FROM payments p, payments h WHERE h.card = p.card AND h.created_at > p.created_at",
    asked("h.created_at > p.created_at"),
    asked("h.created_at > p.created_at", "count(*)"),
    select("EXISTS (SELECT 1 FROM payments h WHERE h.card = p.card AND h.created_at > p.created_at)").replace(/payments$/, "payments p"),
    "SELECT id, card, created_at, v FROM payments p, LATERAL (SELECT max(amount) AS v FROM payments h WHERE h.card = p.card AND h.created_at > p.created_at)",
    rows("EXISTS (SELECT 1 FROM payments h WHERE h.card = p.card AND h.created_at > p.created_at)"),
    rows("NOT EXISTS (SELECT 1 FROM payments h WHERE h.card = p.card AND h.created_at > p.created_at)"),
    rows("id NOT IN (SELECT h.id FROM payments h WHERE h.created_at > p.created_at)"),
    "WITH h AS (SELECT * FROM payments WHERE amount > 1) SELECT p.id, p.card, p.created_at, h.amount AS v FROM payments p JOIN h ON h.card = p.card AND h.created_at > p.created_at",
  ])("look ahead: %s", (sql) => expect(codes({ sql })).toEqual(["looks-ahead"]));

  it.each([
    self("h.created_at < p.created_at"),
    self("h.created_at <= p.created_at AND h.created_at > p.created_at - INTERVAL 7 DAYS"),
    self("h.created_at BETWEEN p.created_at - INTERVAL 7 DAYS AND p.created_at"),
    self("h.created_at >= p.created_at AND h.created_at <= p.created_at"),
    self("date(h.created_at) >= date(p.created_at)"),
    self("h.created_at > p.created_at AND h.seen_at < p.seen_at"),
    self("(h.created_at > p.created_at OR h.seq < p.seq)"),
    self("NOT h.created_at > p.created_at"),
    self("h.created_at > p.seen_at"),
    asked("h.created_at < p.created_at"),
    asked("h.created_at > p.created_at - INTERVAL 7 DAYS AND h.created_at < p.created_at"),
    rows("NOT EXISTS (SELECT 1 FROM payments h WHERE h.card = p.card AND h.created_at < p.created_at)"),
    rows("created_at > '2026-01-01' AND created_at < seen_at"),
    // It may be a copy, of which one is as good as the other.
    rows("NOT EXISTS (SELECT 1 FROM payments h WHERE h.id = p.id AND h.created_at > p.created_at)"),
    // Rows that stand at the later of the two.
    "SELECT h.id, h.card, h.created_at, p.amount AS v FROM payments p JOIN payments h ON h.card = p.card AND h.created_at > p.created_at",
    "SELECT h.id, h.card, h.created_at, h.amount - p.amount AS v FROM payments p JOIN payments h ON h.card = p.card AND h.created_at > p.created_at",
    "SELECT p.id, p.card, greatest(p.created_at, h.created_at) AS created_at, h.amount AS v FROM payments p JOIN payments h ON h.card = p.card AND h.created_at > p.created_at",
    "SELECT h.id, h.card, h.created_at, p.amount AS v FROM payments p JOIN payments h ON h.card = p.card AND h.created_at > p.created_at UNION ALL SELECT id, card, created_at, amount FROM payments",
  ])("do not, or nobody knows: %s", (sql) => expect(codes({ sql })).toEqual([]));

  it("point at the condition", () => {
    const sql = self("h.created_at > p.created_at", "h.amount", "LEFT JOIN");
    const [{ at } = { at: undefined }] = found({ sql });
    expect(at?.in === "spec" && at.span !== undefined && sql.slice(at.span.start, at.span.end)).toBe("h.created_at > p.created_at");
  });

  it("may decide labels, once they are there", () => {
    const sql = select("amount");
    const label = "EXISTS (SELECT 1 FROM payments h WHERE h.card = payments.card AND h.created_at > payments.created_at)";
    expect(codes({ sql, label })).toEqual([]);
    expect(codes({ sql, label, knownAfter: "0s" })).toEqual(["label-unsettled"]);
  });
});

describe("rows that an outer join repeats", () => {
  const later = "payments p LEFT JOIN payments h ON h.card = p.card AND h.created_at > p.created_at";
  const row = "p.id, p.card, p.created_at";

  it.each([
    `SELECT ${row}, p.amount AS v FROM ${later}`,
    `SELECT ${row}, p.amount AS v FROM payments h RIGHT JOIN payments p ON h.card = p.card AND h.created_at > p.created_at`,
    `SELECT ${row}, sum(p.amount) AS v FROM ${later} GROUP BY ALL`,
    `SELECT ${row}, count(*) AS v FROM ${later} GROUP BY ALL`,
    `SELECT * FROM (SELECT ${row}, p.amount AS v FROM ${later}) WHERE v > 1`,
  ])("as often as there are later ones: %s", (sql) => expect(codes({ sql })).toEqual(["looks-ahead"]));

  it.each([
    `SELECT DISTINCT ${row}, p.amount AS v FROM ${later}`,
    `SELECT ${row}, p.amount AS v FROM ${later} GROUP BY ALL`,
    `SELECT ${row}, max(p.amount) AS v FROM ${later} GROUP BY ALL`,
    `SELECT id, card, created_at, v FROM (SELECT ${row}, p.amount AS v, row_number() OVER (PARTITION BY p.id ORDER BY h.created_at) AS n FROM ${later}) WHERE n = 1`,
    `SELECT ${row}, p.amount AS v FROM ${later.replace(">", "<")}`,
    `SELECT ${row}, p.amount AS v FROM payments p LEFT JOIN payments h ON h.id = p.id AND h.created_at > p.created_at`,
    `SELECT ${row}, p.amount AS v FROM payments p LEFT JOIN refunds r ON r.id = p.id`,
  ])("once, or nobody knows: %s", (sql) => expect(codes({ sql })).toEqual([]));

  it("make no difference to the latest, and to the greatest", () => {
    const sql = `SELECT ${row}, p.amount AS v FROM ${later}`;
    expect(codes({ sql, feature: LATEST })).toEqual([]);
    expect(codes({ sql, feature: { entity: "card", from: "t", aggregates: { value: "max(v) over 30d" } } })).toEqual([]);
  });
});

describe("what is left of a history", () => {
  const WHOLE = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
  const of = (time: string, value: string, where = ""): string => `SELECT DISTINCT card AS id, card, ${time} AS created_at, ${value} AS v FROM payments ${where}`; // prettier-ignore
  const last = `last_value(amount) OVER (PARTITION BY card ORDER BY created_at ${WHOLE})`;
  const greatest = "max(created_at) OVER (PARTITION BY card)";

  it.each([
    of(greatest, last),
    of(greatest, "max_by(amount, created_at) OVER (PARTITION BY card)"),
    of(`last_value(created_at) OVER (PARTITION BY card ORDER BY created_at ${WHOLE})`, last),
    of("first_value(created_at) OVER w", "first_value(amount) OVER w").concat("WINDOW w AS (PARTITION BY card ORDER BY created_at DESC)"),
    of(greatest, last).replace("DISTINCT card AS id", "id"),
    `WITH w AS (SELECT *, ${greatest} AS last_at FROM payments) SELECT id, card, created_at, amount AS v FROM w WHERE created_at = last_at`,
  ])("is the latest alone, by a window: %s", (sql) => expect(codes({ sql, feature: LATEST })).toEqual(["history-lost"]));

  it.each([
    of(greatest, last, "WHERE created_at < '2026-01-01'"),
    of(greatest.replace("card)", "card, session)"), last.replace("card ", "card, session ")),
    of(greatest.replace("card)", "card, date(created_at))"), last.replace("card ", "card, date(created_at) ")),
    of("last_value(created_at) OVER (PARTITION BY card ORDER BY created_at)", "last_value(amount) OVER (PARTITION BY card ORDER BY created_at)"), // prettier-ignore
    of("min(created_at) OVER (PARTITION BY card)", `first_value(amount) OVER (PARTITION BY card ORDER BY created_at ${WHOLE})`),
  ])("is not, or nobody knows, by a window: %s", (sql) => expect(codes({ sql, feature: LATEST })).toEqual([]));

  const version = (by: string, time = "max(created_at)"): string =>
    `SELECT max_by(id, created_at) AS id, card, ${time} AS created_at, max_by(amount, created_at) AS v FROM payments GROUP BY ${by}`;
  const latest = "JOIN (SELECT card, max(created_at) AS last_at FROM payments GROUP BY card) l";

  it.each([
    version("card"),
    version("card").replaceAll("max_by(", "min_by(").replaceAll(", created_at)", ", -unix_micros(created_at))"),
    rows("created_at = (SELECT max(h.created_at) FROM payments h WHERE h.card = p.card)"),
    rows("created_at >= (SELECT max(created_at) FROM payments)"),
    rows("date(created_at) = (SELECT max(date(created_at)) FROM payments)"),
    rows("(card, created_at) IN (SELECT card, max(created_at) FROM payments GROUP BY card)"),
    rows("NOT EXISTS (SELECT 1 FROM payments h WHERE h.card = p.card AND h.created_at > p.created_at)"),
    rows("NOT EXISTS (SELECT 1 FROM payments h WHERE h.id = p.id AND h.created_at > p.created_at)"),
    `SELECT id, p.card, created_at, amount AS v FROM payments p ${latest} ON l.card = p.card AND l.last_at = p.created_at`,
    "SELECT id, p.card, created_at, amount AS v FROM payments p JOIN (SELECT card, max(created_at) AS created_at FROM payments GROUP BY card) l USING (card, created_at)".replace("created_at, amount", "p.created_at, amount"), // prettier-ignore
    "SELECT p.id, p.card, p.created_at, p.amount AS v FROM payments p LEFT ANTI JOIN payments h ON h.card = p.card AND h.created_at > p.created_at",
    `${self("h.created_at > p.created_at", "p.amount", "LEFT JOIN")} WHERE h.id IS NULL`,
    "SELECT id, card, created_at, amount AS v FROM payments ORDER BY created_at DESC LIMIT 1",
    "SELECT id, card, created_at, v FROM (SELECT *, amount AS v FROM payments ORDER BY seen_at DESC LIMIT 100)",
    "WITH v AS (SELECT card, max(created_at) AS created_at, max_by(amount, created_at) AS v FROM payments GROUP BY card) SELECT card AS id, card, created_at, v FROM v",
  ])("is the latest alone: %s", (sql) => expect(codes({ sql, feature: LATEST })).toEqual(["history-lost"]));

  it.each([
    // The first rows, of all or of a day; versions of a thing of which there may be one row.
    version("card").replaceAll("max", "min"),
    version("card, date(created_at)"),
    // Of each session, of which a card has many.
    version("card, session"),
    "SELECT card AS id, card, max(created_at) AS created_at, max(created_at) AS v FROM payments GROUP BY card",
    version("id, card"),
    version("card, created_at"),
    rows("created_at = (SELECT min(h.created_at) FROM payments h WHERE h.card = p.card)"),
    rows("created_at = (SELECT max(h.created_at) FROM payments h WHERE h.card = p.card AND h.created_at <= p.seen_at)"),
    rows("created_at < (SELECT max(h.created_at) FROM payments h WHERE h.created_at < '2026-01-01')"),
    rows("NOT EXISTS (SELECT 1 FROM payments h WHERE h.card = p.card AND h.created_at < p.created_at)"),
    "SELECT id, card, created_at, amount AS v FROM payments ORDER BY created_at LIMIT 1",
    "SELECT id, card, created_at, amount AS v FROM payments ORDER BY -unix_micros(created_at) DESC LIMIT 1",
    "SELECT id, card, created_at, v FROM payments p, LATERAL (SELECT amount AS v FROM payments h WHERE h.card = p.card AND h.created_at < p.created_at ORDER BY h.created_at DESC LIMIT 1)",
  ])("is not, or nobody knows: %s", (sql) => expect(codes({ sql, feature: LATEST })).toEqual([]));

  it("looks ahead where it stands beside earlier rows", () => {
    for (const sql of [
      `SELECT id, p.card, created_at, l.v FROM payments p JOIN (${version("card").replace("AS created_at", "AS last_at")}) l ON l.card = p.card`.replace("SELECT id", "SELECT p.id"), // prettier-ignore
      "SELECT id, card, created_at, (SELECT amount FROM payments ORDER BY created_at DESC LIMIT 1) AS v FROM payments",
      rows("created_at = (SELECT max(h.created_at) FROM payments h WHERE h.card = p.card)"),
      "SELECT id, card, created_at, amount AS v FROM payments ORDER BY created_at DESC LIMIT 100",
      "SELECT id, card, created_at, amount / (SELECT avg(amount) FROM payments) AS v FROM payments",
    ])
      expect(codes({ sql }), sql).toEqual(["looks-ahead"]);
    expect(codes({ sql: version("card") }), "with the time at which it is known").toEqual([]);
  });
});
