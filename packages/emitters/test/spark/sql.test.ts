import type { DataType, Expr } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { sqlExpression, typeText } from "../../src/spark/sql.js";

const int: DataType = { kind: "int" };
const boolean: DataType = { kind: "boolean" };
const column = (name: string): Expr => ({ node: "column", ref: { scope: "dataset", name }, type: int, nullable: true });
const text = (value: string): Expr => ({ node: "literal", value, type: { kind: "string" }, nullable: false });
const binary = (op: Extract<Expr, { node: "binary" }>["op"], left: Expr, right: Expr): Expr => ({
  node: "binary",
  op,
  left,
  right,
  type: int,
  nullable: true,
});
const sql = (expr: Expr): string => sqlExpression(expr, (ref) => ("name" in ref ? ref.name : ref.scope));

it("quotes every name, and strings as Spark reads them", () => {
  expect(sql(column("interval"))).toBe("`interval`");
  expect(sql(column("a`b"))).toBe("`a``b`");
  expect(sql(binary("=", column("a"), text("it's \\ \n")))).toBe("`a` = 'it\\'s \\\\ \\n'");
});

it("sets brackets where the order of operations needs them", () => {
  const sum = binary("+", column("a"), column("b"));
  expect(sql(binary("*", sum, sum))).toBe("(`a` + `b`) * (`a` + `b`)");
  expect(sql(binary("-", column("c"), sum))).toBe("`c` - (`a` + `b`)");
  expect(sql(binary("-", sum, column("c")))).toBe("`a` + `b` - `c`");
  const either: Expr = { ...binary("or", column("a"), column("b")), type: boolean };
  expect(sql({ ...binary("and", either, column("c")), type: boolean })).toBe("(`a` OR `b`) AND `c`");
  const known: Expr = { node: "is_null", operand: sum, negated: true, type: boolean, nullable: false };
  expect(sql(known)).toBe("`a` + `b` IS NOT NULL");
  expect(sql({ ...binary("=", known, column("c")), type: boolean })).toBe("(`a` + `b` IS NOT NULL) = `c`");
  expect(sql({ node: "is_null", operand: known, negated: false, type: boolean, nullable: false })).toBe("(`a` + `b` IS NOT NULL) IS NULL");
});

it("asks for no NOT NULL inside of a type", () => {
  const field = { name: "a", type: int, nullable: false };
  const type: DataType = {
    kind: "map",
    key: { kind: "string" },
    value: { kind: "array", element: { kind: "struct", fields: [field] }, containsNull: true },
    valueContainsNull: true,
  };
  expect(typeText(type)).toBe("map<string,array<struct<a:int>>>");
});
