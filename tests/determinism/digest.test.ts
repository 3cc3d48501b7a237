import { sha256 } from "@mlspec/compiler";
import { expect, test } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

// Run by determinism.test.ts alone (vitest.config.ts leaves it out elsewhere) in other time zones and locales, which a process has from its start.
test("says the digest of the output", () => {
  const digest = sha256(JSON.stringify(compileTexts(folderTexts("examples/fraud_detection")).output));
  console.log(`digest ${digest}`);
  expect(digest).toHaveLength(64);
});
