/** Personal data: which classes of it a column holds, by what it is computed from and what masks it on its way. */
import type { PiiClass, ProjectSpec } from "../spec.js";
import { mostMasked, type DirectKind, type Masking } from "../sql/lineage.js";
import type { Analysis } from "./analysis.js";
import type { Made, ProjectLineage } from "./lineage.js";
import { sameName } from "./types/name.js";

type Facts = Pick<Analysis, "spec" | "datasets">;

/** Classes that columns are declared to be, by column. */
type PiiTags = ReadonlyMap<string, PiiClass>;

function piiTags({ spec, datasets }: Facts): PiiTags {
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

/** Whether any column is declared to be personal data. */
export function hasTags({ sources, transforms }: ProjectSpec): boolean {
  return [...Object.values(sources ?? {}), ...Object.values(transforms ?? {})].some(({ columns }) =>
    Object.values(columns ?? {}).some((column) => typeof column !== "string" && column.pii !== undefined),
  );
}

/**
 * What a value is once it is masked. A pseudonym still singles a person out, and whoever has the key can find out whom: together with
 * other data it names them. So may what is left of a value, or what a condition says of it; and a rough figure, or a condition, tells of a person
 * what an exact one does. That there is a row tells what the person would not.
 */
function remains(pii: PiiClass, mask: Masking | undefined): PiiClass | undefined {
  switch (mask) {
    case undefined:
      return pii;
    case "counted":
      return undefined;
    case "chosen":
      return pii === "sensitive" ? pii : undefined;
    case "keyed_hash":
    case "tokenise":
      return "indirect";
    case "tested":
    case "truncate":
    case "bucket":
      return pii === "direct" ? "indirect" : pii;
  }
}

/** Classes that a column holds; of each, whether the column is nothing but the one that is declared to be of it. */
type Held = ReadonlyMap<PiiClass, boolean>;

export interface PersonalData {
  readonly tags: PiiTags;
  readonly held: ReadonlyMap<string, Held>;
}

export function personalData(facts: Facts, lineage: ProjectLineage): PersonalData {
  const tags = piiTags(facts);
  const held = new Map<string, Held>();
  for (const [id, made] of lineage) {
    const own = tags.get(id);
    const classes = new Map<PiiClass, boolean>(own === undefined ? [] : [[own, true]]);
    for (const { column, masked, kind } of inputsOf(made))
      for (const [pii, asIs] of held.get(column) ?? []) {
        const left = remains(pii, effective(masked, asIs));
        if (left !== undefined) classes.set(left, (classes.get(left) ?? true) && asIs && masked === undefined && kind === "identity");
      }
    if (classes.size > 0) held.set(id, classes);
  }
  return { tags, held };
}

interface PiiInput {
  readonly column: string;
  readonly masked?: Masking;
  readonly kind?: DirectKind;
}

function inputsOf({ from, told = [] }: Made): readonly PiiInput[] {
  return [...from, ...told];
}

/** Of what is computed, such as `nullif(ill, false)`, whether there is a value may be the value. */
function effective(mask: Masking | undefined, asIs: boolean): Masking | undefined {
  return mask === "counted" && !asIs ? "tested" : mask;
}

/** Classes that each column holds; of those that hold any. Sorted. */
export function piiOf(facts: Facts, lineage: ProjectLineage): ReadonlyMap<string, readonly PiiClass[]> {
  return new Map([...personalData(facts, lineage).held].map(([id, classes]) => [id, [...classes.keys()].sort()]));
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

/** The shortest way by which a column comes to hold a class of personal data; undefined where it does not. */
export function wayToPii(lineage: ProjectLineage, { tags, held }: PersonalData, column: string, pii: PiiClass): PiiWay | undefined {
  const seen = new Set<string>();
  const open: Step[] = [{ id: column, pii }];
  for (const step of open) {
    if (seen.has(`${step.pii} ${step.id}`)) continue;
    seen.add(`${step.pii} ${step.id}`);
    if (tags.get(step.id) === step.pii) return wayOf(step);
    for (const { column: id, masked } of inputsOf(lineage.get(step.id) ?? { from: [], indirect: [] }))
      for (const [before, asIs] of held.get(id) ?? []) {
        const mask = effective(masked, asIs);
        if (remains(before, mask) === step.pii) open.push({ id, pii: before, next: step, ...(mask === undefined ? {} : { masked: mask }) });
      }
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
