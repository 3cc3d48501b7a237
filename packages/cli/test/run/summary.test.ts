import { expect, it } from "vitest";
import { emptyIr } from "@mlspec/compiler";
import type { Step } from "../../src/run/plan.js";
import type { Outcome } from "../../src/run/scheduler.js";
import { summarise } from "../../src/run/summary.js";

const step = (id: string): Step => ({
  id,
  kind: id.slice(0, id.indexOf(".")),
  schedule: "daily",
  language: "pyspark",
  path: `${id}.py`,
  args: [],
  start: "2026-01-01T00:00:00Z",
  end: "2026-01-02T00:00:00Z",
  after: [],
  settled: [],
  exitCodes: [],
});

const told = (summaries: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>): string =>
  summarise(
    emptyIr,
    Object.keys(summaries).map(step),
    new Map(
      Object.entries(summaries).map(([id, summary]): [string, Outcome] => [
        id,
        { status: "done", ...(summary === undefined ? {} : { summary }) },
      ]),
    ),
  ).join("\n");

it("tells the rows of each dataset, by verdict where rows are judged", () => {
  const text = told({
    "ready.payments": { rows: {}, arrived: "2026-01-02T00:00:00Z" },
    "ingest.payments": { rows: { "sources.payments": 12_345 }, verdicts: { payments: { accepted: 12_345, too_late: 7 } } },
    "ingest.cards": { rows: { "sources.cards": 5 }, verdicts: { cards: { accepted: 5 } }, missed: { cards: 3 } },
    "ingest.shops": { rows: { "sources.shops": 2 }, verdicts: { shops: { accepted: 2 } }, missed: { shops: 0 } },
    "features.velocity": { rows: { "features.velocity": 1_000 } },
    "train.score": { rows: { training: 10, test: 2 } },
  });
  expect(text).toBe(
    [
      "Rows",
      "  sources.payments   accepted 12,345 · too_late 7",
      "  sources.cards      accepted 5 · missed 3",
      "  sources.shops      accepted 2",
      "  features.velocity  1,000 rows",
      "",
      "Where things are",
    ].join("\n"),
  );
});

it("tells the metrics, and what the gate says of each comparison", () => {
  const comparisons = [
    { text: "roc_auc >= 0.9", passed: false, note: null },
    { text: "roc_auc >= champion.roc_auc", passed: true, note: "passes: there is no champion yet" },
  ];
  const gate = { passed: false, comparisons };
  const text = told({
    "gate.score": { model: "score", version: "v1", metrics: { candidate: { roc_auc: 0.81234, log_loss: null } }, gate },
  });
  expect(text).toContain("Model score, version v1\n  roc_auc   0.8123\n  log_loss  cannot be computed\n  gate: not passed\n");
  expect(text).toContain("    ✗ roc_auc >= 0.9\n    ✓ roc_auc >= champion.roc_auc (passes: there is no champion yet)");
});

it("has nothing to tell of steps that did not run", () => {
  expect(told({ "ingest.payments": undefined })).toBe("Where things are");
});
