/**
 * What compares whole rows, or makes several of one: DISTINCT, UNION, EXCEPT, PIVOT, generators. Column lineage says what a value is
 * computed from and what chooses rows one by one; which rows come out of these depends on all that they look at.
 */
import type { Query } from "./ast.js";
import { kindOf, nodes, part, type SqlScope } from "./meaning-text.js";
import { isCall, isCount, isQuery, isTable, lower } from "./node.js";

/** Columns by their names in lower case, in whichever table; or all of all tables. */
export type Compared = { readonly all: true } | { readonly all: false; readonly names: readonly string[] };

type Ctes = ReadonlyMap<string, Query>;

export function comparedIn(query: Query, scope: SqlScope): Compared {
  const found: object[] = [];
  const open: { readonly node: object; readonly isFree: boolean; readonly ctes: Ctes }[] = [{ node: query, isFree: true, ctes: new Map() }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, isFree } = next;
    const ctes = isQuery(node) ? withOwn(node, next.ctes) : next.ctes;
    const compares = whatCompares(node);
    // A query stands for itself, with its CTEs. What reads columns of the rows around it may mean those of a CTE, under any name.
    if (compares !== undefined && (!isFree || !isRelation(compares))) return whole([query], scope);
    if (compares !== undefined) found.push(compares, ...namedIn(compares, ctes));
    const kind: unknown = Reflect.get(node, "kind");
    const isInside = kind === "subquery" || kind === "in-query" || Reflect.get(node, "lateral") === true;
    for (const inner of Object.values(node))
      if (typeof inner === "object" && inner !== null) open.push({ node: inner as object, isFree: isFree && !isInside, ctes });
  }
  return found.length === 0 ? { all: false, names: [] } : whole(found, scope);
}

function whole(roots: readonly object[], scope: SqlScope): Compared {
  const all = nodes(roots);
  const counted = new Set<object>(all.flatMap((node) => (isCall(node) && isCount(node) ? node.args.map(({ value }) => value) : [])));
  return all.some((node) => !counted.has(node) && namesNothing(node)) ? { all: true } : { all: false, names: part(roots, scope).names };
}

function withOwn({ ctes }: Query, outer: Ctes): Ctes {
  return ctes.length === 0 ? outer : new Map([...outer, ...ctes.map((cte) => [lower(cte.name), cte.query] as const)]);
}

/** The part of a node that has to be the same for rows to be the same. */
function whatCompares(node: object): object | undefined {
  const has = (key: string): boolean => Reflect.get(node, key) === true;
  switch (Reflect.get(node, "kind")) {
    case "select": {
      const views = Reflect.get(node, "lateralViews") as readonly object[];
      return has("distinct") ? node : views.length > 0 ? views : undefined;
    }
    case "set":
      return Reflect.get(node, "op") === "union" && has("all") ? undefined : node;
    case "pivot":
    case "unpivot":
    case "table-function":
      return node;
    case "derived":
      return has("lateral") ? [node] : undefined;
    default:
      if (isCall(node))
        return kindOf(node.name) === "generator" || (node.distinct && node.args.some(({ value }) => value.kind === "star"))
          ? node
          : undefined;
      return has("recursive") || has("orderByAll") ? node : undefined;
  }
}

/** What can read nothing but what it names in its own FROM. */
function isRelation(node: object): boolean {
  return isQuery(node) || ["select", "set", "pivot", "unpivot"].includes(String(Reflect.get(node, "kind")));
}

/** CTEs that are named inside, and what these name. */
function namedIn(root: object, ctes: Ctes): readonly Query[] {
  const found = new Set<Query>();
  const open: object[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const node of nodes(next)) {
      const cte = isTable(node) ? ctes.get(lower(node.name.at(-1))) : undefined;
      if (cte === undefined || found.has(cte)) continue;
      found.add(cte);
      open.push(cte);
    }
  return [...found];
}

/** What reads columns that its text does not name. */
function namesNothing(node: object): boolean {
  const kind: unknown = Reflect.get(node, "kind");
  if (kind === "star" || kind === "pivot" || kind === "unpivot" || kind === "table" || Reflect.get(node, "orderByAll") === true)
    return true;
  if (kind === "join") return Reflect.get(node, "natural") === true;
  const columns: unknown = Reflect.get(node, "columns");
  return (kind === "table-ref" || kind === "nested") && Array.isArray(columns) && columns.length > 0;
}
