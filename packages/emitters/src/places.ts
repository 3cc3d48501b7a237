import type { Ir } from "@mlspec/compiler";

/** Where programs read and write: the storage, and what the sources read. */
export function placesOf(ir: Ir): readonly string[] {
  return [ir.storage.path, ...Object.values(ir.datasets).flatMap((dataset) => (dataset.kind === "source" ? [dataset.input.path] : []))];
}
