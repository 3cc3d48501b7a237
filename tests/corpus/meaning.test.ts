/** Where plan goes by column lineage, lineage knows all that is named: nothing that a query reads is missed. */
import { expect, it } from "vitest";
import { bindSql } from "../../packages/compiler/src/4-analyze/sql/bind.js";
import { identsOf, isIdent } from "../../packages/compiler/src/sql/meaning-text.js";
import { isColumn, nodesBelow } from "../../packages/compiler/src/sql/node.js";
import { parseSql } from "../../packages/compiler/src/sql/parse/index.js";
import { families, readFamily, readTables } from "./corpus.js";

const tables = readTables();

/** Names that a query itself gives to something, in lower case. */
function given(query: object): ReadonlySet<string> {
  const names = nodesBelow(query).flatMap((node) =>
    ["alias", "aliases", "columns", "params", "name", "table"].flatMap((key): readonly unknown[] => {
      const value: unknown = Reflect.get(node, key);
      return Array.isArray(value) ? value : [value];
    }),
  );
  return new Set(names.filter(isIdent).map(({ name }) => name.toLowerCase()));
}

/** Columns that are named, without what is below them, and without what is an argument of a lambda. */
function namedIn(root: unknown, own: ReadonlySet<string>): readonly string[] {
  const below = typeof root === "object" && root !== null ? nodesBelow(root) : [];
  const params = new Set(below.flatMap((node) => ("params" in node && Array.isArray(node.params) ? node.params.filter(isIdent) : [])).map(({ name }) => name.toLowerCase())); // prettier-ignore
  const paths = below.filter(isColumn).map(({ path }) => path.map(({ name }) => name.toLowerCase())); // prettier-ignore
  return paths.flatMap(([first = "", second]) =>
    !own.has(first) ? [first] : second === undefined || own.has(second) || params.has(first) ? [] : [second],
  );
}

/** Of a struct that is made in place they take one field: the others have no say in it. */
const OF_FIELDS: ReadonlySet<string> = new Set(["collections/struct_fields_not_null", "corners/extraction_names"]);

const missed: string[] = [];
let looked = 0;
for (const family of families("accepted"))
  for (const [name, sql] of readFamily("accepted", family).queries) {
    const parsed = parseSql(sql);
    if (!parsed.ok || parsed.query.body.kind !== "select") continue;
    const { items, where, groupBy, having } = parsed.query.body;
    const used = new Set(identsOf(parsed.query));
    const read = tables.filter((table) => used.has(table.name.toLowerCase()));
    const { meaning, columns } = bindSql(
      sql,
      parsed.query,
      read.map((table) => ({ ...table, id: table.name })),
    );
    if (meaning.compared.all || meaning.columns === undefined || items.length !== columns.length) continue;
    const own = new Set([...given(parsed.query), ...read.map((table) => table.name.toLowerCase())]);
    const ownerOf = (column: string): string | undefined => {
      const owners = read.filter((table) => table.columns.some((each) => each.name.toLowerCase() === column));
      return owners.length === 1 ? `${owners[0]?.name ?? ""}.${column}`.toLowerCase() : undefined;
    };
    for (const [i, column] of columns.entries()) {
      const known = new Set([...column.from, ...column.indirect].map((each) => each.column.toLowerCase()));
      for (const each of namedIn([items[i], where, groupBy, having], own)) {
        const id = ownerOf(each);
        if (id === undefined) continue;
        looked++;
        if (!known.has(id) && !OF_FIELDS.has(`${family}/${name}`) && !meaning.compared.names.includes(each))
          missed.push(`${family}/${name}: ${column.name ?? "?"} does not know ${id}`);
      }
    }
  }

it("knows every column that it names", () => {
  expect(looked).toBeGreaterThan(500);
  expect(missed).toEqual([]);
});
