import type { AvroInput, DatabaseInput, Ir, StorePlace, TopicInput } from "@mlspec/compiler";

type ServerKind = Exclude<StorePlace["kind"], "sqlite">;
const SERVERS: readonly ServerKind[] = ["postgres", "redis"];

/** Tables of databases that sources read. */
export function databasesOf(ir: Ir): readonly DatabaseInput[] {
  return Object.values(ir.datasets).flatMap((dataset) =>
    dataset.kind === "source" && dataset.input.kind === "jdbc" ? [dataset.input] : [],
  );
}

/** Topics that sources read, by the source's name. */
export function topicsOf(ir: Ir): readonly (readonly [string, TopicInput])[] {
  return Object.values(ir.datasets).flatMap((dataset) =>
    dataset.kind === "source" && dataset.input.kind === "kafka" ? [[dataset.name, dataset.input] as const] : [],
  );
}

/** Topics whose messages are of a schema. */
export function schemasOf(ir: Ir): readonly (readonly [string, AvroInput])[] {
  return topicsOf(ir).flatMap(([name, { schema }]) => (schema === undefined ? [] : [[name, schema] as const]));
}

/** Where programs read and write: the storage, and what the sources read. */
export function placesOf(ir: Ir): readonly string[] {
  return [
    ir.storage.path,
    ...Object.values(ir.datasets).flatMap((dataset) => (dataset.kind === "source" && "path" in dataset.input ? [dataset.input.path] : [])),
    ...topicsOf(ir).map(([, { checkpoint }]) => checkpoint),
  ];
}

/** Which nodes pods may run on: those of the environment's region. Clouds label nodes so, whichever they are. */
export function nodeSelectorOf({ environment: { cloud } }: Ir): { readonly [label: string]: string } | undefined {
  return cloud === undefined ? undefined : { "topology.kubernetes.io/region": cloud.region };
}

/** What Amazon's libraries take the region from: those of Java and Rust from the one, those of Python from the other. */
export function regionVariables({ environment: { cloud } }: Ir): readonly { readonly name: string; readonly value: string }[] {
  return cloud === undefined ? [] : ["AWS_REGION", "AWS_DEFAULT_REGION"].map((name) => ({ name, value: cloud.region }));
}

/** Kinds of servers that feature groups are kept on, those that are used. */
export function serversOf(ir: Ir): readonly ServerKind[] {
  return SERVERS.filter((kind) => Object.values(ir.stores).some(({ place }) => place.kind === kind));
}
