import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (name: string): string => fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url));

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from the default export.
export default defineConfig({
  resolve: {
    alias: {
      "@mlspec/compiler": source("compiler"),
      "@mlspec/emitters": source("emitters"),
    },
  },
  test: {
    include: ["packages/*/test/**/*.test.ts", "tools/*/test/**/*.test.ts", "tests/**/*.test.ts"],
    // The digest is made in processes of determinism.test.ts alone.
    exclude: ["**/node_modules/**", "**/dist/**", ...(process.env["MLSPEC_DIGEST"] === "1" ? [] : ["tests/determinism/digest.test.ts"])],
    // All of the machine: vitest keeps one processor back, which is half of two.
    maxWorkers: availableParallelism(),
    testTimeout: 20_000,
  },
});
