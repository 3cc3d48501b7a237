/** Where in a cloud an environment's data is, and policies about it: all that an environment stores or serves is in its one region. */
import { isRecord, valueAt } from "../2-validate/index.js";
import { isRegionIn, parseRegion, regionOfHost } from "../shorthand/index.js";
import type { DenySpec, PolicySpec, ProjectSpec } from "../spec.js";
import type { Analysis, Finding } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import { reachedPlaces, type Reached } from "./reached.js";
import { KINDS, PARSED_BY } from "./stores.js";

type Facts = Omit<Analysis, "findings">;
type Project = Pick<ProjectSpec, "environments" | "storage" | "policies">;

/** Data of an environment is where a policy does not let it be. */
export interface Elsewhere {
  readonly environment: string;
  readonly region: string;
  /** Patterns of the regions where it may be. */
  readonly allowed: readonly string[];
}

export function isAboutRegions({ deny }: PolicySpec): boolean {
  return deny?.reaching.includes("regions") === true && (deny.outside ?? []).length > 0;
}

/** Undefined, too, where it is not well written, which is reported: environments with mistakes are not left out. */
export function regionIn({ environments }: Pick<ProjectSpec, "environments">, environment: string): string | undefined {
  const written: unknown = valueAt(environments, [environment, "cloud", "region"]);
  return typeof written === "string" && parseRegion(written).ok ? written : undefined;
}

export function elsewhere({ reaching, outside = [] }: DenySpec, { spec, environment }: Facts): Elsewhere | undefined {
  const region = regionIn(spec, environment);
  if (region === undefined || outside.length === 0 || !reaching.includes("regions")) return undefined;
  return outside.some((pattern) => isRegionIn(region, pattern)) ? undefined : { environment, region, allowed: outside };
}

/** All that is stored or served, in the order in which data gets there. */
export function storedPlaces(facts: Facts, { environment, region, allowed }: Elsewhere): readonly Reached[] {
  const named = allowed.map((pattern) => `\`${pattern}\``).join(", ");
  const inRegion = (what: string): string => `regions other than ${named}, and \`${environment}\` is in \`${region}\`, with ${what}`;
  const tables = Object.values(facts.datasets).flatMap((dataset): readonly Reached[] => {
    const { id, name, kind } = dataset;
    if (kind === "transform" && !dataset.materialised) return [];
    const columns = dataset.columns.map((column) => column.name);
    return columns.map((column) => ({
      where: "regions",
      said: inRegion(`the table of \`${name}\``),
      column: `${id}.${column}`,
      at: kind === "source" ? atKey("sources", name, "columns", column) : transformColumn(dataset, column),
    }));
  });
  return [...tables, ...reachedPlaces(facts).map((place): Reached => ({ ...place, where: "regions", said: inRegion(place.said) }))];
}

function transformColumn(
  { name, columns }: Extract<Analysis["datasets"][string], { readonly kind: "transform" }>,
  column: string,
): Reached["at"] {
  return columns.find((one) => one.name === column)?.at ?? atKey("transforms", name);
}

/** What says nothing of where data is, or something else than where it is. */
export function regionFindings(spec: Project, environment: string): readonly Finding[] {
  const own: unknown = spec.environments[environment];
  if (!isRecord(own)) return [];
  const path = ["environments", environment];
  const isRemote = own["runtime"] === "kubernetes" || /^s3a?:\/\//.test(spec.storage.path);
  if (own["cloud"] !== undefined)
    return isRemote
      ? serversElsewhere(spec, environment)
      : [finding("cloud-idle", atKey(...path, "cloud"), { environment, storage: spec.storage.path })];
  if (!isRemote) return [];
  return Object.entries(spec.policies ?? {}).flatMap(([policy, one]) =>
    isAboutRegions(one)
      ? [
          finding(
            "region-unknown",
            atKey(...path),
            { environment, policy, outside: one.deny?.outside ?? [] },
            { related: [{ message: "the policy", at: atKey("policies", policy) }] },
          ),
        ]
      : [],
  );
}

/** Names of Amazon's servers say their region; of others nobody knows. */
function serversElsewhere(spec: Project, environment: string): readonly Finding[] {
  const region = regionIn(spec, environment);
  if (region === undefined) return [];
  const path = ["environments", environment];
  return KINDS.flatMap((kind) => {
    const at = [...path, "stores", kind, "url"];
    const text: unknown = valueAt(spec, at);
    const url = typeof text === "string" ? PARSED_BY[kind](text) : undefined;
    const host = url?.ok === true ? url.value.host : "";
    const found = regionOfHost(host, region);
    if (found === undefined || found === region) return [];
    const related = [{ message: "the region", at: atValue([...path, "cloud", "region"]) }];
    return [finding("other-region", atValue(at), { host, found, region, environment }, { related })];
  });
}
