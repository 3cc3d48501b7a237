import { compareVersions, parseVersion, parseVersionRange, type Version, type VersionRange } from "../shorthand/index.js";
import type { TargetsSpec } from "../spec.js";
import type { Finding } from "./analysis.js";
import { atValue, finding } from "./finding.js";

/** What the built-in emitters write for: tested on the ends of each range. */
const AIRFLOW: { readonly from: Version; readonly below: Version } = { from: [2, 11], below: [4] };
const SPARK: Version = [4, 1];
/** Both ends are held against the schemas of Kubernetes itself in the suite `manifests`. */
export const KUBERNETES_VERSIONS: { readonly from: Version; readonly to: Version } = { from: [1, 31], to: [1, 36] };

export function analyzeTargets({ airflow, spark, kubernetes }: TargetsSpec): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (target: string, version: string, supported: string): void =>
    void findings.push(finding("unsupported-version", atValue(["targets", target, "version"]), { target, version, supported }));
  if (airflow !== undefined) {
    const range = parseVersionRange(airflow.version);
    if (range.ok && !within(range.value)) refuse("airflow", airflow.version, ">=2.11 <4");
  }
  if (spark !== undefined) {
    const version = parseVersion(spark.version);
    if (version.ok && compareVersions(version.value.slice(0, 2), SPARK) !== 0) refuse("spark", spark.version, "4.1");
  }
  if (kubernetes !== undefined) {
    const version = parseVersion(kubernetes.version);
    const { from, to } = KUBERNETES_VERSIONS;
    const short = version.ok ? version.value.slice(0, 2) : from;
    if (compareVersions(short, from) < 0 || compareVersions(short, to) > 0)
      refuse("kubernetes", kubernetes.version, `${from.join(".")} to ${to.join(".")}`);
  }
  return findings;
}

function within(range: VersionRange): boolean {
  const above = range.some(({ op, version }) => (op === ">=" || op === ">" || op === "=") && compareVersions(version, AIRFLOW.from) >= 0);
  const below = range.some(({ op, version }) =>
    op === "<" ? compareVersions(version, AIRFLOW.below) <= 0 : (op === "<=" || op === "=") && compareVersions(version, AIRFLOW.below) < 0,
  );
  return above && below;
}
