/** Ids of definitions, `SECTION.NAME`, and of their columns, `SECTION.NAME.COLUMN`: names have no dot, so what follows the second dot is a column, as it is written. */

/** `NAME` of `SECTION.NAME`. */
export function nameOf(id: string): string {
  return id.slice(id.indexOf(".") + 1);
}

/** Its group, of what a model takes: `GROUP`, or an output of it, `GROUP.OUTPUT`. */
export function groupOf(feature: string): string {
  return feature.split(".")[0] ?? "";
}

/** The id of its definition, and the column. */
export function splitColumn(id: string): readonly [definition: string, column: string] {
  const end = id.indexOf(".", id.indexOf(".") + 1);
  return [id.slice(0, end), id.slice(end + 1)];
}
