import { expect, it, test } from "vitest";
import { jsonPatch, mergePatch, notJson } from "../../src/7-emit/json-patch.js";
import type { Json, JsonObject } from "../../src/ir.js";
import type { PatchStepSpec } from "../../src/spec.js";

/** The examples of RFC 7386, appendix A, whose patch is an object. */
it.each<readonly [Json, JsonObject, Json]>([
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [["a", "b"], { c: "d" }, { c: "d" }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])("merges %j with %j", (target, patch, expected) => {
  const before = JSON.stringify(target);
  expect(mergePatch(target, patch)).toEqual(expected);
  expect(JSON.stringify(target)).toBe(before);
});

/** Those of RFC 6902, appendix A, that can be applied. */
it.each<readonly [Json, readonly PatchStepSpec[], Json]>([
  [{ foo: "bar" }, [{ op: "add", path: "/baz", value: "qux" }], { foo: "bar", baz: "qux" }],
  [{ foo: ["bar", "baz"] }, [{ op: "add", path: "/foo/1", value: "qux" }], { foo: ["bar", "qux", "baz"] }],
  [{ foo: ["bar"] }, [{ op: "add", path: "/foo/-", value: ["abc"] }], { foo: ["bar", ["abc"]] }],
  [{ baz: "qux", foo: "bar" }, [{ op: "remove", path: "/baz" }], { foo: "bar" }],
  [{ foo: ["bar", "qux", "baz"] }, [{ op: "remove", path: "/foo/1" }], { foo: ["bar", "baz"] }],
  [{ baz: "qux" }, [{ op: "replace", path: "/baz", value: null }], { baz: null }],
  [{ foo: { bar: 1 }, qux: {} }, [{ op: "move", from: "/foo/bar", path: "/qux/bar" }], { foo: {}, qux: { bar: 1 } }],
  [{ foo: ["a", "b"] }, [{ op: "copy", from: "/foo/0", path: "/bar" }], { foo: ["a", "b"], bar: "a" }],
  [{ "/": 9, "~1": 10 }, [{ op: "test", path: "/~01", value: 10 }], { "/": 9, "~1": 10 }],
])("applies to %j the steps %j", (target, steps, value) => {
  const before = JSON.stringify(target);
  expect(jsonPatch(target, steps)).toEqual({ ok: true, value });
  expect(JSON.stringify(target)).toBe(before);
});

it.each<readonly [PatchStepSpec, string, string]>([
  [{ op: "add", path: "/a/b/c", value: 1 }, "0.path", "the object has nothing at `/a/b/c`"],
  [{ op: "remove", path: "/b" }, "0.path", "the object has nothing at `/b`"],
  [{ op: "add", path: "/list/9", value: 1 }, "0.path", "the object has nothing at `/list/9`"],
  [{ op: "copy", from: "/b", path: "/c" }, "0.from", "the object has nothing at `/b`"],
  [{ op: "move", path: "/b" }, "0.op", "`move` needs a `from`"],
  [{ op: "remove", path: "/a", value: 1 }, "0.value", "`remove` takes no `value`"],
  [{ op: "replace", path: "a", value: 1 }, "0.path", "`a` is no JSON Pointer: write `/spec/replicas`, with `~1` for `/` in a key"],
  [{ op: "test", path: "/a", value: 2 }, "0.value", "the object does not have this value at `/a`"],
  [{ op: "add", path: "/__proto__/polluted", value: 1 }, "0.path", "the object has nothing at `/__proto__/polluted`"],
  [
    { op: "add", path: "/constructor/prototype/polluted", value: 1 },
    "0.path",
    "the object has nothing at `/constructor/prototype/polluted`",
  ],
])("says why %j cannot be applied", (step, path, reason) => {
  expect(jsonPatch({ a: 1, list: [1] }, [step])).toEqual({
    ok: false,
    path: path.split(".").map((part) => (part === "0" ? 0 : part)),
    reason,
  });
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("numbers that JSON lacks are found where they stand", () => {
  expect(notJson({ merge: { a: [1, Number.NaN] } })).toEqual({
    path: ["merge", "a", 1],
    reason: "`NaN` is a number that JSON does not have",
  });
  expect(notJson({ merge: { a: [1, null, "x"] } })).toBeUndefined();
});
