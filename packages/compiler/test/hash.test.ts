import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, lendSha256, portableSha256, sha256, utf8 } from "../src/hash.js";

test("sha256 is what crypto says, for any bytes and any text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => portableSha256(bytes) === createHash("sha256").update(bytes).digest("hex")),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 200 }),
      (text) => portableSha256(text) === createHash("sha256").update(Buffer.from(text)).digest("hex"),
    ),
  );
});

test("a host's own sha256 is used while it is lent", () => {
  lendSha256(() => "lent");
  expect(sha256("a")).toBe("lent");
  lendSha256(undefined);
  expect(sha256("a")).toBe(portableSha256("a"));
});

test("utf8 writes a lone surrogate as the replacement character", () => {
  expect(Buffer.from(utf8("a\ud800b\u{1f600}")).toString("hex")).toBe(Buffer.from("a\ufffdb\u{1f600}").toString("hex"));
});

test("canonical text depends on neither the order of keys nor on absent values", () => {
  expect(canonical({ b: [1, { y: null, x: "é" }], a: undefined })).toBe(canonical({ b: [1, { x: "é", y: null }] }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});
