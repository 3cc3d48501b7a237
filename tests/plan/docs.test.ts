import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLASSES, diff } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { prettyPlan } from "../../packages/cli/src/plan/words.js";
import { folderTexts, root } from "../support/compile.js";
import { sides } from "./project.js";

const page = readFileSync(join(root, "docs/plan.md"), "utf8");

it("the output in docs/plan.md is real", () => {
  const fraud = folderTexts("examples/fraud_detection");
  const [, from = "", to = ""] = /```diff\n-(.*)\n\+(.*)\n```/.exec(page) ?? [];
  const model = fraud["specs/model.yaml"] ?? "";
  expect(model).toContain(from);
  const production = (texts: typeof fraud): ReturnType<typeof sides> => sides(texts).filter(({ name }) => name === "production");
  const plan = diff(production(fraud), production({ ...fraud, "specs/model.yaml": model.replace(from, to) }));
  const shown = /says:\n\n```text\n([^]*?)```/.exec(page)?.[1];
  expect(shown).toBe(prettyPlan(plan, "main", { colour: false }));
});

it("docs/plan.md names every class", () => {
  expect([...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).slice(0, CLASSES.length)).toEqual(CLASSES);
});
