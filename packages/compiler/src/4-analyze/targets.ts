import { isWithin, parseVersionRange, spanOf, type Version, type VersionSpan } from "../shorthand/index.js";
import type { TargetsSpec } from "../spec.js";
import type { Finding } from "./analysis.js";
import { atValue, finding } from "./finding.js";

/** What the built-in emitters write for. Suites run what is emitted on the ends of each range. */
export const TARGET_VERSIONS = { airflow: ">=2.11 <4", spark: ">=4.1 <4.2", kubernetes: ">=1.31 <1.37" } as const;

/** The first and the last minor version, held against the schemas of Kubernetes itself in the suite `manifests`. */
export const KUBERNETES_VERSIONS: { readonly from: Version; readonly to: Version } = { from: [1, 31], to: [1, 36] };

export function analyzeTargets(targets: TargetsSpec): readonly Finding[] {
  return (["airflow", "spark", "kubernetes"] as const).flatMap((target) => {
    const version = targets[target]?.version;
    const asked = spanIn(version);
    const supported = TARGET_VERSIONS[target];
    const written = spanIn(supported);
    if (version === undefined || asked === undefined || written === undefined) return [];
    return isWithin(asked, written)
      ? []
      : [finding("unsupported-version", atValue(["targets", target, "version"]), { target, version, supported })];
  });
}

function spanIn(range: string | undefined): VersionSpan | undefined {
  const parsed = range === undefined ? undefined : parseVersionRange(range);
  return parsed?.ok === true ? spanOf(parsed.value) : undefined;
}
