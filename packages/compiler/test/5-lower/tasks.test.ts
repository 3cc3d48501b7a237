import { expect, it } from "vitest";
import { diagnosticTable } from "../../src/diagnostics/index.js";
import { lower } from "../../src/5-lower/index.js";
import type { Ir } from "../../src/ir.js";
import type { ProjectSpec } from "../../src/spec.js";
import { analyzed, changed, fraud } from "../4-analyze/project.js";

function lowered(spec: ProjectSpec): Ir {
  const analysis = analyzed(spec);
  const severities: Readonly<Record<string, { readonly severity: string }>> = diagnosticTable;
  expect(analysis.findings.filter(({ code }) => severities[code]?.severity !== "hint")).toEqual([]);
  return lower({ analysis, code: [], fileOf: () => "mlspec.yaml" });
}

const task = (ir: Ir, id: string): Ir["tasks"][string] => {
  const found = ir.tasks[id];
  if (found === undefined) throw new Error(`no task ${id}`);
  return found;
};

const weekly = lowered(fraud());
const daily = lowered(changed(["models", "fraud_score", "schedule"], undefined));

it("lets scoring wait for the end of its model's gate, not for its success", () => {
  for (const ir of [weekly, daily]) {
    expect(task(ir, "score.fraud_review")).toMatchObject({ after: ["scoring_set.fraud_review"], settled: ["gate.fraud_score"] });
    expect(Object.values(ir.tasks).filter(({ settled }) => settled.length > 0)).toHaveLength(1);
  }
});

it("has one schedule where all inherit the project's", () => {
  expect([Object.keys(weekly.schedules), Object.keys(daily.schedules)]).toEqual([["daily_0200", "sundays_0400"], ["daily_0200"]]);
  expect(task(weekly, "training_set.fraud_score").after).toContain("await.sources.transactions");
  expect(task(daily, "training_set.fraud_score").after).toContain("ingest.transactions");
});

it("takes no hole for complete: what readers take to be there from the beginning is written in order", () => {
  const sequential = Object.values(weekly.tasks).filter((each) => each.sequential);
  expect(sequential.map(({ id }) => id).sort()).toEqual([
    "features.card_velocity",
    "ingest.cards",
    "ingest.chargebacks",
    "ingest.transactions",
    "transform.labelled_payments",
  ]);
});

it("knows which answers are failures and which are none", () => {
  const outcomes = (id: string): readonly string[] =>
    weekly.programs[id]?.exitCodes.filter(({ outcome }) => outcome !== "done").map(({ code, outcome }) => `${code} ${outcome}`) ?? [];
  expect(outcomes("ingest.cards")).toEqual(["1 failed", "2 failed", "3 failed"]);
  expect(outcomes("gate.fraud_score")).toEqual(["1 failed", "2 failed", "4 skipped"]);
  expect(outcomes("score.fraud_review")).toEqual(["1 failed", "2 failed", "75 skipped"]);
  expect(outcomes("ready.transactions")).toEqual(["1 failed", "2 failed", "75 again"]);
});
