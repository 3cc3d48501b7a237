/** What a project says outside its definitions: about itself, its environments, targets and code. */
import { sha256 as sha256Of } from "../hash.js";
import { show } from "./parts.js";
import { asRecord, at, type Part, type PlanSide } from "./plan.js";

/** Parts by pseudo-definition: `project`, `environments.NAME`, `targets.KEY`, `templates`, `code`. */
export function frameParts(before: PlanSide, after: PlanSide): ReadonlyMap<string, readonly Part[]> {
  const parts = new Map<string, Part[]>();
  const [old, now] = [said(before), said(after)];
  for (const path of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [a, b] = [old.get(path), now.get(path)];
    if (a === b) continue;
    const [definition = "", key = ""] = path.split("\n");
    const prose = definition === "project" && (key === "description" || key === "owner");
    const list = parts.get(definition) ?? [];
    list.push({ path: key, ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }), prose });
    parts.set(definition, list);
  }
  return parts;
}

function said({ name, analysis: { spec }, ir, templates }: PlanSide): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const put = (definition: string, key: string, value: unknown): void => {
    if (value !== undefined) texts.set(`${definition}\n${key}`, show(value));
  };
  put("project", "name", spec.project);
  put("project", "description", spec.description);
  put("project", "owner", spec.owner);
  flat("project", "storage", spec.storage, put);
  flat("project", "schedule", spec.schedule, put);
  put(`environments.${name}`, "runtime", at(spec.environments, name)?.runtime);
  for (const [key, options] of Object.entries(asRecord(spec.targets))) {
    if (key.startsWith("x-")) continue;
    put(`targets.${key}`, "target", "on");
    for (const [option, value] of Object.entries(asRecord(options))) put(`targets.${key}`, option, value);
  }
  for (const template of templates) put("templates", template.name, sha256Of(template.source).slice(0, 12));
  for (const { path, sha256 } of ir.code) put("code", path, sha256.slice(0, 12));
  return texts;
}

// oxlint-disable-next-line max-params
function flat(definition: string, key: string, value: object, put: (definition: string, key: string, value: unknown) => void): void {
  for (const [inner, member] of Object.entries(value)) put(definition, `${key}.${inner}`, member);
}
