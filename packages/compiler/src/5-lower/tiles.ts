/** Feature groups that a stream keeps current: their tiles, of which a group of latest values has one for an entity. */
import type { LatestFacts, WindowedFacts } from "../4-analyze/analysis.js";
import { streamed } from "../4-analyze/streamed.js";
import type { TilesWork } from "../ir.js";
import type { LowerInput } from "./context.js";
import { storeId } from "./feature.js";
import { layoutOf } from "./layout.js";
import { resourcesOf } from "./serving.js";

/** What a stream does for a group that is served; absent where its rows are not made one by one from a topic's messages. */
export function tilesWork({ analysis }: LowerInput, group: LatestFacts | WindowedFacts): TilesWork | undefined {
  const { spec } = analysis;
  const found = streamed(analysis, group.from);
  if (found === undefined) return undefined;
  return {
    kind: "tiles",
    plan: group.name,
    source: found.source,
    views: found.views,
    store: storeId(group.name),
    state: layoutOf(spec).path("tiles", group.name),
    resources: { cpu: "1", memory: "4Gi", ...resourcesOf(spec.features?.[group.name]?.resources ?? {}) },
  };
}
