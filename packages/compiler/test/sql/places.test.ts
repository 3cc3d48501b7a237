/** Where a call is pointed at whose arguments do not fit: at the argument, as far as it is one that does not. */
import { expect, it } from "vitest";
import { bind, type Catalogue } from "../../src/sql/bind/index.js";
import { parseSql } from "../../src/sql/parse/index.js";
import { arrayOf, DOUBLE, INT, STRING } from "../../src/sql/types.js";

const tables: Catalogue = new Map([
  [
    "t",
    {
      id: "t",
      name: "t",
      columns: [
        { name: "s", type: STRING, nullable: true },
        { name: "d", type: DOUBLE, nullable: true },
        { name: "a", type: arrayOf(INT, true), nullable: true },
      ],
    },
  ],
]);

it.each([
  ["date_add(a, 1)", "a", { types: "array<int>", place: "1" }],
  ["date_add(current_date(), a)", "a", { types: "array<int>", place: "2" }],
  ["abs(a)", "a", { types: "array<int>" }],
  ["regexp_extract(s, a, 1)", "a", { types: "array<int>", place: "2" }],
  ["max(map(1, d))", "map(1, d)", { types: "map<int,double>" }],
  ["forall(d, x -> x > 1)", "d", { types: "double", place: "1" }],
  // Each fits; together they do not.
  ["array_contains(a, array(1))", "array_contains(a, array(1))", { types: "array<int>, array<int>" }],
])("%s", (sql, at, args) => {
  const text = `SELECT ${sql} AS x FROM t`;
  const parsed = parseSql(text);
  if (!parsed.ok) throw new Error("not read");
  const [finding] = bind(parsed.query, tables).findings;
  expect(finding?.condition).toBe("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
  expect(text.slice(finding?.span.start, finding?.span.end)).toBe(at);
  expect(finding?.args).toMatchObject(args);
  expect(Object.hasOwn(finding?.args ?? {}, "place")).toBe("place" in args);
});
