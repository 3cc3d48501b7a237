/** Hashes without a key, and the columns that they are computed from: such a hash is another name for the same value. */
import type { Span } from "../text.js";
import type { Query } from "./ast.js";
import { functionName, isCall, isColumn, nodesBelow } from "./node.js";

export interface Hash {
  readonly what: string;
  /** Last names of the columns, in lower case: which tables they are of is not known here. */
  readonly columns: readonly string[];
  readonly span: Span;
}

const HASHES = ["md5", "sha", "sha1", "sha2", "hash", "xxhash64", "crc32"];

/** In the order of the text. */
export function hashesIn(query: Query): readonly Hash[] {
  return nodesBelow(query)
    .flatMap((node): Hash[] => {
      if (!isCall(node)) return [];
      const what = functionName(node);
      if (!HASHES.includes(what)) return [];
      const columns = nodesBelow(node.args).flatMap((inner) => (isColumn(inner) ? [inner.path.at(-1)?.name.toLowerCase() ?? ""] : []));
      return [{ what, columns, span: node.span }];
    })
    .sort((a, b) => a.span.start - b.span.start);
}
