import { sha256 } from "@mlspec/compiler";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nativeSha256 } from "../src/host.js";

test("the machine's sha256 is the compiler's own, lone surrogates included", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), fc.constant("a\ud800b")),
      (input) => {
        expect(nativeSha256(input)).toBe(sha256(input));
      },
    ),
  );
});
