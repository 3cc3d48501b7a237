/** Where online stores are. */
import { postgresOf, redisOf } from "../4-analyze/stores.js";
import { sha256 } from "../hash.js";
import type { Store } from "../ir.js";
import { known, type LowerInput } from "./context.js";
import { generationOf } from "./hashes.js";
import type { Layout } from "./layout.js";

type Placed = Pick<Store, "place" | "path">;

export function placeOf(input: LowerInput, layout: Layout, name: string): Placed {
  const group = known(input.analysis.groups, name);
  const server = group.kind === "request" ? undefined : serverPlace(input, group.id, name, group.online);
  return server ?? { place: { kind: "sqlite" }, path: `${layout.path("online", name)}.sqlite` };
}

function serverPlace(input: LowerInput, id: string, name: string, kind: string | undefined): Placed | undefined {
  const generation = generationOf(input.analysis, id, input.code);
  if (kind === "redis") return redisPlace(input, name, generation);
  return kind === "postgres" ? postgresPlace(input, name, generation) : undefined;
}

function redisPlace({ analysis: { spec, environment } }: LowerInput, name: string, generation: string): Placed | undefined {
  const redis = redisOf(spec, environment);
  if (redis === undefined) return undefined;
  const { host, port, database, tls, user, password } = redis;
  const keys = `${spec.project}:${environment}:${name}`;
  return {
    place: {
      kind: "redis",
      host,
      port,
      database,
      tls,
      ...(user === undefined ? {} : { user: `secrets.${user}` }),
      ...(password === undefined ? {} : { password: `secrets.${password}` }),
      prefix: `${keys}:${generation}`,
    },
    path: `redis://${host}:${port}/${database}/${keys}`,
  };
}

function postgresPlace({ analysis: { spec, environment } }: LowerInput, name: string, generation: string): Placed | undefined {
  const postgres = postgresOf(spec, environment);
  if (postgres === undefined) return undefined;
  const { host, port, database, tls, authorities, user, password } = postgres;
  const schema = identifier(`${spec.project}__${environment}`);
  return {
    place: {
      kind: "postgres",
      host,
      port,
      database,
      tls,
      ...(authorities === undefined ? {} : { authorities }),
      user: `secrets.${user}`,
      password: `secrets.${password}`,
      schema,
      table: `${name}__${generation}`,
    },
    path: `postgresql://${host}:${port}/${database}/${schema}/${name}`,
  };
}

/** PostgreSQL cuts longer names, so that two could become one. Names of ours have no `__`, so it keeps two of them apart. */
function identifier(name: string): string {
  return name.length <= 63 ? name : `${name.slice(0, 54)}_${sha256(name).slice(0, 8)}`;
}
