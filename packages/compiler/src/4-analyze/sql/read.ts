/** What the text of a query says by itself: whether it can be read, and which tables it reads. */
import type { Query } from "../../sql/ast.js";
import { masksIn, type MaskCall } from "../../sql/masks.js";
import { parseSql, type SqlProblem } from "../../sql/parse/index.js";
import type { SqlNeed } from "../../sql/need.js";
import { frameReaches, type FrameReach } from "../../sql/frames.js";
import { manyRows } from "../../sql/many-rows.js";
import { rowTablesOf } from "../../sql/row-tables.js";
import { tablesOf, versionsIn, type TableUse } from "../../sql/tables.js";
import { unstableIn, type Unstable } from "../../sql/unstable.js";
import type { Span } from "../../text.js";

export type SqlReading =
  | {
      readonly ok: true;
      readonly tables: readonly TableUse[];
      /** Names in lower case of those without whose rows it would have other rows. */
      readonly rows: readonly string[];
      /** Where it asks for earlier versions of tables. */
      readonly versions: readonly Span[];
      readonly unstable: readonly Unstable[];
      /** What its grammar needs of Spark. */
      readonly needs: readonly SqlNeed[];
      /** Calls of masking functions. */
      readonly masks: readonly MaskCall[];
      /** Why a row is made from more than one; absent where it is not. */ readonly manyRows?: string;
      /** How far its windows over time look. */
      readonly frames: readonly FrameReach[];
    }
  | { readonly ok: false; readonly problem: SqlProblem };

/** Reads a text, and remembers its tree for whoever binds it: an answer that comes from elsewhere has none. */
export function readSql(text: string, trees: Map<string, Query>): SqlReading {
  const parsed = parseSql(text);
  if (!parsed.ok) return parsed;
  trees.set(text, parsed.query);
  const { query, needs } = parsed;
  const many = manyRows(query);
  const more = many === undefined ? {} : { manyRows: many };
  return {
    ok: true,
    tables: tablesOf(query),
    rows: rowTablesOf(query),
    versions: versionsIn(query),
    unstable: unstableIn(query),
    needs,
    masks: masksIn(query),
    frames: frameReaches(query),
    ...more,
  };
}

export function treeOf(text: string, trees: Map<string, Query>): Query {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const parsed = parseSql(text);
  if (!parsed.ok) throw new Error("a query is bound that cannot be read");
  trees.set(text, parsed.query);
  return parsed.query;
}
