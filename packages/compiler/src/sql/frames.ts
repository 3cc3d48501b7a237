/** How far windows over time look, where their frames say so: `RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW`. */
import type { Frame, FrameBound, Query, SortItem } from "./ast.js";
import { intervalLength } from "./interval.js";
import { nodesBelow } from "./node.js";

export interface FrameReach {
  /** The column that its rows are sorted by, in lower case. */
  readonly by: string;
  /** In ms; 0 where it does not say. */
  readonly back: number;
  readonly ahead: number;
}

/** Of frames in intervals that are always as long. */
export function frameReaches(query: Query): readonly FrameReach[] {
  return nodesBelow(query).flatMap((node): readonly FrameReach[] => {
    if (!("orderBy" in node) || !("frame" in node) || node.frame === undefined) return [];
    const { start, end, unit } = node.frame as Frame;
    const [sort, ...more] = node.orderBy as readonly SortItem[];
    if (unit !== "range" || sort?.value.kind !== "column" || sort.direction === "desc" || more.length > 0) return [];
    const bounds = end === undefined ? [start] : [start, end];
    const far = (side: "preceding" | "following"): number => Math.max(0, ...bounds.map((bound) => lengthOf(bound, side)));
    return [{ by: sort.value.path.at(-1)?.name.toLowerCase() ?? "", back: far("preceding"), ahead: far("following") }];
  });
}

function lengthOf(bound: FrameBound, side: "preceding" | "following"): number {
  return bound.kind === "offset" && bound.side === side ? (intervalLength(bound.offset) ?? 0) : 0;
}
