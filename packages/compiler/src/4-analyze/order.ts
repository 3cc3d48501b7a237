/** The order in which a project is taken. Maps of YAML have none, so that what is moved up or down changes no output. */
import { isRecord, isSection } from "../2-validate/index.js";
import { eachMade } from "../changed.js";
import type { Memo } from "../memo.js";
import type { ProjectSpec } from "../spec.js";

/** By name, all but columns: their order is that of the table. */
export function inNameOrder(spec: ProjectSpec, memo: Memo): ProjectSpec {
  const sections = Object.values(spec);
  return memo.keep("in order", [undefined, ...Object.keys(spec), ...sections], () => {
    const ask = (value: unknown, depth: number, key: string): unknown => {
      // Sections whose definitions are as they were need not be copied again.
      if (depth === 1 && isRecord(value) && isSection(key)) return inOrderOfNames(key, value, memo);
      return depth === 1 && typeof value === "object" && value !== null
        ? memo.keep("in order", [value, key], () => ordered(value, { depth, key, ask }))
        : ordered(value, { depth, key, ask });
    };
    // The same data, so it is what it was.
    return ordered(spec, { depth: 0, key: "", ask }) as ProjectSpec;
  });
}

function inOrderOfNames(section: string, definitions: Readonly<Record<string, unknown>>, memo: Memo): unknown {
  const ask = (value: unknown, depth: number, key: string): unknown => ordered(value, { depth, key, ask });
  return eachMade(definitions, {
    step: `in order ${section}`,
    memo,
    order: (names) => names.toSorted(),
    make: (name, value) => memo.keep("in order", [value, name], () => ordered(value, { depth: 2, key: name, ask })),
  });
}

/** `sources.NAME.columns`, `transforms.NAME.columns`. */
const COLUMNS_DEPTH = 3;

interface Place {
  readonly depth: number;
  readonly key: string;
  readonly ask: (value: unknown, depth: number, key: string) => unknown;
}

function ordered(value: unknown, { depth, key, ask }: Place): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, { depth: depth + 1, key: "", ask }));
  if (!isRecord(value)) return value;
  const names = Object.keys(value);
  if (depth !== COLUMNS_DEPTH || key !== "columns") names.sort();
  // As parsing makes it: a look-up finds only what was written.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const name of names) copy[name] = ask(value[name], depth + 1, name);
  return copy;
}
