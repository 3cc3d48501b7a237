/** What streams are called where they run: emitters name them so, and plans say so. */
import type { Ir, Program } from "./ir.js";

/** One of tiles has the generation in its name, for two of them run side by side while services still read the one before. */
export function streamName({ stores }: Pick<Ir, "stores">, program: Program): string {
  const name = program.id.replaceAll(".", "-").replaceAll("_", "-");
  const store = program.kind === "tiles" && Object.hasOwn(stores, program.store) ? stores[program.store] : undefined;
  return store === undefined ? name : `${name}-${store.generation}`;
}
