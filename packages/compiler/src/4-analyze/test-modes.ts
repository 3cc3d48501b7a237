/** In which modes what a test expects is computed: by runs, and by the streams that keep feature groups current. */
import type { TestSpec } from "../spec.js";
import type { Analysis, Finding } from "./analysis.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import { featuresOf, servedModels } from "./refresh.js";
import { notRowByRow, streamed, unstreamed } from "./streamed.js";
import type { Expected, ExpectedRows } from "./test-facts.js";

type Facts = Pick<Analysis, "spec" | "datasets" | "groups" | "models" | "deployments">;

interface Asked {
  readonly name: string;
  readonly spec: TestSpec;
  readonly facts: Facts;
}

/** By default, in all modes that there are. */
export function inModes(expected: readonly Expected[], { name, spec: { modes }, facts }: Asked): Required<Found<readonly ExpectedRows[]>> {
  const inRuns = modes === undefined || modes.includes("batch");
  const inStreams = modes === undefined || modes.includes("stream");
  const found = expected.map((each) => ({ each, kept: inStreams ? keptOf(each, facts) : { columns: [] } }));
  const rows = found.map(({ each, kept }): ExpectedRows => {
    const columns = "why" in kept ? [] : kept.columns;
    return {
      ...each,
      modes: [...(inRuns ? (["batch"] as const) : []), ...(columns.length > 0 ? (["stream"] as const) : [])],
      streamed: columns,
    };
  });
  if (modes === undefined || !inStreams) return { facts: rows, findings: [] };
  const lacking = found.map(({ each, kept }) => ({ title: each.title, ...lackingOf(each, kept) }));
  if (found.length > 0 && rows.every((each) => each.streamed.length === 0)) {
    const what = lacking.map(({ title }) => title);
    const why = [...new Set(lacking.map((each) => each.why))].join("; ");
    return {
      facts: rows,
      findings: [finding("test-not-streamed", atValue(["tests", name, "modes", modes.indexOf("stream")]), { what, why })],
    };
  }
  const told = lacking.flatMap(({ title, what, why }): readonly Finding[] =>
    what.length === 0 ? [] : [finding("test-not-streamed", atKey("tests", name, "expect", title), { what, why })],
  );
  return { facts: rows, findings: inRuns ? [] : told };
}

/** What of an expectation no stream keeps, and why. */
function lackingOf({ title, compared }: Expected, kept: Kept): { readonly what: readonly string[]; readonly why: string } {
  if ("why" in kept) return { what: [title], why: kept.why };
  const rest = compared.filter(({ name }) => !kept.columns.includes(name));
  return { what: rest.map(({ name }) => `${title}.${name}`), why: NOT_SERVED };
}

/** Of what is compared, the columns that a stream keeps; or why there are none. */
type Kept = { readonly columns: readonly string[] } | { readonly why: string };

const NOT_SERVED = "no online deployment needs it";

function keptOf({ of, compared }: Expected, facts: Facts): Kept {
  const names = compared.map(({ name }) => name);
  switch (of.kind) {
    case "rows":
    case "quarantine":
      return { why: "rows of sources and transforms are made by runs" };
    case "training":
      return { why: "training rows are made by runs" };
    case "features": {
      const kept = keptOutputs(of.group, facts);
      if ("why" in kept) return kept;
      const columns = names.filter((column) => kept.columns.includes(column));
      return columns.length === 0 ? { why: NOT_SERVED } : { columns };
    }
    case "request":
      if (of.plans.some((plan) => "columns" in keptOutputs(plan, facts))) return { columns: names };
      return { why: "it looks up no feature group that a stream keeps current" };
  }
}

/** Outputs of a group that services look up, or derive from what they look up. */
function keptOutputs(name: string, facts: Facts): Kept {
  const group = facts.groups[name];
  if (facts.spec.targets.python === undefined) return { why: "without the target `python` there is no service that reads it" };
  if (group === undefined || group.kind === "request") return { why: "it is computed from the request" };
  if (streamed(facts, group.from) === undefined) {
    const found = unstreamed(facts, group.from);
    return { why: found === undefined ? "its events do not come from a topic" : notRowByRow(found) };
  }
  const prefix = `${name}.`;
  const read = servedModels(facts).flatMap((model) => [...featuresOf(model, facts.groups)]);
  const columns = read.filter((feature) => feature.startsWith(prefix)).map((feature) => feature.slice(prefix.length));
  return group.online === undefined || columns.length === 0 ? { why: NOT_SERVED } : { columns };
}
