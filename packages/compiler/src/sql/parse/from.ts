/** What is read, with nothing selected from it. */
import type { Span } from "../../text.js";
import type { LateralView, Relation, Select, SelectItem } from "../ast.js";

export interface From {
  readonly from: readonly Relation[];
  readonly lateralViews: readonly LateralView[];
}

/** All columns of what is read, passed on as they are. `word`: what stands for the star. */
export function starOf(from: From, word: Span, span: Span): Select {
  const star: SelectItem = { value: { kind: "star", qualifier: [], except: [], span: word } };
  return { kind: "select", distinct: false, items: [star], ...from, windows: [], pipe: { operator: "from" }, span };
}
