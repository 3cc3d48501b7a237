/** Names that nothing defines. All places where one stands are one mistake. */
import { nameFix, nearest, type Report } from "../diagnostic.js";
import type { Place } from "../text.js";

export interface Unknown {
  /** It stands in SQL only. */
  readonly inSql: boolean;
  readonly kinds: readonly string[];
  readonly name: string;
  /** A name of the query's own that it is near to. */
  readonly near?: string | undefined;
  readonly places: readonly Place[];
}

export interface Unknowns {
  add(kinds: readonly string[], name: string, at: Place, query?: { readonly near?: string | undefined }): void;
  /** In the order in which they were first seen. */
  all(): readonly Unknown[];
}

export function collectUnknowns(): Unknowns {
  const found = new Map<string, Unknown>();
  return {
    add(kinds, name, at, query) {
      const key = JSON.stringify([kinds, name]);
      const known = found.get(key) ?? { kinds, name, inSql: true, places: [] };
      const isNew = !known.places.some((place) => JSON.stringify(place) === JSON.stringify(at));
      found.set(key, {
        ...known,
        inSql: known.inSql && query !== undefined,
        near: known.near ?? query?.near,
        places: isNew ? [...known.places, at] : known.places,
      });
    },
    all: () => [...found.values()],
  };
}

interface Instead {
  readonly known: readonly string[];
  /** What is meant, where the name itself says so. */
  readonly meant: string | undefined;
  /** Of which other kind there is one of this name. */
  readonly is: string | undefined;
}

/** Says it at the first place, and names the others. */
export function reportUnknown({ kinds, name, places, inSql, near: inQuery }: Unknown, { known, meant, is }: Instead, report: Report): void {
  const [first, ...others] = places;
  if (first === undefined) return;
  const names = inQuery === undefined ? known : [...new Set([...known, inQuery])];
  const near = meant ?? nearest(name, names) ?? inQuery;
  const related = others.length === 0 ? {} : { related: others.map((place) => ({ ...place, message: "and here" })) };
  const extra = { ...related, ...nameFix(places, name, near, names) };
  if (kinds.includes("var")) report("unknown-var", first, { name, nearest: near, known }, extra);
  else if (inSql) report("unknown-table", first, { name, nearest: near, known }, extra);
  else report("unknown-reference", first, { kind: eitherOf(kinds), name, nearest: near, known, is }, extra);
}

function eitherOf(kinds: readonly string[]): string {
  return kinds.length < 3 ? kinds.join(" or ") : `${kinds.slice(0, -1).join(", ")} or ${kinds.at(-1) ?? ""}`;
}
