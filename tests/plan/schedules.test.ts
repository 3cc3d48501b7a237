/** Another hour is another DAG, which Airflow runs from its beginning: that is no surprise to anyone who has read the plan. */
import { expect, it } from "vitest";
import { planFrom, type Edits } from "./project.js";

function said(edits: Edits): unknown {
  const { plan } = planFrom(edits);
  const steps = plan.environments.find(({ name }) => name === "cloud")?.steps ?? [];
  return {
    on: Object.fromEntries(plan.changes.map(({ definition, effects }) => [definition, effects.filter(({ on }) => on === "Airflow").map(({ why }) => why)])), // prettier-ignore
    commands: steps.filter(({ kind }) => kind !== "deploy").flatMap(({ commands }) => commands),
  };
}

it("of a definition that runs at another time", () => {
  const at = { cron: "30 3 * * *", timezone: "UTC", start: "2026-01-01" };
  expect(said({ "sources.orders.schedule": at })).toMatchObject({
    on: {
      "sources.orders": [
        "the DAG shop__daily_0330 is new: Airflow runs it for every interval since 2026-01-01, also those that have been run under another name",
      ],
    },
    commands: ["airflow dags unpause shop__daily_0330"],
  });
});

it("of one that is trained at another time, and from now on", () => {
  const at = { cron: "0 5 * * 0", timezone: "UTC", start: "2026-01-01" };
  expect(said({ "models.returns.schedule": at })).toEqual({
    on: {
      "models.returns": [
        "the DAG shop__sundays_0500 is new: Airflow begins with its newest interval",
        "the DAG shop__sundays_0400 is gone: Airflow runs it no more",
      ],
    },
    commands: [
      "airflow dags pause shop__sundays_0400",
      "airflow dags unpause shop__sundays_0500",
      "airflow dags delete --yes shop__sundays_0400",
    ],
  });
});

it("of a definition that begins on another day than all else", () => {
  const at = { cron: "0 2 * * *", timezone: "UTC", start: "2025-12-01" };
  expect(said({ "sources.orders.schedule": at })).toMatchObject({
    on: { "sources.orders": [expect.stringContaining("the DAG shop__daily_0200_from_20251201 is new: Airflow runs it for every interval since 2025-12-01")] }, // prettier-ignore
  });
});

it("of what keeps its time, nothing", () => {
  expect(said({ "models.returns.metrics": ["roc_auc"] })).toEqual({ on: { "models.returns": [] }, commands: [] });
});
