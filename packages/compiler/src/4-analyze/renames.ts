/** Names that things say they had: each was one thing's, and is nothing's now. */
import { isRecord } from "../2-validate/index.js";
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import type { ProjectSpec } from "../spec.js";
import type { Finding, SpecPath } from "./analysis.js";
import { atValue, finding } from "./finding.js";

const SECTIONS = ["entities", "sources", "transforms", "features", "models", "deployments"] as const;

export function renameFindings(spec: ProjectSpec, memo: Memo): readonly Finding[] {
  return SECTIONS.flatMap((section) => {
    const definitions: Readonly<Record<string, object>> = spec[section] ?? NONE;
    const renamed = saidOfEach(definitions, {
      step: `renamed ${section}`,
      memo,
      say: (name, definition) => (Reflect.get(definition, "renamed_from") === undefined ? [] : [name]),
    });
    const inner = saidOfEach(definitions, {
      step: `renames in ${section}`,
      memo,
      say: (name, definition) =>
        (["columns", "aggregates"] as const).flatMap((key) => ofMap(Reflect.get(definition, key), [section, name, key])),
    });
    return renamed.length === 0 ? inner : [...ofMap(definitions, [section]), ...inner];
  });
}

const NONE = {};

function ofMap(map: unknown, path: SpecPath): readonly Finding[] {
  if (!isRecord(map)) return [];
  const takers = new Map<string, string>();
  return Object.entries(map).flatMap(([name, value]): readonly Finding[] => {
    const old = isRecord(value) ? value["renamed_from"] : undefined;
    if (typeof old !== "string") return [];
    const other = takers.get(old);
    takers.set(old, name);
    const reason = reasonAgainst(old, { name, other, map });
    return reason === undefined ? [] : [finding("renamed-from", atValue([...path, name, "renamed_from"]), { name, old, reason })];
  });
}

function reasonAgainst(
  old: string,
  { name, other, map }: { readonly name: string; readonly other: string | undefined; readonly map: object },
): string | undefined {
  if (old === name) return "it is called so now";
  if (Object.hasOwn(map, old)) return `\`${old}\` is still there`;
  return other === undefined ? undefined : `\`${other}\` says so too`;
}
