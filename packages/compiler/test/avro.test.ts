import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fits, readAs } from "../src/avro/fit.js";
import { parseJson } from "../src/avro/json.js";
import { parseAvroSchema, type AvroMessage } from "../src/avro/schema.js";
import { parseDataType, printDataType } from "../src/4-analyze/types/text.js";

const record = (type: unknown): string => JSON.stringify({ type: "record", name: "R", fields: [{ name: "x", type }] });

function message(text: string): AvroMessage {
  const parsed = parseAvroSchema(text);
  if ("slips" in parsed) throw new Error(parsed.slips.map((slip) => slip.message).join("; "));
  return parsed.message;
}

function field(type: unknown): AvroMessage["fields"][number]["type"] {
  const [found] = message(record(type)).fields;
  if (found === undefined) throw new Error("there is one field");
  return found.type;
}

const slips = (text: string): readonly string[] => {
  const parsed = parseAvroSchema(text);
  return "slips" in parsed ? parsed.slips.map(({ span, message: words }) => `${text.slice(span.start, span.end)}: ${words}`) : [];
};

const logical = (type: string, logicalType: string, more: object = {}): object => ({ type, logicalType, ...more });

describe("types are those in which Spark 4.1 reads them", () => {
  // What `from_avro` made of each of these.
  it.each<[unknown, string | undefined]>([
    ["null", undefined],
    ["boolean", "boolean"],
    ["int", "int"],
    ["long", "bigint"],
    ["float", "float"],
    ["double", "double"],
    ["bytes", "binary"],
    ["string", "string"],
    [logical("int", "date"), "date"],
    [logical("long", "date"), "bigint"],
    [logical("int", "time-millis"), "int"],
    [logical("long", "time-micros"), "bigint"],
    [logical("long", "timestamp-millis"), "timestamp"],
    [logical("long", "timestamp-micros"), "timestamp"],
    [logical("long", "timestamp-nanos"), "bigint"],
    [logical("int", "timestamp-millis"), "int"],
    [logical("long", "local-timestamp-millis"), "timestamp_ntz"],
    [logical("long", "local-timestamp-micros"), "timestamp_ntz"],
    [logical("string", "uuid"), "string"],
    [logical("fixed", "uuid", { name: "U", size: 16 }), "binary"],
    [logical("fixed", "duration", { name: "D", size: 12 }), "binary"],
    [logical("bytes", "decimal", { precision: 12, scale: 2 }), "decimal(12,2)"],
    [logical("bytes", "decimal", { precision: 12 }), "decimal(12,0)"],
    [logical("bytes", "decimal"), "binary"],
    [logical("bytes", "decimal", { precision: 2, scale: 4 }), "binary"],
    [logical("bytes", "big-decimal"), "binary"],
    [logical("fixed", "decimal", { name: "D", size: 8, precision: 12, scale: 2 }), "decimal(12,2)"],
    [logical("fixed", "decimal", { name: "D", size: 2, precision: 12, scale: 2 }), "binary"],
    [{ type: "fixed", name: "F", size: 3 }, "binary"],
    [{ type: "enum", name: "E", symbols: ["A", "B"] }, "string"],
    [{ type: "array", items: ["null", "int"] }, "array<int>"],
    [{ type: "map", values: "double" }, "map<string,double>"],
    [
      {
        type: "record",
        name: "S",
        fields: [
          { name: "a", type: "int" },
          { name: "b", type: ["string", "null"] },
        ],
      },
      "struct<a:int,b:string>",
    ],
    [["int"], "int"],
    [["null", "string"], "string"],
    [["null"], undefined],
    [["int", "long"], "bigint"],
    [["double", "null", "float"], "double"],
    [["int", "string"], undefined],
    [["int", "double"], undefined],
  ])("%j", (type, wanted) => {
    const found = readAs(field(type));
    expect(found && printDataType(found)).toBe(wanted);
  });

  it("of more digits than Spark has, a decimal is its bytes, and Spark is not told", () => {
    const { shape, json } = field(logical("bytes", "decimal", { precision: 40, scale: 2 }));
    expect([shape, json]).toEqual([{ kind: "plain", type: { kind: "binary" } }, "bytes"]);
  });

  it("null in a union is what makes a field nullable", () => {
    expect([["null", "int"], ["int", "null"], ["int"], "int", "null"].map((type) => field(type).nullable)).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});

describe("a column fits that holds each value", () => {
  it.each([
    ["int", "bigint", true],
    ["long", "int", false],
    ["float", "double", true],
    ["double", "float", false],
    ["int", "double", false],
    ["string", "binary", false],
    [logical("bytes", "decimal", { precision: 12, scale: 2 }), "decimal(14,3)", true],
    [logical("bytes", "decimal", { precision: 12, scale: 2 }), "decimal(12,3)", false],
    [logical("bytes", "decimal", { precision: 12, scale: 2 }), "decimal(12,1)", false],
    [{ type: "array", items: "int" }, "array<bigint>", true],
    [{ type: "map", values: "int" }, "map<string,bigint>", true],
    [{ type: "map", values: "int" }, "map<int,bigint>", false],
    [
      {
        type: "record",
        name: "S",
        fields: [
          { name: "a", type: "int" },
          { name: "b", type: "string" },
        ],
      },
      "struct<b:string>",
      true,
    ],
    [{ type: "record", name: "S", fields: [{ name: "a", type: "int" }] }, "struct<b:int>", false],
    [
      {
        type: "record",
        name: "S",
        fields: [
          { name: "a", type: "int" },
          { name: "A", type: "int" },
        ],
      },
      "struct<a:int>",
      false,
    ],
  ])("%j as %s", (type, column, wanted) => {
    const declared = parseDataType(column);
    expect(declared !== undefined && fits(field(type), declared)).toBe(wanted);
  });
});

describe("what Spark is given", () => {
  it("says what matters for reading, and nothing else", () => {
    const enumeration = { type: "enum", name: "K", namespace: "b", symbols: ["X"], default: "X", doc: "d" };
    const fields = [
      { name: "a", type: enumeration, default: "X", aliases: ["z"], order: "ignore" },
      { name: "b", type: "b.K" },
      { name: "c", type: { type: "record", name: "K", fields: [{ name: "k", type: ["null", "K"] }] } },
    ];
    // In `a`, `K` is the record itself.
    expect(slips(JSON.stringify({ type: "record", name: "a.R", fields }))).toEqual([
      '"K": `K` holds itself, and Spark does not read such records',
    ]);
    const text = JSON.stringify({
      type: "record",
      name: "a.R",
      fields: fields.slice(0, 2).concat({ name: "d", type: { type: "fixed", name: "c.K", size: 2, logicalType: "none" } as never }),
    });
    expect(message(text).json).toEqual({
      type: "record",
      name: "R",
      fields: [
        { name: "a", type: { type: "enum", name: "K", symbols: ["X"] } },
        { name: "b", type: "K" },
        { name: "d", type: { type: "fixed", name: "K_2", size: 2 } },
      ],
    });
  });

  it("has no name that programs or Avro use themselves", () => {
    const types = ["__end", "n.int", "n.record"].map((name) => ({ type: "fixed", name, size: 1 }));
    const fields = types.map((type, i) => ({ name: `f${i}`, type }));
    expect(message(JSON.stringify({ type: "record", name: "__message", fields })).json).toMatchObject({
      name: "message_2",
      fields: [{ type: { name: "end_2" } }, { type: { name: "int_2" } }, { type: { name: "record_2" } }],
    });
  });
});

describe("what is no schema of a message", () => {
  it.each<[string, readonly string[]]>([
    ["", [": a value of JSON is expected here, not the end"]],
    ["{", [': a key in `"` is expected here, not the end']],
    ['{"type": "string",}', ['}: a key in `"` is expected here']],
    ["{'type': 1}", ["': a key in `\"` is expected here"]],
    ['{"type": "string"} x', ["x: JSON ends before this"]],
    ['{"type": "string", "type": "int"}', ['"type": `type` stands here twice']],
    ['"string"', ['"string": a message is a record, and this is another type']],
    ["7", ["7: a type is a name, a map or a list of types"]],
    ['{"protocol": "P"}', ['{"protocol": "P"}: a type in a map has a `type`']],
    [record("strin"), ['"strin": there is no type `strin`, nor does one of this name stand before']],
    [record({ type: { type: "int" } }), ['{"type":"int"}: the `type` of a type is a name']],
    [record({ type: "array" }), ['{"type":"array"}: an array has `items`']],
    [record({ type: "map" }), ['{"type":"map"}: a map has `values`']],
    [
      record({ type: "enum", name: "E-x", symbols: [] }),
      ['"E-x": a name begins with a letter or `_`, and goes on with letters, digits and `_`'],
    ],
    [record({ type: "enum", name: "E", symbols: ["A", "A"] }), ['"A": `A` stands here twice']],
    [record({ type: "enum", name: "E" }), ['{"type":"enum","name":"E"}: an enum has `symbols`, a list']],
    [record({ type: "fixed", name: "F", size: -1 }), ['{"type":"fixed","name":"F","size":-1}: a fixed has a `size`, in bytes']],
    [record({ type: "fixed", name: "R", size: 1 }), ['"R": a type `R` stands before']],
    [record([]), ["[]: a union has at least one type"]],
    [record(["int", ["string"]]), ['["string"]: no union stands in a union']],
    [record(["int", { type: "int", logicalType: "date" }]), ['{"type":"int","logicalType":"date"}: of each type, a union has one']],
    ['{"type": "record", "name": "R"}', ['{"type": "record", "name": "R"}: a record has `fields`, a list']],
    ['{"type": "record", "fields": []}', ['{"type": "record", "fields": []}: records, enums and fixed have a `name`']],
    ['{"type": "record", "name": "R", "fields": [{"name": "a"}]}', ['{"name": "a"}: a field is a map with `name` and `type`']],
  ])("%s", (text, wanted) => {
    expect(slips(text)).toEqual(wanted);
  });

  it("a few names that stand for very many types", () => {
    let type: unknown = "int";
    for (let i = 0; i < 25; i++)
      type = {
        type: "record",
        name: `R${i}`,
        fields: [
          { name: "a", type },
          { name: "b", type: i === 0 ? "int" : `R${i - 1}` },
        ],
      };
    expect(slips(JSON.stringify(type))[0]).toContain("more than 10000 types");
  });

  it("what is nested without end", () => {
    expect(slips("[".repeat(100_000))).toEqual(["[: more than 100 lists and maps are inside of each other"]);
  });
});

it("JSON is what JSON.parse takes, or is told", () => {
  const value = (node: unknown): unknown => {
    const found = node as { kind: string; value?: unknown; items?: unknown[]; entries?: { key: string; value: unknown }[] };
    if (found.kind === "list") return found.items?.map(value);
    if (found.kind === "map") return Object.fromEntries(found.entries?.map((entry) => [entry.key, value(entry.value)]) ?? []);
    return found.kind === "word" ? "word" : found.value;
  };
  const plain = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(plain);
    if (json === null || typeof json === "boolean") return "word";
    return typeof json === "object" ? Object.fromEntries(Object.entries(json).map(([key, each]) => [key, plain(each)])) : json;
  };
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom("", "1", "x", ",", "]", '"', " "), (text, at, piece) => {
      const cut = at % (text.length + 1);
      const changed = text.slice(0, cut) + piece + text.slice(cut);
      const found = parseJson(changed);
      let wanted: unknown;
      try {
        wanted = JSON.parse(changed);
      } catch {
        return "message" in found;
      }
      if ("message" in found) return [" stands here twice", "inside of each other"].some((end) => found.message.endsWith(end));
      expect(JSON.stringify(value(found))).toBe(JSON.stringify(plain(wanted)));
      return true;
    }),
    { numRuns: 2000 },
  );
});
