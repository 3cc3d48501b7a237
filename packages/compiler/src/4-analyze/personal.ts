/** Personal data: which classes of it a column holds, by what it is computed from and what masks it on its way. */
import type { PiiClass } from "../spec.js";
import { mostMasked, type Masking } from "../sql/lineage.js";
import type { Analysis } from "./analysis.js";
import type { ProjectLineage } from "./lineage.js";
import { sameName } from "./types/name.js";

type Facts = Pick<Analysis, "spec" | "datasets">;

/** Classes that columns are declared to be, by column. */
export type PiiTags = ReadonlyMap<string, PiiClass>;

export function piiTags({ spec, datasets }: Facts): PiiTags {
  const tags = new Map<string, PiiClass>();
  for (const dataset of Object.values(datasets)) {
    const declared = dataset.kind === "source" ? spec.sources?.[dataset.name]?.columns : spec.transforms?.[dataset.name]?.columns;
    for (const [name, column] of Object.entries(declared ?? {})) {
      const pii = typeof column === "string" ? undefined : column.pii;
      const known = dataset.columns.find((one) => sameName(one.name, name));
      if (pii !== undefined && known !== undefined) tags.set(`${dataset.id}.${known.name}`, pii);
    }
  }
  return tags;
}

/**
 * What a value is once it is masked. A pseudonym still singles a person out, and whoever has the key can find out whom: together with
 * other data it names them. So may what is left of a value; and a rough figure tells of a person what an exact one does, only less exactly.
 */
function remains(pii: PiiClass, mask: Masking | undefined): PiiClass | undefined {
  switch (mask) {
    case undefined:
      return pii;
    case "counted":
      return undefined;
    case "keyed_hash":
    case "tokenise":
      return "indirect";
    case "truncate":
    case "bucket":
      return pii === "direct" ? "indirect" : pii;
  }
}

/** Classes that each column holds; of those that hold any. Sorted. */
export function piiOf(facts: Facts, lineage: ProjectLineage): ReadonlyMap<string, readonly PiiClass[]> {
  const tags = piiTags(facts);
  const held = new Map<string, readonly PiiClass[]>();
  for (const [id, { from }] of lineage) {
    const own = tags.get(id);
    const passed = from.flatMap(({ column, masked }) => (held.get(column) ?? []).flatMap((pii) => remains(pii, masked) ?? []));
    const classes = new Set([...(own === undefined ? [] : [own]), ...passed]);
    if (classes.size > 0) held.set(id, [...classes].sort());
  }
  return held;
}

export interface PiiWay {
  /** From the column back to the one that is declared personal data. */
  readonly columns: readonly string[];
  /** What masks the value most on its way. */
  readonly masked?: Masking;
}

interface Step {
  readonly id: string;
  readonly pii: PiiClass;
  readonly masked?: Masking;
  /** The step that it comes before. */
  readonly next?: Step;
}

const CLASSES: readonly PiiClass[] = ["direct", "indirect", "sensitive"];

/** The shortest way by which a column comes to hold a class of personal data; undefined where it does not. */
export function wayToPii(lineage: ProjectLineage, tags: PiiTags, column: string, pii: PiiClass): PiiWay | undefined {
  const seen = new Set<string>();
  const open: Step[] = [{ id: column, pii }];
  for (const step of open) {
    if (seen.has(`${step.pii} ${step.id}`)) continue;
    seen.add(`${step.pii} ${step.id}`);
    if (tags.get(step.id) === step.pii) return wayOf(step);
    for (const { column: id, masked } of lineage.get(step.id)?.from ?? [])
      for (const before of CLASSES)
        if (remains(before, masked) === step.pii) open.push({ id, pii: before, next: step, ...(masked === undefined ? {} : { masked }) });
  }
  return undefined;
}

function wayOf(last: Step): PiiWay {
  const columns: string[] = [];
  let mask: Masking | undefined;
  for (let step: Step | undefined = last; step !== undefined; step = step.next) {
    columns.unshift(step.id);
    mask = mostMasked(mask, step.masked);
  }
  return { columns, ...(mask === undefined ? {} : { masked: mask }) };
}
