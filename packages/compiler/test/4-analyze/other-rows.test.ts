/** Rows of another source: what is only counted, asked for, or taken where a value is missing. */
import { expect, it } from "vitest";
import { codes } from "./payments.js";

const known = { more: { ingested_at: "seen_at" } };

it.each([
  ["a count of all", "SELECT id, card, created_at, seen_at, (SELECT count(*) FROM refunds) AS v FROM payments"],
  ["whether there are any", "SELECT id, card, created_at, seen_at, EXISTS (SELECT 1 FROM refunds) AS v FROM payments"],
  ["rows, if there are any", "SELECT id, card, created_at, seen_at, amount AS v FROM payments WHERE EXISTS (SELECT 1 FROM refunds)"],
  [
    "a count, joined where there is one",
    "SELECT p.id, card, created_at, seen_at, n AS v FROM payments p LEFT JOIN (SELECT id, count(*) AS n FROM refunds GROUP BY id) r ON r.id = p.id",
  ],
  [
    "a time that is never taken",
    "SELECT p.id, card, created_at, coalesce(seen_at, told_at) AS seen_at, reason AS v FROM payments p JOIN refunds r ON r.id = p.id",
  ],
])("is known later: %s", (_what, sql) => expect(codes({ sql, ...known })).toEqual(["known-later"]));

it.each([
  [
    "a time that is taken where there is one",
    "SELECT p.id, card, created_at, coalesce(told_at, seen_at) AS seen_at, reason AS v FROM payments p LEFT JOIN refunds r ON r.id = p.id",
  ],
  [
    "the later one",
    "SELECT p.id, card, created_at, greatest(seen_at, told_at) AS seen_at, reason AS v FROM payments p JOIN refunds r ON r.id = p.id",
  ],
  [
    "rows that are joined where there are some, and not read",
    "SELECT p.id, card, created_at, seen_at, amount AS v FROM payments p LEFT JOIN (SELECT DISTINCT id FROM refunds) r ON r.id = p.id",
  ],
])("is known: %s", (_what, sql) => expect(codes({ sql, ...known })).toEqual([]));
