/** Plans between two versions of the project that says everything (tests/key-table/base.ts). */
import { diff, sidesOf, type Plan, type PlanSide } from "@mlspec/compiler";
import { base, notes, others } from "../key-table/base.js";
import { policies } from "../key-table/policies.js";
import { compileTexts, type Texts } from "../support/compile.js";

export type Data = { [key: string]: unknown };

/** Sets the value at a path; undefined removes it. */
export function put(project: Data, path: string, value: unknown): void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  let at = project;
  for (const part of parts) at = (at[part] ??= {}) as Data;
  if (value === undefined) delete at[last];
  else at[last] = value;
}

export function textsOf(project: unknown, files: Texts = {}): Texts {
  return { ...others, "mlspec.yaml": JSON.stringify(project, null, 2), ...files };
}

export function sides(texts: Texts): readonly PlanSide[] {
  const { analyzed, environments, diagnostics, messages } = compileTexts(texts, notes, policies);
  if (diagnostics.some(({ severity }) => severity === "error")) throw new Error(messages);
  return sidesOf(analyzed, environments);
}

const original = sides(textsOf(base));

export type Edits = Readonly<Record<string, unknown>>;

/** The base with values set by path, and with other files. */
export function changed(edits: Edits, files: Texts = {}): Texts {
  const project = structuredClone(base) as Data;
  for (const [path, value] of Object.entries(edits)) put(project, path, value);
  return textsOf(project, files);
}

/** The plan from the base to a change of it, with both sides. */
export function planFrom(edits: Edits, files: Texts = {}): { readonly plan: Plan; readonly sides: readonly PlanSide[] } {
  const after = sides(changed(edits, files));
  return { plan: diff(original, after), sides: [...original, ...after] };
}
