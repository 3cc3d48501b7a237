/** Where an output of a feature group stands in the spec. */
import type { Analysis, Where } from "./analysis.js";
import { atKey, atValue } from "./finding.js";

export function outputPlace(groups: Analysis["groups"], group: string, output: string): Where {
  const facts = groups[group];
  const path = ["features", group];
  if (facts === undefined) return atKey(...path);
  if (facts.derived.some(({ name }) => name === output)) return atValue([...path, "derived", output]);
  if (facts.kind === "windowed") {
    const aggregate = facts.aggregates.find(({ windows }) => windows.some((window) => window.output === output));
    return aggregate === undefined ? atKey(...path) : atKey(...path, "aggregates", aggregate.name);
  }
  const list = facts.kind === "latest" ? "columns" : "request";
  return atValue([...path, list, facts.columns.findIndex(({ name }) => name === output)]);
}
