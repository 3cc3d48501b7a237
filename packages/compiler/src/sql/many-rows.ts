/** Whether each row of a query is made from one row of what it reads, as far as its text says. */
import type { CallExpr, Query } from "./ast.js";
import { isQuery } from "./node.js";
import { findFunction } from "./functions/table.js";

/** What looks at more than one row, or gives another value each time: half a sentence. Undefined where every row stands for itself. */
export function manyRows(query: Query): string | undefined {
  // Iterative: chains of operators are deep trees.
  const open: unknown[] = [query];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null) continue;
    const found = reasonOf(node);
    if (found !== undefined) return found;
    open.push(...Object.values(node).filter((value) => value !== undefined));
  }
  return undefined;
}

function reasonOf(node: object): string | undefined {
  if (isQuery(node)) return queryReason(node);
  if (!("kind" in node)) return undefined;
  const has = (key: string): boolean => Reflect.get(node, key) !== undefined;
  switch (node.kind) {
    case "select":
      if (Reflect.get(node, "distinct") === true) return "`DISTINCT` compares rows";
      if (has("groupBy") || has("having")) return "`GROUP BY` puts rows together";
      return (Reflect.get(node, "from") as readonly unknown[]).length > 1 ? "it joins" : undefined;
    case "join":
      return "it joins";
    case "pivot":
      return "`PIVOT` puts rows together";
    case "table-function":
      return "a table function makes rows of its own";
    case "subquery":
    case "in-query":
      return "a subquery looks at other rows";
    case "set":
      return Reflect.get(node, "op") === "union" && Reflect.get(node, "all") === true
        ? undefined
        : "`UNION`, `INTERSECT` and `EXCEPT` compare rows";
    case "call":
      return callReason(node as CallExpr);
    default:
      return undefined;
  }
}

function queryReason({ limit, offset, recursive }: Query): string | undefined {
  if (limit !== undefined || offset !== undefined) return "`LIMIT` counts rows";
  return recursive ? "`WITH RECURSIVE` looks at other rows" : undefined;
}

function callReason({ name, over }: CallExpr): string | undefined {
  const word = name.at(-1)?.name ?? "";
  if (over !== undefined) return `\`${word}(…) OVER\` looks at other rows`;
  const def = findFunction(word);
  if (def?.kind === "aggregate" || def?.kind === "window") return `\`${word}\` is computed over many rows`;
  return def !== undefined && !def.deterministic ? `\`${word}\` gives another value each time` : undefined;
}
