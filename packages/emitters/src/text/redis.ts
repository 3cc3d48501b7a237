/** A Redis server, as the emitted programs that fill and read it say it. */
import type { Ir, RedisPlace } from "@mlspec/compiler";
import { call, literal, type Py } from "./python.js";

export function redisServer(ir: Ir, { host, port, database, tls, user, password }: RedisPlace): Py {
  return call("RedisServer", [], {
    host: literal(host),
    port: literal(port),
    ...(database === 0 ? {} : { database: literal(database) }),
    ...(tls ? { tls: literal(true) } : {}),
    ...variable(ir, "user", user),
    ...variable(ir, "password", password),
  });
}

function variable(ir: Ir, argument: "user" | "password", id: string | undefined): { readonly [argument: string]: Py } {
  const name = id === undefined ? undefined : ir.secrets[id]?.variable;
  return name === undefined ? {} : { [argument]: call("Variable", [literal(name)]) };
}
