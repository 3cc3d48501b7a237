/** Effects on streams that keep groups current: the one of a definition before goes on until it is stopped. */
import { nameOf } from "../4-analyze/id.js";
import { streamed } from "../4-analyze/streamed.js";
import type { Ir, Program } from "../ir.js";
import { streamName } from "../stream-name.js";
import type { Found, Pair, Work } from "./effect.js";
import { at } from "./plan.js";

type Tiles = Extract<Program, { readonly kind: "tiles" }>;

export function streamEffects(pair: Pair): readonly Found[] {
  const { before, after, moves } = pair;
  const names = new Set(tilesOf(after.ir).map((stream) => streamName(after.ir, stream)));
  return tilesOf(before.ir)
    .filter((stream) => !names.has(streamName(before.ir, stream)))
    .map((stream): Found => {
      const definition = moves.now(stream.definition);
      const generation = at(before.ir.stores, stream.store)?.generation ?? "";
      const work: readonly Work[] = [{ kind: "stop", stream: streamName(before.ir, stream), path: `${stream.state}/${generation}` }];
      const why = "its stream of before goes on until it is stopped: services of before read what it keeps current";
      const base = { class: "compatible", on: stream.definition, why, work } as const;
      const [service] = isStreamed(pair, definition) ? askedBy(before.ir, stream) : [];
      // The group is what it was, and nobody asks for it any more.
      if (service !== undefined) return { ...base, definition: moves.now(service), from: [service, moves.now(service)] };
      return { ...base, definition, from: [stream.definition, definition] };
    });
}

/** Whether a stream could keep a group as it is now, and none does. */
function isStreamed({ after }: Pair, definition: string): boolean {
  const group = at(after.analysis.groups, nameOf(definition));
  const could =
    group !== undefined && group.kind !== "request" && group.online !== undefined && streamed(after.analysis, group.from) !== undefined;
  return could && !tilesOf(after.ir).some((stream) => stream.definition === definition);
}

function askedBy({ services }: Ir, { store }: Tiles): readonly string[] {
  return Object.values(services).flatMap(({ definition, stores }) => (stores.includes(store) ? [definition] : []));
}

function tilesOf({ programs }: Ir): readonly Tiles[] {
  return Object.values(programs).filter((program) => program.kind === "tiles");
}
