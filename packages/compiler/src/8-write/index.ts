export { apply, recover, STAGING } from "./apply.js";
export { diffPlan, diffTexts } from "./diff.js";
export { ATTRIBUTES, MANIFEST, parseManifest } from "./manifest.js";
export { plan, type Change, type WritePlan } from "./plan.js";
export { reportInterrupted, reportStale } from "./stale.js";
