/** Says that output on disk is not what the spec compiles to: for `compile --check`. */
import type { Reporter } from "../diagnostic.js";
import type { Place } from "../text.js";
import type { OutputHost } from "../host.js";
import { STAGING } from "./apply.js";
import { MANIFEST } from "./manifest.js";
import type { WritePlan } from "./plan.js";

/** `missing`: nothing was ever written. `other-version`: what differs may be the compiler's doing, so a diff says little. */
export type Staleness = "fresh" | "stale" | "missing" | "other-version";

export function stalenessOf({ changes, manifest, version }: WritePlan, running: string): Staleness {
  if (changes.length === 0 && manifest === undefined) return "fresh";
  if (manifest !== undefined && manifest.was === undefined) return "missing";
  return version !== undefined && version !== running ? "other-version" : "stale";
}

interface At {
  /** Where the spec names the environment that the output is of. */
  readonly environment: Place;
  readonly reporter: Reporter;
}

/** Reports it at the environment that the output is of; another version, at the manifest's first line, which says it. */
export function reportStale(plan: WritePlan, running: string, { environment, reporter }: At): Staleness {
  const { folder, changes, version = "" } = plan;
  const staleness = stalenessOf(plan, running);
  if (staleness === "stale" || staleness === "missing")
    reporter.report("output-stale", environment, { folder, files: changes.length, state: staleness });
  if (staleness === "other-version") {
    const line = { file: `${folder}/${MANIFEST}`, span: { start: 0, end: `mlspec ${version}`.length } };
    reporter.report("output-other-version", line, { folder, written: version, running });
  }
  return staleness;
}

/** Whether a write was stopped in the middle: then what is there is neither the old output nor the new, and that is all there is to say. */
export function reportInterrupted(host: OutputHost, folder: string, { environment, reporter }: At): boolean {
  if (host.stat(`${folder}/${STAGING}`)?.kind !== "folder") return false;
  reporter.report("output-stale", environment, { folder, files: 0, state: "interrupted" });
  return true;
}
