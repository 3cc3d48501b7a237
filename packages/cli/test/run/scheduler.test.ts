import { expect, it } from "vitest";
import type { Step } from "../../src/run/plan.js";
import { runSteps, type Outcome } from "../../src/run/scheduler.js";

const step = (id: string, after: readonly string[] = [], settled: readonly string[] = []): Step => ({
  id,
  schedule: "daily",
  language: "python",
  kind: "train",
  path: "",
  args: [],
  start: "",
  end: "",
  after,
  settled,
  exitCodes: [],
});

interface Trace {
  readonly outcomes: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  readonly most: number;
}

async function trace(
  steps: readonly Step[],
  { parallel = 2, failing = [] as readonly string[], kept = new Map<string, Outcome>() } = {},
): Promise<Trace> {
  const events: string[] = [];
  let running = 0;
  let most = 0;
  const outcomes = await runSteps({
    steps,
    parallel,
    kept,
    started: ({ id }) => void events.push(`+${id}`),
    ended: ({ id }) => void events.push(`-${id}`),
    execute: async ({ id }) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      if (id === "throws") throw new Error("a bug");
      return { status: failing.includes(id) ? "failed" : "done" };
    },
  });
  return { outcomes: Object.fromEntries([...outcomes].map(([id, { status }]) => [id, status])), events, most };
}

it("runs in parallel what the graph allows, and no more than asked for", async () => {
  const steps = [step("a"), step("b"), step("c"), step("d", ["a", "b", "c"])];
  expect((await trace(steps, { parallel: 3 })).most).toBe(3);
  expect((await trace(steps, { parallel: 1 })).events).toEqual(["+a", "-a", "+b", "-b", "+c", "-c", "+d", "-d"]);
});

it("starts the longest chain first", async () => {
  const steps = [step("a"), step("b"), step("c"), step("d", ["c"]), step("e", [], ["d"])];
  expect((await trace(steps, { parallel: 1 })).events.filter((event) => event.startsWith("+"))).toEqual(["+c", "+d", "+a", "+b", "+e"]);
});

it("skips what comes after a failure, and goes on with the rest", async () => {
  const { outcomes } = await trace([step("a"), step("b", ["a"]), step("c", ["b"]), step("other")], { failing: ["a"] });
  expect(outcomes).toEqual({ a: "failed", b: "skipped", c: "skipped", other: "done" });
});

it("goes on behind a step that must only have ended", async () => {
  const { outcomes, events } = await trace([step("gate"), step("score", [], ["gate"])], { failing: ["gate"] });
  expect(outcomes).toEqual({ gate: "failed", score: "done" });
  expect(events.indexOf("-gate")).toBeLessThan(events.indexOf("+score"));
});

it("does not run again what is kept", async () => {
  const { outcomes, events } = await trace([step("a"), step("b", ["a"])], { kept: new Map([["a", { status: "done" }]]) });
  expect(outcomes).toEqual({ a: "kept", b: "done" });
  expect(events).not.toContain("+a");
});

it("takes what an executor throws for a failure of its step", async () => {
  expect((await trace([step("throws"), step("b")])).outcomes).toEqual({ throws: "failed", b: "done" });
});
