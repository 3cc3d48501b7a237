/** A query as the parts of its tree that its rows, and each of its columns, are made of: through CTEs and queries in FROM. */
import type { Ident, Query, Relation, Select, SelectItem } from "./ast.js";
import { callsOf, identsOf, isIdent, kindOf, nodes, type SqlScope } from "./meaning-text.js";
import { isCall, isColumn, isCount, isTable, lower } from "./node.js";

/** Parts of the tree. The same part is the same object, so what is used twice is there once. */
export interface Flat {
  /** What rows depend on, but the query's own frame. */
  readonly rows: readonly unknown[];
  /** By name in lower case. Those that `*` passes on from tables are not there. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  /** What is selected, in order. */
  readonly items: readonly (readonly [name: string | undefined, parts: readonly unknown[]])[];
  /** FROM, without what is inside it. */
  readonly from: readonly unknown[];
}

/** A query in FROM, or a CTE that is named there. */
interface Leaf {
  /** Names in lower case by which it is qualified. */
  readonly name: string | undefined;
  readonly rows: readonly unknown[];
  /** Undefined where its columns do not stand for themselves: they are in its rows. */
  readonly columns: ReadonlyMap<string, readonly unknown[]> | undefined;
}

type Ctes = ReadonlyMap<string, { readonly query: Query; readonly names: readonly Ident[]; readonly known: Ctes }>;

/** Undefined where rows depend on all that is selected. */
export function flatten(query: Query, scope: SqlScope): Flat | undefined {
  return new Flattener(scope).query(query, new Map());
}

/** Without GROUP BY, one aggregate makes one row of all. */
export function isOne({ items }: Select): boolean {
  return items.some(({ value }) => callsOf(value).some((call) => kindOf(call.name) === "aggregate" && call.over === undefined));
}

class Flattener {
  private readonly done = new Map<Query, Flat | undefined>();

  constructor(private readonly scope: SqlScope) {}

  query(query: Query, outer: Ctes): Flat | undefined {
    if (this.done.has(query)) return this.done.get(query);
    const found = this.flat(query, outer);
    this.done.set(query, found);
    return found;
  }

  private flat(query: Query, outer: Ctes): Flat | undefined {
    const { body } = query;
    if (query.recursive || body.kind !== "select" || !isApart(query, body)) return undefined;
    const ctes = new Map(outer);
    for (const cte of query.ctes) ctes.set(lower(cte.name), { query: cte.query, names: cte.columns, known: new Map(ctes) });
    const leaves: Leaf[] = [];
    const from = body.from.map((relation) => this.relation(relation, ctes, leaves));
    const all = itemsOf(body);
    const inputs = this.inputs(body, ctes, leaves);
    // A name is that of an input first; only what comes after the SELECT list looks there.
    const items = new Map([...all].filter(([name]) => !inputs.has(name)));
    const { items: _, from: __, groupBy, having, ...frame } = body;
    const cut = query.limit === undefined && query.offset === undefined ? [] : query.orderBy;
    const rows = new Set<unknown>(leaves.flatMap((leaf) => leaf.rows));
    const reads = [
      this.madeOf([frame, from, query.orderBy, query.limit, query.offset], { leaves, ctes, items: new Map() }),
      this.madeOf([groupBy], { leaves, ctes, items }),
      this.madeOf([having, cut], { leaves, ctes, items: all }),
    ];
    for (const each of reads.flat()) rows.add(each);
    const selected = body.items.map((item) => [nameOf(item), [item.value, ...this.madeOf(item.value, { leaves, ctes, items })]] as const);
    const columns = selected.flatMap(([name, parts]) => (name === undefined ? [] : [[name, parts] as const]));
    const isStar = body.items.some(({ value }) => value.kind === "star");
    return { rows: [...rows], columns: new Map([...(isStar ? passedOn(leaves) : []), ...columns]), items: selected, from };
  }

  /** Names that are certainly columns of FROM. */
  private inputs(body: Select, ctes: Ctes, leaves: readonly Leaf[]): ReadonlySet<string> {
    const tables = body.from.flatMap(tablesIn).filter((name) => !ctes.has(name));
    const known = tables.flatMap((name) => [...(this.scope.columnsOf.get(name) ?? [])]);
    return new Set([...known, ...leaves.flatMap(({ columns }) => [...(columns?.keys() ?? [])])]);
  }

  /** A relation without what is inside it, which goes to `leaves`. */
  private relation(relation: Relation, ctes: Ctes, leaves: Leaf[]): unknown {
    switch (relation.kind) {
      case "table-ref": {
        const cte = relation.name.length === 1 ? ctes.get(lower(relation.name[0])) : undefined;
        if (cte === undefined) return relation;
        const names = relation.columns.length > 0 ? relation.columns : cte.names;
        leaves.push(this.leaf(cte.query, lower(relation.alias ?? relation.name[0]), { names, ctes: cte.known }));
        return { kind: "query", at: leaves.length, alias: relation.alias };
      }
      case "derived": {
        if (relation.lateral) return relation;
        const name = relation.alias && lower(relation.alias);
        leaves.push(this.leaf(relation.query, name, { names: relation.columns, ctes }));
        return { kind: "query", at: leaves.length, alias: relation.alias };
      }
      case "join":
        return { ...relation, left: this.relation(relation.left, ctes, leaves), right: this.relation(relation.right, ctes, leaves) };
      default:
        return relation;
    }
  }

  private leaf(query: Query, name: string | undefined, { names, ctes }: { readonly names: readonly Ident[]; readonly ctes: Ctes }): Leaf {
    const flat = this.query(query, ctes);
    const { body } = query;
    const isOpen = body.kind === "select" && body.items.some(({ value }) => value.kind === "star");
    // What is called otherwise by its place.
    if (flat === undefined || body.kind !== "select" || (names.length > 0 && isOpen))
      return { name, rows: [query, ...this.named(query, ctes)], columns: undefined };
    const { items: _, from: __, ...frame } = body;
    const own = [{ ...query, ctes: [], body: { ...frame, from: flat.from }, one: isOne(body), names }, ...flat.rows];
    if (names.length > 0) return { name, rows: own, columns: new Map(flat.items.map(([, parts], i) => [lower(names[i]), parts])) };
    // What has a name that Spark makes up may be named by it.
    const unnamed = flat.items.flatMap(([called, parts]) => (called === undefined ? parts : []));
    return { name, rows: [...own, ...unnamed], columns: flat.columns };
  }

  /** What a part names, other than columns of tables: columns of leaves, other items, CTEs in subqueries. */
  private madeOf(root: unknown, { leaves, ctes, items }: Names): readonly unknown[] {
    const found = new Set<unknown>();
    const open = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const each of this.named(next, ctes)) found.add(each);
      for (const parts of columnsIn(next, leaves)) for (const each of parts) found.add(each);
      for (const name of identsOf(next)) {
        const item = items.get(name);
        if (item?.alias === undefined || item.value === root || found.has(item.value)) continue;
        found.add(item.value);
        open.push(item.value);
      }
    }
    return [...found];
  }

  /** CTEs that are named inside, as a whole. */
  private named(root: unknown, ctes: Ctes): readonly unknown[] {
    const found = new Set<unknown>();
    const open = [{ root, ctes }];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const node of nodes(next.root)) {
        const cte = isTable(node) ? next.ctes.get(lower(node.name.at(-1))) : undefined;
        if (cte === undefined || found.has(cte.query)) continue;
        found.add(cte.query);
        open.push({ root: cte.query, ctes: cte.known });
      }
    return [...found];
  }
}

interface Names {
  readonly leaves: readonly Leaf[];
  readonly ctes: Ctes;
  readonly items: ReadonlyMap<string, SelectItem>;
}

/** Whether what is selected has no say in which rows there are; what GROUP BY names by an alias is told apart. */
function isApart(query: Query, body: Select): boolean {
  // What comes after `|>` is about columns that its items do not name.
  if (body.pipe !== undefined) return false;
  if (body.distinct || body.groupBy?.all === true || query.orderByAll || body.items.some(makesRows)) return false;
  const places: readonly unknown[] = [
    ...(body.groupBy?.elements ?? []).flatMap((element) => (element.kind === "expression" ? [element.value] : nodes(element))),
    ...(query.limit === undefined && query.offset === undefined ? [] : query.orderBy.map(({ value }) => value)),
  ];
  return !places.some(isLiteral);
}

/** GROUP BY 1, ORDER BY 2. */
function isLiteral(value: unknown): boolean {
  return typeof value === "object" && value !== null && Reflect.get(value, "kind") === "literal";
}

/** A generator makes several rows of one. */
function makesRows({ value, aliases }: SelectItem): boolean {
  return aliases !== undefined || callsOf(value).some((call) => kindOf(call.name) === "generator");
}

/** Tables in FROM whose columns keep their names, and can be named. */
function tablesIn(relation: Relation): readonly string[] {
  if (relation.kind === "table-ref") return relation.columns.length > 0 ? [] : [lower(relation.name.at(-1))];
  if (relation.kind !== "join") return [];
  const right = relation.type === "semi" || relation.type === "anti" ? [] : tablesIn(relation.right);
  return [...tablesIn(relation.left), ...right];
}

function nameOf({ value, alias }: SelectItem): string | undefined {
  if (alias !== undefined) return lower(alias);
  return value.kind === "column" ? lower(value.path.at(-1)) : undefined;
}

function itemsOf({ items }: Select): ReadonlyMap<string, SelectItem> {
  return new Map(items.flatMap((item) => (nameOf(item) === undefined ? [] : [[nameOf(item) ?? "", item]])));
}

/** `*`: columns of one name of several leaves are one column of the join, or a mistake. */
function passedOn(leaves: readonly Leaf[]): readonly (readonly [string, readonly unknown[]])[] {
  const passed = new Map<string, readonly unknown[]>();
  for (const { columns = new Map<string, readonly unknown[]>() } of leaves)
    for (const [name, parts] of columns) passed.set(name, [...(passed.get(name) ?? []), ...parts]);
  return [...passed];
}

/** Columns of leaves that something may name. */
function columnsIn(root: unknown, leaves: readonly Leaf[]): readonly (readonly unknown[])[] {
  if (leaves.every(({ columns }) => columns === undefined)) return [];
  const known = new Set(leaves.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const all = nodes(root);
  const paths = all.filter(isColumn).map(({ path }) => path.map(lower));
  const parts = new Set(all.filter(isColumn).flatMap(({ path }): readonly object[] => path));
  const others = all.filter((node): node is Ident => isIdent(node) && !parts.has(node)).map((ident) => [lower(ident)]);
  const named = [...paths, ...others].flatMap(([first = "", ...rest]) =>
    known.has(first) && rest.length > 0
      ? leaves.filter(({ name }) => name === first).flatMap(({ columns }) => columns?.get(rest[0] ?? "") ?? [])
      : [first, ...rest].flatMap((name) => leaves.flatMap(({ columns }) => columns?.get(name) ?? [])),
  );
  const everything = all.some(takesAll) ? leaves.flatMap(({ columns }) => [...(columns?.values() ?? [])].flat()) : [];
  return [named, everything];
}

/** `struct(*)`, NATURAL JOIN; a count of rows takes none. */
function takesAll(node: object): boolean {
  if (Reflect.get(node, "kind") === "join") return Reflect.get(node, "natural") === true;
  return isCall(node) && !isCount(node) && node.args.some(({ value }) => value.kind === "star");
}
