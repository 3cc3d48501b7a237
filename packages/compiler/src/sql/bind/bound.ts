/** An expression whose names and types are known. */
import type { Span } from "../../text.js";
import { masked, merged, NOTHING, type DirectKind, type Lineage } from "../lineage.js";
import type { SqlType } from "../types.js";
import type { Compared } from "./later.js";

export interface Bound {
  readonly op: "column" | "literal" | "lambda-variable" | "aggregate" | "window" | "generator" | "subquery" | "other";
  readonly type: SqlType;
  /** Undefined where it is not known. */
  readonly nullable: boolean | undefined;
  readonly span: Span;
  /** Equal for expressions that Spark holds for equal. */
  readonly key: string;
  /** As Spark writes it in the name of a column; undefined where we do not know. */
  readonly sql: string | undefined;
  /** The name of the column it makes without an alias, where this is not `sql`. */
  readonly alias?: string;
  readonly children: readonly Bound[];
  readonly lineage: Lineage;
  /** Of a literal, and of a call that makes a constant of it. */
  readonly value?: string | boolean | null;
  readonly foldable: boolean;
  readonly deterministic: boolean;
  /** NULL exactly where a column of a table is. */
  readonly bare?: true;
  /** Of a subquery around this one. */
  readonly outer?: true;
  /** Of a condition: what it says of columns wherever it holds. */
  readonly compared?: readonly Compared[];
  /** Columns that a generator makes. */
  readonly generated?: readonly { readonly name: string; readonly type: SqlType; readonly nullable: boolean | undefined }[];
}

type Given = Pick<Bound, "type" | "nullable" | "span" | "key"> & Partial<Bound>;

/** Whatever is not given follows from the children. */
export function bound(given: Given, kind: DirectKind = "transformation"): Bound {
  const children = given.children ?? [];
  return {
    op: "other",
    sql: undefined,
    children,
    lineage: children.length === 0 ? NOTHING : merged(children.map(({ lineage }) => lineage), kind), // prettier-ignore
    foldable: children.length > 0 && children.every(({ foldable }) => foldable),
    deterministic: children.every(({ deterministic }) => deterministic),
    ...given,
  };
}

/** How many there are, and whether there is one: of a column as it is this tells no value, of what is computed it may tell all. */
export function counted(value: Bound): Lineage {
  return masked(value.lineage, isBare(value) ? "counted" : "tested");
}

export function isBare({ bare, op, lineage }: Bound): boolean {
  if (bare === true) return true;
  return (
    op === "column" && [...lineage.direct.values()].every((kind) => kind === "identity") && ![...lineage.told.values()].includes("tested")
  );
}

/** Unknown where one of them is unknown and none is true. */
export function anyNullable(parts: readonly Pick<Bound, "nullable">[]): boolean | undefined {
  if (parts.some(({ nullable }) => nullable === true)) return true;
  return parts.every(({ nullable }) => nullable === false) ? false : undefined;
}
export function allNullable(parts: readonly Pick<Bound, "nullable">[]): boolean | undefined {
  if (parts.some(({ nullable }) => nullable === false)) return false;
  return parts.every(({ nullable }) => nullable === true) ? true : undefined;
}

/** A text with holes; undefined where one of the parts is. */
export function sqlOf(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("");
}
export function joinSql(parts: readonly (string | undefined)[], separator: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(separator);
}

export function walkBound(root: Bound, visit: (node: Bound) => boolean): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) if (visit(node)) open.push(...node.children);
}

export function contains(root: Bound, test: (node: Bound) => boolean): boolean {
  let found = false;
  walkBound(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}
