/** Says that output on disk is not what the spec compiles to: for `compile --check`. */
import type { Reporter } from "../diagnostic.js";
import type { Place } from "../text.js";
import { MANIFEST } from "./manifest.js";
import type { WritePlan } from "./plan.js";

/** `missing`: nothing was ever written. `other-version`: what differs may be the compiler's doing, so a diff says little. */
export type Staleness = "fresh" | "stale" | "missing" | "other-version";

export function stalenessOf({ changes, manifest, version }: WritePlan, running: string): Staleness {
  if (changes.length === 0 && manifest === undefined) return "fresh";
  if (manifest !== undefined && manifest.was === undefined) return "missing";
  return version !== undefined && version !== running ? "other-version" : "stale";
}

/** Reports it at the environment that the output is of; another version, at the manifest's first line, which says it. */
export function reportStale(
  plan: WritePlan,
  running: string,
  { environment, reporter }: { readonly environment: Place; readonly reporter: Reporter },
): Staleness {
  const { folder, changes, version = "" } = plan;
  const staleness = stalenessOf(plan, running);
  if (staleness === "stale" || staleness === "missing")
    reporter.report("output-stale", environment, { folder, files: changes.length, missing: staleness === "missing" });
  if (staleness === "other-version") {
    const line = { file: `${folder}/${MANIFEST}`, span: { start: 0, end: `mlspec ${version}`.length } };
    reporter.report("output-other-version", line, { folder, written: version, running });
  }
  return staleness;
}
