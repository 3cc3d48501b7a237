/** What a project says outside its definitions: about itself, its environments, targets and code. */
import { codeText } from "../5-lower/meaning.js";
import { sha256 as sha256Of } from "../hash.js";
import { leaves, show } from "./parts.js";
import { asRecord, at, type Part, type PlanSide } from "./plan.js";

/** Parts by pseudo-definition: `project`, `environments.NAME`, `targets.KEY`, `templates`, `code`. */
export function frameParts(before: PlanSide, after: PlanSide): ReadonlyMap<string, readonly Part[]> {
  const parts = new Map<string, Part[]>();
  const [old, now] = [said(before), said(after)];
  for (const path of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [a, b] = [old.get(path), now.get(path)];
    if (a === b) continue;
    const [definition = "", key = ""] = path.split("\n");
    const prose =
      (definition === "project" && (key === "description" || key === "owner")) ||
      (definition === "code" && saysTheSame(before, after, key));
    const list = parts.get(definition) ?? [];
    list.push({ path: key, ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }), prose });
    parts.set(definition, list);
  }
  return parts;
}

/** Whether a file of code is only written otherwise. */
function saysTheSame(before: PlanSide, after: PlanSide, path: string): boolean {
  const [a, b] = [before, after].map(({ ir }) => ir.code.find((file) => file.path === path));
  return a !== undefined && b !== undefined && codeText(a) === codeText(b);
}

function said({ name, analysis: { spec }, ir, templates }: PlanSide): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const put = (definition: string, key: string, value: unknown): void => {
    if (value !== undefined) texts.set(`${definition}\n${key}`, show(value));
  };
  for (const [key, value] of Object.entries(spec))
    if (!ELSEWHERE.has(key) && !key.startsWith("x-")) leaves(value, key, (path, leaf) => put("project", path, leaf));
  for (const [key, value] of Object.entries(at(spec.environments, name) ?? {}))
    if (key !== "vars" && key !== "overrides") leaves(value, key, (path, leaf) => put(`environments.${name}`, path, leaf));
  for (const [key, options] of Object.entries(asRecord(spec.targets))) {
    if (key.startsWith("x-")) continue;
    put(`targets.${key}`, "target", "on");
    for (const [option, value] of Object.entries(asRecord(options))) put(`targets.${key}`, option, value);
  }
  for (const template of templates) put("templates", template.name, sha256Of(template.source).slice(0, 12));
  for (const { path, sha256 } of ir.code) put("code", path, sha256.slice(0, 12));
  return texts;
}

/** What has definitions of its own, shows in what it changes, or says nothing about output. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  "mlspec vars environments targets include code templates policies entities sources transforms features models deployments tests".split(
    " ",
  ),
);
