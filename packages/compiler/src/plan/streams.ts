/** Effects on streams that keep tiles current: the one of a definition before goes on until it is stopped. */
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
      return { definition, class: "compatible", on: stream.definition, why, from: [stream.definition, definition], work };
    });
}

function tilesOf({ programs }: Ir): readonly Tiles[] {
  return Object.values(programs).filter((program) => program.kind === "tiles");
}
