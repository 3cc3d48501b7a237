import { describe, expect, it } from "vitest";
import { planOf } from "./project.js";
import { table } from "./table.js";

const sorted = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

/** What a row does not speak of. */
const any: unknown = expect.any(Array);

describe("what a change means", () => {
  it.each(Object.entries(table))("%s", (_, { edits, files = {}, classes, on, steps, programs }) => {
    const plan = planOf(edits, files);
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
  });
});
