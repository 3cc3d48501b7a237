import { compareVersions, isEverywhere, isWithin, parseVersion, spanIn, type Version } from "../shorthand/index.js";
import type { ProjectSpec, TargetsSpec } from "../spec.js";
import type { SqlNeed } from "../sql/need.js";
import type { Finding } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import type { SqlText } from "./transform.js";

/** What the built-in emitters write for. Suites run what is emitted on the ends of each range. */
export const TARGET_VERSIONS = { airflow: ">=2.11 <4", spark: ">=4.0 <4.2", kubernetes: ">=1.31 <1.37", feast: "0.67" } as const;

/** The minor versions of Spark: each has a Delta of its own. */
export const SPARK_VERSIONS = ["4.0", "4.1"] as const;
export type SparkVersion = (typeof SPARK_VERSIONS)[number];

/** The newest of a range: what images and this machine get. */
export function newestSpark(range: string | undefined): SparkVersion {
  const { below } = (range === undefined ? undefined : spanIn(range)) ?? {};
  const within = SPARK_VERSIONS.filter((version) => {
    const parsed = parseVersion(version);
    return below === undefined || (parsed.ok && compareVersions(parsed.value, below) < 0);
  });
  return within.at(-1) ?? "4.1";
}

/** The first and the last minor version, held against the schemas of Kubernetes itself in the suite `manifests`. */
export const KUBERNETES_VERSIONS: { readonly from: Version; readonly to: Version } = { from: [1, 31], to: [1, 36] };

export function analyzeTargets(targets: TargetsSpec): readonly Finding[] {
  return (["airflow", "spark", "kubernetes", "feast"] as const).flatMap((target) => {
    const version = targets[target]?.version;
    const asked = version === undefined ? undefined : spanIn(version);
    const supported = TARGET_VERSIONS[target];
    const written = spanIn(supported);
    if (version === undefined || asked === undefined || written === undefined) return [];
    return isWithin(asked, written)
      ? []
      : [finding("unsupported-version", atValue(["targets", target, "version"]), { target, version, supported })];
  });
}

/** Streams from topics run on the Spark that they were proven on. */
export function topicFindings({ targets, sources = {} }: Pick<ProjectSpec, "targets" | "sources">): readonly Finding[] {
  const range = targets.spark?.version;
  const asked = range === undefined ? undefined : spanIn(range);
  if (range === undefined || asked === undefined || isEverywhere({ since: "4.1" }, asked)) return [];
  const need = {
    what: "sources of kind `kafka`",
    tool: "Spark",
    range,
    since: "4.1",
    reason: "streams are tried on it and newer ones only",
  };
  return Object.entries(sources).flatMap(([name, { kafka }]) =>
    kafka === undefined ? [] : [finding("not-in-version", atKey("sources", name, "kafka"), need)],
  );
}

/** What a query needs and not every Spark that the target asks for has. */
export function needFindings(targets: TargetsSpec, needs: readonly SqlNeed[], { at }: SqlText): readonly Finding[] {
  const range = targets.spark?.version;
  const asked = range === undefined ? undefined : spanIn(range);
  if (range === undefined || asked === undefined) return [];
  return needs
    .filter((need) => !isEverywhere(need, asked))
    .map(({ what, since, reason, span }) => finding("not-in-version", at(span), { what, tool: "Spark", range, since, reason }));
}
