import { diff, type Plan, type PlanSide } from "@mlspec/compiler";
import { describe, expect, it } from "vitest";
import { changed, planFrom, sides } from "./project.js";
import { table } from "./table.js";

const sorted = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

/** What a row does not speak of. */
const any: unknown = expect.any(Array);

/** Definitions that a plan speaks of: those that are changed, all that depends on them, and what these read. */
function spokenOf({ changes }: Plan, graphs: readonly PlanSide["analysis"]["graph"][]): ReadonlySet<string> {
  const edges = graphs.flatMap(({ reads }) => Object.entries(reads).flatMap(([id, list]) => list.map((read) => [id, read] as const)));
  const grow = (from: readonly string[], next: (id: string) => readonly string[]): readonly string[] => {
    const seen = new Set(from);
    for (const id of seen) for (const other of next(id)) seen.add(other);
    return [...seen];
  };
  const changed = changes.map(({ definition }) => definition);
  const down = grow(changed, (id) => edges.filter(([, read]) => read === id).map(([reader]) => reader));
  return new Set(grow(down, (id) => edges.filter(([reader]) => reader === id).map(([, read]) => read)));
}

const FRAME = /^(project|code|templates|environments|targets)\b/;

/** Emitted files that differ although nothing that the plan speaks of has to do with them. */
function unexplained(plan: Plan, sides: readonly PlanSide[]): readonly string[] {
  const spoken = spokenOf(
    plan,
    sides.map(({ analysis }) => analysis.graph),
  );
  const isFrame = plan.changes.some(({ definition }) => FRAME.test(definition));
  const isTold = (from: readonly string[]): boolean =>
    isFrame || (from.includes("project") ? plan.changes.length > 0 : from.some((id) => spoken.has(id)));
  return plan.environments.flatMap(({ files }) => files.filter(({ from }) => !isTold(from)).map(({ path }) => path));
}

describe("what a change means", () => {
  it.each(Object.entries(table))("%s", (_, { edits, files = {}, classes, on, steps, programs }) => {
    const { plan, sides } = planFrom(edits, files);
    const effects = plan.changes.flatMap((change) => change.effects).filter((effect) => effect.class !== "compatible");
    const cloud = plan.environments.find(({ name }) => name === "cloud")?.steps ?? [];
    const run = cloud.flatMap((step) => step.programs.map((path) => path.split("/").at(-1) ?? ""));
    expect({
      classes: Object.fromEntries(plan.changes.map((change) => [change.definition, change.class])),
      on: sorted(effects.map((effect) => effect.on)),
      steps: cloud.map(({ kind }) => kind),
      programs: run.filter((file) => !file.startsWith("serve_")),
    }).toEqual({
      classes,
      on: on === undefined ? any : sorted(on),
      steps: steps ?? any,
      programs: programs ?? any,
    });
    expect(unexplained(plan, sides), "every change of what is emitted is explained").toEqual([]);
    const echoes = plan.changes.filter(({ change, parts }) => change === "changed" && parts.length === 0);
    expect(echoes, "every effect has a cause").toEqual([]);
  });
});

it("reaches what scores a column that no model learns from", () => {
  const scoring = (kind: string): readonly PlanSide[] =>
    sides(
      changed({
        "transforms.arrivals": {
          sql: `SELECT order_id, customer_id, amount, ${kind} AS kind, ordered_at, seen_at FROM orders`,
          key: "order_id",
          event_time: "ordered_at",
          ingested_at: "seen_at",
        },
        "deployments.nightly.rows": "arrivals",
      }),
    );
  expect(diff(scoring("kind"), scoring("upper(kind)")).changes.map(({ definition, reaches }) => [definition, reaches])).toEqual([
    ["transforms.arrivals", ["deployments.nightly", "transforms.arrivals.kind"]],
  ]);
});
