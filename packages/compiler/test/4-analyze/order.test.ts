import { expect, it } from "vitest";
import { lower } from "../../src/5-lower/index.js";
import type { ProjectSpec } from "../../src/spec.js";
import { analyzed, fraud } from "./project.js";

const ir = (spec: ProjectSpec): string => JSON.stringify(lower({ analysis: analyzed(spec), code: [], fileOf: () => "mlspec.yaml" }));

/** Every map the other way round, except columns. */
function reversed(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => reversed(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, reversed(inner, name)] as const);
  return Object.fromEntries(key === "columns" ? entries : entries.toReversed());
}

it("takes a project as the same whatever the order of its maps", () => {
  expect(ir(reversed(fraud()) as ProjectSpec)).toBe(ir(fraud()));
});

it("keeps the order of columns, which is that of the table", () => {
  const { columns } = analyzed(fraud()).datasets["transactions"] ?? {};
  expect(columns?.map(({ name }) => name).slice(0, 3)).toEqual(["transaction_id", "card_id", "merchant_id"]);
});
