import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { analyze } from "../../src/4-analyze/analyze.js";
import type { Analysis } from "../../src/4-analyze/analysis.js";
import type { ProjectSpec } from "../../src/spec.js";

const root = new URL("../../../../", import.meta.url);

const example = (path: string): string => readFileSync(new URL(`tests/support/fraud_files/${path}`, root), "utf8");
export const sqlFiles = { "sql/labelled_payments.sql": example("sql/labelled_payments.sql") };

/** The fraud example as one map. */
export function fraud(): ProjectSpec {
  return { ...parse(example("mlspec.yaml")), ...parse(example("specs/data.yaml")), ...parse(example("specs/model.yaml")) } as ProjectSpec;
}

export function analyzed(spec: ProjectSpec, files: Record<string, string> = sqlFiles): Analysis {
  return analyze({ environment: "local", spec, sqlFiles: files });
}

/** The example with one change; `path` is where, `value` what (undefined takes it out). */
export function changed(path: readonly string[], value: unknown): ProjectSpec {
  const spec = structuredClone(fraud());
  let at = spec as unknown as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return spec;
}
