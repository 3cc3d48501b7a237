/** The order in which a project is taken. Maps of YAML have none, so that what is moved up or down changes no output. */
import { isRecord } from "../2-validate/index.js";
import type { ProjectSpec } from "../spec.js";

/** By name, all but columns: their order is that of the table. */
export function inNameOrder(spec: ProjectSpec): ProjectSpec {
  // The same data, so it is what it was.
  return ordered(spec, 0) as ProjectSpec;
}

/** `sources.NAME.columns`, `transforms.NAME.columns`. */
const COLUMNS_DEPTH = 3;

function ordered(value: unknown, depth: number, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, depth + 1));
  if (!isRecord(value)) return value;
  const names = Object.keys(value);
  if (depth !== COLUMNS_DEPTH || key !== "columns") names.sort();
  // As parsing makes it: a look-up finds only what was written.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const name of names) copy[name] = ordered(value[name], depth + 1, name);
  return copy;
}
