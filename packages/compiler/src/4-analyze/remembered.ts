/**
 * The analyses of single definitions, each with the text of all that it depends on. Numbers that JSON lacks stand only where
 * definitions take any value, and analysis does not read those.
 */
import type { Memo } from "../memo.js";
import type { GroupFacts } from "./analysis.js";
import { analyzeDeployment } from "./deployment.js";
import { analyzeGroup } from "./group.js";
import { analyzeModel, plansOf } from "./model.js";
import { analyzeSource } from "./source.js";
import { analyzeTransform } from "./transform.js";

export interface Analyses {
  readonly source: typeof analyzeSource;
  readonly transform: typeof analyzeTransform;
  readonly group: typeof analyzeGroup;
  readonly model: typeof analyzeModel;
  readonly deployment: typeof analyzeDeployment;
}

export function remembering(memo: Memo): Analyses {
  return {
    source: (...input) => memo.get("source", JSON.stringify(input), () => analyzeSource(...input)),
    transform: (name, spec, from) => {
      const { text, sql, schedule } = from;
      return memo.get("transform", JSON.stringify([name, spec, text.sql, sql, schedule]), () => analyzeTransform(name, spec, from));
    },
    group: (input) => {
      const request = [...input.request];
      return memo.get("group", JSON.stringify({ ...input, request }), () => analyzeGroup(input));
    },
    model: (input) => {
      const wanted = input.spec.features.map((feature) => feature.split(".")[0] ?? "");
      const groups = some(input.groups, plansOf(wanted, input.groups));
      const features = wanted.map((name) => (Object.hasOwn(input.features, name) ? input.features[name] : undefined));
      return memo.get("model", JSON.stringify({ ...input, groups, features }), () => analyzeModel(input));
    },
    deployment: (input) => {
      const groups = some(input.groups, input.model?.plans ?? []);
      return memo.get("deployment", JSON.stringify({ ...input, groups }), () => analyzeDeployment(input));
    },
  };
}

function some(groups: ReadonlyMap<string, GroupFacts>, names: readonly string[]): readonly (GroupFacts | undefined)[] {
  return names.map((name) => groups.get(name));
}
