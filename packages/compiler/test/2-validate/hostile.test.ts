import fc from "fast-check";
import { expect, it } from "vitest";
import { renderPretty } from "../../src/render.js";
import { renderJson } from "../../src/render/json.js";
import { front } from "../front.js";

const FRAGMENTS = [
  "sources:",
  "  a: ",
  "{",
  "}",
  "[",
  "]",
  "'",
  '"',
  "|",
  ">",
  "- ",
  "\n",
  "\r\n",
  "\t",
  " #x",
  "&a",
  "*a",
  "!!str",
  "<<",
  "? ",
  ": ",
  "---",
  "${var.x}",
  "__proto__",
  "decimal(12,2)",
  "\uFEFF",
  "\u0000",
  "\ud800",
  "😀",
  "x-",
  "environments:",
  "overrides:",
  "sum(a) over [1h]",
  "0x1F",
  "1e999",
  "~",
  "null",
];

function check(text: string): void {
  const files = { "mlspec.yaml": text };
  const { diagnostics, resolution } = front(files);
  for (const { span, message } of diagnostics) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeLessThanOrEqual(text.length);
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(message).not.toContain("undefined");
  }
  expect(resolution.environments.every(({ name }) => typeof name === "string")).toBe(true);
  const texts = new Map(Object.entries(files));
  renderPretty(diagnostics, texts);
  renderJson(diagnostics, texts);
}

it("never throws, and points into the text, whatever the text is", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 8 })), { maxLength: 30 }), (parts) =>
      check(parts.join("")),
    ),
    { numRuns: 600, seed: 11 },
  );
});

const PROJECT = `mlspec: v1
project: shop
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments: { local: { runtime: local, overrides: { storage: { path: ./other } } } }
targets: { spark: { version: "4.1" } }
entities: { card: { key: card_id } }
sources:
  orders:
    files: { path: ./raw, format: parquet }
    key: order_id
    event_time: at_time
    columns: { order_id: string!, at_time: timestamp! }
`;

it("never throws on a project that is changed anywhere", () => {
  const change = fc.tuple(fc.nat(PROJECT.length), fc.nat(12), fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 4 })));
  fc.assert(
    fc.property(change, ([at, length, text]) => check(PROJECT.slice(0, at) + text + PROJECT.slice(at + length))),
    { numRuns: 600, seed: 12 },
  );
});

it("any value in any slot is a diagnostic or fine", () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom("${var.x}", "x".repeat(500), "\u0000", "../x", "a\nb"));
  const slots = [...PROJECT.matchAll(/: ([^\s{,}][^,}\n]*)/g)];
  fc.assert(
    fc.property(fc.constantFrom(...slots), value, (slot, inserted) => {
      const start = slot.index + 2;
      check(`${PROJECT.slice(0, start)}${JSON.stringify(inserted)}${PROJECT.slice(slot.index + slot[0].length)}`);
    }),
    { numRuns: 600, seed: 13 },
  );
});
