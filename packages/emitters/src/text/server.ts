/** A server that keeps feature values, as the emitted programs that fill and read it say it. */
import type { Ir, PostgresPlace, RedisPlace, StorePlace } from "@mlspec/compiler";
import { call, literal, type Py } from "./python.js";

export type ServerPlace = Exclude<StorePlace, { readonly kind: "sqlite" }>;

interface StoreCode {
  readonly server: Py;
  /** What the server holds of the group. */
  readonly held: Py;
}

export function storeCode(ir: Ir, place: ServerPlace): StoreCode {
  return place.kind === "redis"
    ? { server: redisServer(ir, place), held: literal(place.prefix) }
    : { server: postgresServer(ir, place), held: call("Tables", [literal(place.schema), literal(place.table)]) };
}

/** The store as jobs fill it, and how long what they write stays. */
export function serverStore(ir: Ir, place: ServerPlace, expires: Py): Py {
  const { server, held } = storeCode(ir, place);
  const name = place.kind === "redis" ? "RedisStore" : "PostgresStore";
  return call(name, [server, held], { expires_after: expires });
}

function redisServer(ir: Ir, { host, port, database, tls, user, password }: RedisPlace): Py {
  return call("RedisServer", [], {
    host: literal(host),
    port: literal(port),
    ...(database === 0 ? {} : { database: literal(database) }),
    ...(tls ? { tls: literal(true) } : {}),
    ...variable(ir, "user", user),
    ...variable(ir, "password", password),
  });
}

function postgresServer(ir: Ir, { host, port, database, tls, authorities, user, password }: PostgresPlace): Py {
  return call("PostgresServer", [], {
    host: literal(host),
    port: literal(port),
    database: literal(database),
    ...variable(ir, "user", user),
    ...variable(ir, "password", password),
    ...(tls === "verify-full" ? {} : { tls: literal(tls) }),
    ...(authorities === undefined ? {} : { authorities: literal(authorities) }),
  });
}

function variable(ir: Ir, argument: "user" | "password", id: string | undefined): { readonly [argument: string]: Py } {
  const name = id === undefined ? undefined : ir.secrets[id]?.variable;
  return name === undefined ? {} : { [argument]: call("Variable", [literal(name)]) };
}

/** Whose names the code of stores has to import. */
interface StoreImports {
  readonly redis: boolean;
  readonly postgres: boolean;
  readonly variables: boolean;
}

export function storeImports(places: readonly StorePlace[]): StoreImports {
  return {
    redis: places.some(({ kind }) => kind === "redis"),
    postgres: places.some(({ kind }) => kind === "postgres"),
    variables: places.some((place) => place.kind !== "sqlite" && (place.user ?? place.password) !== undefined),
  };
}
