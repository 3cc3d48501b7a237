/** Rules that a project holds itself to: where personal data may not get, by column lineage, and what definitions have to say. */
import type { DenySpec, PiiClass, PolicySpec, ProjectSpec } from "../spec.js";
import type { Analysis, Finding } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import type { ProjectLineage } from "./lineage.js";
import { hasTags, personalData, wayToPii, type PersonalData, type PiiWay } from "./personal.js";
import { columnPlace, reachedPlaces } from "./reached.js";
import { elsewhere, storedPlaces } from "./regions.js";

type Facts = Omit<Analysis, "findings">;

export function policyFindings(facts: Facts, lineageOnce: () => ProjectLineage): readonly Finding[] {
  const policies = Object.entries(facts.spec.policies ?? {});
  if (policies.length === 0 && !hasTags(facts.spec)) return [];
  const lineage = lineageOnce();
  const known = { facts, lineage, personal: personalData(facts, lineage) };
  return [
    ...weakMasks(known),
    ...policies.flatMap(([name, policy]) => [
      ...(policy.deny === undefined ? [] : denied({ name, deny: policy.deny, policy }, known)),
      ...(policy.require === undefined ? [] : lacking(name, policy, facts.spec)),
    ]),
  ];
}

/** What names a person by itself, and is hidden by nothing: a hash without a key, or a mask that leaves too much. */
function weakMasks({ facts, personal }: Known): readonly Finding[] {
  return Object.values(facts.datasets).flatMap((dataset) =>
    dataset.kind === "source"
      ? []
      : dataset.weak.flatMap(({ what, columns, at }) => {
          const shown = columns.find((id) => personal.held.get(id)?.has("direct") === true);
          return shown === undefined ? [] : [finding("weak-mask", at, { what, column: shown.split(".").slice(2).join(".") })];
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
  readonly personal: PersonalData;
}

/** One finding for each column that gets too far: at the first place on its way, for what comes after it is the same mistake. */
function denied({ name, deny, policy }: Denial, { facts, lineage, personal }: Known): readonly Finding[] {
  const classes: readonly PiiClass[] = typeof deny.pii === "string" ? [deny.pii] : deny.pii;
  const told = new Set<string>();
  const toldBeside = new Set<string>();
  const away = elsewhere(deny, facts);
  const places = [...(away === undefined ? [] : storedPlaces(facts, away)), ...reachedPlaces(facts)];
  return places
    .filter(({ where }) => deny.reaching.includes(where))
    .flatMap(({ column, where, said, at, beside = false }): Finding[] => {
      const found = firstWay(classes, (pii) => wayToPii(lineage, personal, column, pii));
      const way = found?.columns;
      const from = way?.at(-1);
      if (found === undefined || way === undefined || from === undefined) return [];
      if (toldBeside.has(column) || way.some((id) => told.has(id))) return [];
      (beside ? toldBeside : told).add(column);
      const { pii, masked } = found;
      const args = {
        policy: name,
        column,
        from,
        pii,
        where: said,
        why: policy.description ?? "",
        masked,
        masks: masksFor(classes),
        environment: where === "regions" ? away?.environment : undefined,
      };
      const related = [
        ...way
          .slice(1)
          .map((id) => ({ message: id === from ? `\`${id}\` is declared personal data` : `\`${id}\``, at: columnPlace(facts, id) })),
        ...(where === "regions" && away !== undefined
          ? [{ message: `the region of \`${away.environment}\``, at: atValue(["environments", away.environment, "cloud", "region"]) }]
          : []),
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

/** Parts of policies that ask for nothing. */
export function idlePolicies({ policies }: ProjectSpec): readonly Finding[] {
  return Object.entries(policies ?? {}).flatMap(([policy, { deny, require, use, of, with: options }]) => {
    const idle = (why: string, ...path: readonly (string | number)[]): Finding =>
      finding("policy-idle", atKey("policies", policy, ...path), {
        policy,
        key: path.filter((part) => typeof part === "string").join("."),
        why,
      });
    const found: Finding[] = [];
    if (of !== undefined && require === undefined) found.push(idle("it says what `require` is about. Add `require`, or remove it", "of"));
    if (options !== undefined && use === undefined) found.push(idle("it holds options of `use`. Add `use`, or remove it", "with"));
    if (deny !== undefined && typeof deny.pii !== "string" && deny.pii.length === 0)
      found.push(idle("it names no class. Write `direct`, `indirect` or `sensitive`", "deny", "pii"));
    if (deny?.outside !== undefined && !deny.reaching.includes("regions"))
      found.push(idle("it says where `regions` are that the data may reach. Add `regions` to `reaching`, or remove it", "deny", "outside"));
    if (deny?.reaching.includes("regions") === true && deny.outside === undefined)
      found.push(idle("`regions` are those outside of some. Add `outside`, such as `outside: [eu-*]`", "deny", "reaching"));
    if (require?.includes("checks") === true && of?.includes("sources") === false)
      found.push(idle("only sources have `checks`. Add `sources` to `of`, or remove `checks`", "require"));
    return found;
  });
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
      return (definition.owner ?? spec.owner ?? "").trim() !== "";
    case "description":
      return (definition.description ?? "").trim() !== "";
    case "checks":
      return section !== "sources" || Object.keys(definition.checks ?? {}).length > 0;
  }
}
