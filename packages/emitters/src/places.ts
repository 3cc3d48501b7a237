import type { DatabaseInput, Ir } from "@mlspec/compiler";

/** Tables of databases that sources read. */
export function databasesOf(ir: Ir): readonly DatabaseInput[] {
  return Object.values(ir.datasets).flatMap((dataset) =>
    dataset.kind === "source" && dataset.input.kind === "jdbc" ? [dataset.input] : [],
  );
}

/** Where programs read and write: the storage, and what the sources read. */
export function placesOf(ir: Ir): readonly string[] {
  return [
    ir.storage.path,
    ...Object.values(ir.datasets).flatMap((dataset) =>
      dataset.kind === "source" && dataset.input.kind !== "jdbc" ? [dataset.input.path] : [],
    ),
  ];
}

/** Whether a feature group is kept in Redis. */
export function usesRedis(ir: Ir): boolean {
  return Object.values(ir.stores).some(({ place }) => place.kind === "redis");
}
