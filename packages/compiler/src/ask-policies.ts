/** Asks the policies in code that a project uses. They are code without types: what they return is held to the interface. */
import type { Analysis } from "./4-analyze/analysis.js";
import { lineageOf } from "./4-analyze/lineage.js";
import { piiOf } from "./4-analyze/personal.js";
import { columnPlace } from "./4-analyze/reached.js";
import { schemaOf } from "./4-analyze/schema.js";
import { freeze, reasonOf } from "./6-link/plugin.js";
import type { AnalyzedEnvironment, CompileOptions, UnloadedEmitter } from "./compile.js";
import type { Reporter } from "./diagnostic.js";
import { placeOf } from "./findings.js";
import type { JsonObject } from "./ir.js";
import type { Policy, PolicyDefinition, PolicyFinding, PolicyProject } from "./policy.js";
import type { Place } from "./text.js";

const SECTIONS = ["entities", "sources", "transforms", "features", "models", "deployments"] as const;

export function askPolicies({ analysis, resolved }: AnalyzedEnvironment, options: CompileOptions, reporter: Reporter): void {
  const used = Object.entries(analysis?.spec.policies ?? {}).flatMap(([name, { use, with: given }]) => (use === undefined ? [] : [{ name, use, given }])); // prettier-ignore
  if (analysis === undefined || options.policies === undefined || used.length === 0) return;
  const project = viewOf(analysis);
  freeze(project);
  for (const { name, use, given = {} } of used) {
    const at = (): Place => resolved.locate(["policies", name, "use"]);
    const loaded = loadedPolicy(use, options.policies);
    if (!("check" in loaded)) {
      if (loaded.reason === undefined) reporter.report("policy-refused", at(), { use });
      else reporter.report("policy-failed", at(), { use, reason: loaded.reason });
      continue;
    }
    const answer = asked(loaded, project, given as JsonObject);
    if (typeof answer === "string") {
      reporter.report("policy-failed", at(), { use, reason: answer });
      continue;
    }
    for (const { at: id, message, severity = "error" } of answer) {
      const place = idPlace(analysis, id);
      if (place === undefined)
        reporter.report("policy-failed", at(), { use, reason: `it speaks of \`${id}\`, which is no definition and no column` });
      else reporter.report(severity === "error" ? "policy-broken" : "policy-warned", placeOf(place, resolved), { policy: name, message });
    }
  }
}

function loadedPolicy(use: string, policies: NonNullable<CompileOptions["policies"]>): Policy | UnloadedEmitter {
  return Object.hasOwn(policies, use) ? (policies[use] ?? {}) : {};
}

/** What it found, or why it is no answer. */
function asked(policy: Policy, project: PolicyProject, options: JsonObject): readonly PolicyFinding[] | string {
  let answer: unknown;
  try {
    answer = policy.check(project, options);
  } catch (error) {
    return reasonOf(error);
  }
  if (!Array.isArray(answer)) return "`check` has to return a list, and at once";
  const wrong = answer.find((one: unknown) => !isFinding(one));
  return wrong === undefined
    ? answer.filter(isFinding)
    : 'each entry has to be `{at: "sources.orders", message: "…", severity: "error" | "warning"}`';
}

function isFinding(value: unknown): value is PolicyFinding {
  if (typeof value !== "object" || value === null || !("at" in value) || !("message" in value)) return false;
  const severity: unknown = "severity" in value ? value.severity : undefined;
  return (
    typeof value.at === "string" &&
    typeof value.message === "string" &&
    value.message !== "" &&
    (severity === undefined || severity === "error" || severity === "warning")
  );
}

function viewOf(analysis: Analysis): PolicyProject {
  const lineage = lineageOf(analysis);
  const pii = piiOf(analysis, lineage);
  const { spec } = analysis;
  const definitions = SECTIONS.flatMap((section) =>
    Object.entries(spec[section] ?? {}).map(([name, definition]): PolicyDefinition => ({
      id: `${section}.${name}`,
      section,
      name,
      // A copy: what is handed out is frozen.
      spec: { ...(spec.owner === undefined ? {} : { owner: spec.owner }), ...(structured(definition) as JsonObject) },
    })),
  );
  const columns = [...schemaOf(analysis)].flatMap(([definition, all]) =>
    all.map(({ name, type, nullable }) => {
      const id = `${definition}.${name}`;
      const { from, indirect } = lineage.get(id) ?? { from: [], indirect: [] };
      return {
        id,
        type,
        nullable,
        pii: pii.get(id) ?? [],
        from: from.map((input) => ({ ...input })),
        indirect: indirect.map((input) => ({ ...input, kinds: [...input.kinds] })),
      };
    }),
  );
  return { name: spec.project, environment: analysis.environment, definitions, columns };
}

function structured(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function idPlace(analysis: Analysis, id: string): ReturnType<typeof columnPlace> | undefined {
  const [section = "", name = "", ...column] = id.split(".");
  const known = SECTIONS.find((one) => one === section);
  if (known === undefined || !Object.hasOwn(analysis.spec[known] ?? {}, name)) return undefined;
  if (column.length === 0) return { in: "spec", path: [section, name], part: "key" };
  return schemaOf(analysis)
    .get(`${section}.${name}`)
    ?.some((one) => one.name === column.join(".")) === true
    ? columnPlace(analysis, id)
    : undefined;
}
