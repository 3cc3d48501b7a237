import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, sha256, utf8 } from "../src/hash.js";

test("sha256 is what crypto says, for any bytes and any text", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => sha256(bytes) === createHash("sha256").update(bytes).digest("hex")));
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 200 }),
      (text) => sha256(text) === createHash("sha256").update(Buffer.from(text)).digest("hex"),
    ),
  );
});

test("utf8 writes a lone surrogate as the replacement character", () => {
  expect(Buffer.from(utf8("a\ud800b\u{1f600}")).toString("hex")).toBe(Buffer.from("a\ufffdb\u{1f600}").toString("hex"));
});

test("canonical text depends on neither the order of keys nor on absent values", () => {
  expect(canonical({ b: [1, { y: null, x: "é" }], a: undefined })).toBe(canonical({ b: [1, { x: "é", y: null }] }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});
