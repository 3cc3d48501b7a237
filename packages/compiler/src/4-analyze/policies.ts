/** Rules that a project holds itself to: where personal data may not get, by column lineage, and what definitions have to say. */
import type { DenySpec, PiiClass, PolicySpec, ProjectSpec } from "../spec.js";
import type { Analysis, DeploymentFacts, Finding, GroupFacts, ModelFacts, Where } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import { outputPlace } from "./leakage.js";
import type { ProjectLineage } from "./lineage.js";
import { columnId, entityKeys, scoredOf } from "./scored.js";
import { piiTags, wayToPii, type PiiTags, type PiiWay } from "./personal.js";

type Facts = Omit<Analysis, "findings">;

export function policyFindings(facts: Facts, lineageOnce: () => ProjectLineage): readonly Finding[] {
  const policies = Object.entries(facts.spec.policies ?? {});
  const tags = piiTags(facts);
  if (policies.length === 0 && tags.size === 0) return [];
  const lineage = lineageOnce();
  const known = { facts, lineage, tags };
  return [
    ...weakMasks(known),
    ...policies.flatMap(([name, policy]) => [
      ...(policy.deny === undefined ? [] : denied({ name, deny: policy.deny, policy }, known)),
      ...(policy.require === undefined ? [] : lacking(name, policy, facts.spec)),
    ]),
  ];
}

/** Hashes without a key of what names a person by itself. */
function weakMasks({ facts, lineage, tags }: Known): readonly Finding[] {
  return Object.values(facts.datasets).flatMap((dataset) =>
    dataset.kind === "source"
      ? []
      : dataset.hashes.flatMap(({ what, columns, at }) => {
          const read = dataset.reads.flatMap((id) =>
            (facts.datasets[id.slice(id.indexOf(".") + 1)]?.columns ?? []).map(({ name }) => ({ name, id: `${id}.${name}` })),
          );
          const column = read.find(
            ({ name, id }) => columns.includes(name.toLowerCase()) && wayToPii(lineage, tags, id, "direct") !== undefined,
          );
          return column === undefined ? [] : [finding("weak-mask", at, { what, column: column.name })];
        }),
  );
}

interface Denial {
  readonly name: string;
  readonly deny: DenySpec;
  readonly policy: PolicySpec;
}
interface Known {
  readonly facts: Facts;
  readonly lineage: ProjectLineage;
  readonly tags: PiiTags;
}

/** A column at a place that data may not reach. */
interface Reached {
  readonly where: DenySpec["reaching"][number];
  /** In words: `features`, `the request of fraud_api`. */
  readonly said: string;
  readonly column: string;
  readonly at: Where;
}

/** One finding for each column that gets too far: at the first place on its way, for what comes after it is the same mistake. */
function denied({ name, deny, policy }: Denial, { facts, lineage, tags }: Known): readonly Finding[] {
  const classes: readonly PiiClass[] = typeof deny.pii === "string" ? [deny.pii] : deny.pii;
  const told = new Set<string>();
  return places(facts)
    .filter(({ where }) => deny.reaching.includes(where))
    .flatMap(({ column, said, at }): Finding[] => {
      const found = firstWay(classes, (pii) => wayToPii(lineage, tags, column, pii));
      const way = found?.columns;
      const from = way?.at(-1);
      if (found === undefined || way === undefined || from === undefined || way.slice(1).some((id) => told.has(id)) || told.has(column))
        return [];
      told.add(column);
      const { pii, masked } = found;
      const args = { policy: name, column, from, pii, where: said, why: policy.description ?? "", masked, masks: masksFor(classes) };
      const related = [
        ...way
          .slice(1)
          .map((id) => ({ message: id === from ? `\`${id}\` is declared personal data` : `\`${id}\``, at: columnPlace(facts, id) })),
        { message: "the policy", at: atKey("policies", name) },
      ];
      return [finding("policy-denies", at, args, { related })];
    });
}

/** The first of these classes that there is a way to. */
function firstWay(
  classes: readonly PiiClass[],
  wayTo: (pii: PiiClass) => PiiWay | undefined,
): (PiiWay & { readonly pii: PiiClass }) | undefined {
  for (const pii of classes) {
    const way = wayTo(pii);
    if (way !== undefined) return { ...way, pii };
  }
  return undefined;
}

/** Whether what masks leave may be where these classes may not. */
const masksFor = (denied: readonly PiiClass[]): boolean => !denied.includes("indirect");

/** Every place that a policy can name, in the order in which data gets there. */
function places(facts: Facts): readonly Reached[] {
  const { groups, models, deployments } = facts;
  return [
    ...Object.values(groups).flatMap((group) => groupPlaces(group, facts)),
    ...Object.values(models).flatMap((model) => modelPlaces(model, facts)),
    ...Object.values(deployments).flatMap((deployment) => deploymentPlaces(deployment, facts)),
  ];
}

/** What is kept of a group, and by which keys. */
function groupPlaces(group: GroupFacts, { groups }: Facts): readonly Reached[] {
  const { id, name, outputs } = group;
  return outputs.map((output) => ({
    where: "features",
    said: "features",
    column: `${id}.${output.name}`,
    at: outputPlace(groups, name, output.name),
  }));
}

function modelPlaces({ id, name, inputs }: ModelFacts, facts: Facts): readonly Reached[] {
  return inputs.map((input) => ({
    where: "models",
    said: "models",
    column: `${id}.${input.name}`,
    at: inputPlace(facts, name, input),
  }));
}

function deploymentPlaces(deployment: DeploymentFacts, facts: Facts): readonly Reached[] {
  const { id, name, serve } = deployment;
  const model = facts.models[deployment.model];
  if (model === undefined) return [];
  const at = atValue(["deployments", name, serve === "online" ? "model" : "rows"]);
  const rows = deployment.rows ?? model.observations;
  const own = scoredOf(deployment, facts).flatMap(([column]) => (column === "prediction" ? [] : [column]));
  const keys = entityKeys(model.plans, facts).map((column) => columnId(facts, rows, column));
  // What its own rows bring is told as the input that it is.
  const asked = own.length > 0 ? [] : model.request.map((field) => columnId(facts, rows, field.name));
  const computed = model.inputs.map((input) => (own.includes(input.name) ? `${id}.${input.name}` : `models.${model.name}.${input.name}`));
  const scored = own.map((column) => `${id}.${column}`);
  return [
    ...scored.flatMap((column): readonly Reached[] => [
      { where: "features", said: "features", column, at },
      { where: "models", said: "models", column, at },
    ]),
    ...[...keys, ...asked, ...scored, ...computed].flatMap((column): readonly Reached[] => [
      { where: "deployments", said: `the deployment \`${name}\``, column, at },
      ...(serve === "online" ? [{ where: "logs" as const, said: `the prediction log of \`${name}\``, column, at }] : []),
    ]),
  ];
}

function inputPlace({ spec }: Facts, model: string, { group, column }: { readonly group: string; readonly column: string }): Where {
  const wanted = spec.models?.[model]?.features ?? [];
  const index = wanted.findIndex((one) => one === group || one === `${group}.${column}`);
  return index < 0 ? atKey("models", model) : atValue(["models", model, "features", index]);
}

/** Where a column on the way is made. */
export function columnPlace({ groups, datasets }: Pick<Facts, "groups" | "datasets">, id: string): Where {
  const [section = "", name = ""] = id.split(".");
  const column = id.slice(section.length + name.length + 2);
  switch (section) {
    case "sources":
      return atKey("sources", name, "columns", column);
    case "transforms": {
      const dataset = datasets[name];
      const made = dataset?.kind === "transform" ? dataset.columns.find((one) => one.name === column)?.at : undefined;
      return made ?? atKey("transforms", name);
    }
    case "features":
      return outputPlace(groups, name, column);
    case "deployments":
      return column === "prediction" ? atKey(section, name) : atValue([section, name, "rows"]);
    default:
      return atKey(section, name);
  }
}

/** Definitions that do not say what they must. */
function lacking(policy: string, { require = [], of, description = "" }: PolicySpec, spec: ProjectSpec): readonly Finding[] {
  const sections = of ?? ["sources", "transforms", "features", "models", "deployments"];
  return sections.flatMap((section) =>
    Object.entries(spec[section] ?? {}).flatMap(([name, definition]) =>
      require
        .filter((key) => !says(definition, key, { spec, section }))
        .map((key) =>
          finding(
            "policy-requires",
            atKey(section, name),
            { policy, name, key, why: description },
            { related: [{ message: "the policy", at: atKey("policies", policy) }] },
          ),
        ),
    ),
  );
}

function says(
  definition: { readonly owner?: string; readonly description?: string; readonly checks?: object },
  key: "owner" | "description" | "checks",
  { spec, section }: { readonly spec: ProjectSpec; readonly section: string },
): boolean {
  switch (key) {
    case "owner":
      return (definition.owner ?? spec.owner) !== undefined;
    case "description":
      return definition.description !== undefined;
    case "checks":
      return section !== "sources" || Object.keys(definition.checks ?? {}).length > 0;
  }
}
