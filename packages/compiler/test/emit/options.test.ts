import { expect, test } from "vitest";
import { validateOptions } from "../../src/6-link/options.js";
import type { Json } from "../../src/ir.js";

const problems = (schema: Json | undefined, value: unknown): readonly string[] =>
  validateOptions(schema, value).map(({ path, part, reason }) => `${path.join(".")} (${part}): ${reason}`);

test("what fits is not spoken of", () => {
  const schema = {
    type: "object",
    properties: {
      domain: { type: "string", minLength: 1, pattern: "^[a-z]+$" },
      retries: { type: "integer", minimum: 0, exclusiveMaximum: 10 },
      ratio: { type: ["number", "null"] },
      mode: { enum: ["a", "b"] },
      tags: { type: "array", items: { type: "string" }, maxItems: 2, uniqueItems: true },
      either: { anyOf: [{ type: "string" }, { type: "integer" }] },
    },
    required: ["domain"],
    additionalProperties: false,
    description: "for people",
  };
  const value = { domain: "x", retries: 9, ratio: 1, mode: "b", tags: ["a", "b"], either: 1, "x-mine": true };
  expect(problems(schema, value)).toEqual([]);
});

test.for<[Json | undefined, unknown, readonly string[]]>([
  [
    { type: "object", additionalProperties: false, properties: { retries: {} } },
    { retrys: 1 },
    ["retrys (key): there is no such option; did you mean `retries`?"],
  ],
  [
    { type: "object", additionalProperties: false, properties: { a: {}, b: {} } },
    { zzzzz: 1 },
    ["zzzzz (key): there is no such option; it takes `a` and `b`"],
  ],
  [undefined, { a: 1 }, ["a (key): there is no such option; it takes none"]],
  [undefined, {}, []],
  [{ required: ["domain"] }, {}, [" (key): `domain` is missing"]],
  [{ properties: { a: { type: "string", minLength: 3 } } }, { a: 7 }, ["a (value): it has to be a text, and is a whole number"]],
  [{ properties: { a: { minLength: 3 } } }, { a: "😀" }, ["a (value): it has to be at least 3 characters long"]],
  [{ items: { type: "boolean" } }, [true, "yes"], ["1 (value): it has to be a `true` or `false`, and is a text"]],
  [{ enum: ["daily", "weekly"] }, "dayly", [" (value): it is one of `daily` or `weekly`; did you mean `daily`?"]],
  [{ const: 1 }, 2, [" (value): it has to be 1"]],
  [{ oneOf: [{ type: "number" }, { minimum: 1 }] }, 2, [" (value): it fits more than one of the shapes that exclude each other"]],
  [{ not: { type: "string" } }, "x", [" (value): this is not allowed"]],
  [{ exclusiveMinimum: 1, uniqueItems: true }, 1, [" (value): it has to be more than 1"]],
  [{ uniqueItems: true }, [{ a: 1 }, { a: 1 }], [" (value): it holds an entry twice"]],
  [{ $ref: "#/x" }, 1, [" (value): the emitter's own schema says `$ref`, which mlspec does not know"]],
  [false, 1, [" (value): nothing is allowed here"]],
])("%j refuses %j", ([schema, value, expected]) => {
  expect(problems(schema, value)).toEqual(expected);
});

test("keys of objects' prototypes are no options", () => {
  expect(problems({ required: ["toString"], properties: { constructor: { type: "string" } } }, {})).toEqual([
    " (key): `toString` is missing",
  ]);
});
