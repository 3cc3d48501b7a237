import { expect, it } from "vitest";
import { parseColumnType } from "../../src/shorthand/index.js";
import { toDataType, type SqlType } from "../../src/sql/types.js";

it.each(["int", "decimal(12,2)", "array<string>", "map<string,array<int>>", "struct<a:int,b:timestamp>"])(
  "a column can have the type %s",
  (text) => {
    const declared = parseColumnType(text);
    const type = declared.ok ? declared.value.type : undefined;
    expect(type).toBeDefined();
    expect(toDataType(type as SqlType)).toEqual(type);
  },
);

it.each<SqlType>([
  { kind: "null" },
  { kind: "interval", start: 0, end: 1 },
  { kind: "array", element: { kind: "variant" }, containsNull: true },
  {
    kind: "struct",
    fields: [
      { name: "a", type: { kind: "int" }, nullable: true },
      { name: "b", type: { kind: "unknown", why: "" }, nullable: true },
    ],
  },
])("a column cannot have the type %j", (type) => {
  expect(toDataType(type)).toBeUndefined();
});
