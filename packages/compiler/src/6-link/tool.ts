/** The versions of a tool that a target asks for, against what its emitter says of them. */
import type { Reporter } from "../diagnostic.js";
import type { Use } from "../emitter.js";
import { isEverywhere, isWithin, spanIn } from "../shorthand/index.js";
import type { Place } from "../text.js";
import type { Target } from "./link.js";

/** A plugin's version has to be within what its emitter writes for; ours were checked with the language. */
export function checkVersion(target: Target, reporter: Reporter): boolean {
  const { tool } = target.emitter;
  const version = versionOf(target.options);
  if (tool === undefined || !target.plugin || version === undefined) return true;
  const [asked, written] = [spanIn(version), spanIn(tool.versions)];
  if (asked !== undefined && written !== undefined && isWithin(asked, written)) return true;
  reporter.report("unsupported-version", place(target), { target: target.key, version, supported: tool.versions });
  return false;
}

/** What is used and not there in each version that is asked for. */
export function checkUses(
  target: Target,
  uses: readonly Use[],
  { reporter, placeOf }: { readonly reporter: Reporter; readonly placeOf: (definition: string) => Place | undefined },
): void {
  const { tool } = target.emitter;
  const range = versionOf(target.options) ?? tool?.versions ?? "";
  const span = spanIn(range);
  for (const { capability, what, definition } of uses) {
    const found = tool !== undefined && Object.hasOwn(tool.capabilities, capability) ? tool.capabilities[capability] : undefined;
    if (tool === undefined || found === undefined)
      throw new Error(`\`uses\` names \`${capability}\`, which \`tool.capabilities\` does not have`);
    if (span === undefined || isEverywhere(found, span)) continue;
    const at = (definition === undefined ? undefined : placeOf(definition)) ?? place(target);
    reporter.report("not-in-version", at, { what, tool: tool.name, range, ...found });
  }
}

function versionOf(options: unknown): string | undefined {
  const version: unknown = typeof options === "object" && options !== null ? Reflect.get(options, "version") : undefined;
  return typeof version === "string" ? version : undefined;
}

function place(target: Target): Place {
  return versionOf(target.options) === undefined ? target.at : (target.optionAt?.("version") ?? target.at);
}
