import { describe, expect, it } from "vitest";
import { planOf } from "./project.js";
import { table } from "./table.js";

describe("what a change means", () => {
  it.each(Object.entries(table))("%s", (_, { edits, files = {}, classes, on, steps, programs }) => {
    const plan = planOf(edits, files);
    expect(Object.fromEntries(plan.changes.map((change) => [change.definition, change.class]))).toEqual(classes);
    const named = plan.changes.flatMap(({ effects }) =>
      effects.filter((effect) => effect.class !== "compatible").map((effect) => effect.on),
    );
    const cloud = plan.environments.find(({ name }) => name === "cloud");
    if (on !== undefined) expect([...new Set(named)].sort()).toEqual([...on].sort());
    if (steps !== undefined) expect(cloud?.steps.map(({ kind }) => kind)).toEqual(steps);
    if (programs !== undefined)
      expect(
        cloud?.steps.flatMap((step) => step.programs.map((path) => path.split("/").at(-1))).filter((file) => !file?.startsWith("serve_")),
      ).toEqual(programs);
  });
});
