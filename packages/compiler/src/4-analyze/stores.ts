import { parsePostgresUrl, parseRedisUrl, secretName } from "../shorthand/index.js";
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import type { FeatureSpec, ProjectSpec } from "../spec.js";
import type { Finding } from "./analysis.js";
import { isThisMachine } from "./places.js";
import { atKey, atValue, finding } from "./finding.js";

/** Kinds of servers that keep feature values. */
export const KINDS = ["redis", "postgres"] as const;
/** How the address of each is read. */
export const PARSED_BY = { redis: parseRedisUrl, postgres: parsePostgresUrl } as const;
const TITLES = { redis: "Redis", postgres: "PostgreSQL" } as const;

const NONE = {};

/** A group that is kept on a server needs one, in each environment; a server needs groups. */
export function analyzeStores(spec: ProjectSpec, environment: string, memo: Memo): readonly Finding[] {
  const { runtime, stores } = spec.environments[environment] ?? {};
  if (runtime === undefined) return [];
  const kept = saidOfEach<FeatureSpec, readonly [string, FeatureSpec["online"]]>(spec.features ?? NONE, {
    step: "groups on servers",
    memo,
    say: (group, { online }) => (KINDS.some((kind) => kind === online) ? [[group, online]] : []),
  });
  return KINDS.flatMap((kind): readonly Finding[] => {
    const groups = kept.filter(([, online]) => online === kind);
    const path = ["environments", environment, "stores"];
    const server = stores?.[kind];
    const title = TITLES[kind];
    if (server === undefined)
      return groups.map(([group]) => finding("store-needed", atValue(["features", group, "online"]), { group, environment, kind, title }));
    if (groups.length === 0) return [finding("unused-store", atKey(...path, kind), { environment, kind, title })];
    const url = PARSED_BY[kind](server.url);
    return runtime === "kubernetes" && url.ok && isThisMachine(url.value.host)
      ? [finding("database-on-machine", atValue([...path, kind, "url"]), { host: url.value.host, environment })]
      : [];
  });
}

interface Redis {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly tls: boolean;
  /** Names of secrets. */
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** The Redis of an environment, where it has one. */
export function redisOf(spec: ProjectSpec, environment: string): Redis | undefined {
  const redis = spec.environments[environment]?.stores?.redis;
  const url = redis === undefined ? undefined : parseRedisUrl(redis.url);
  if (redis === undefined || url?.ok !== true) return undefined;
  const { host, port, database, tls } = url.value;
  return { host, port, database, tls, user: secretName(redis.user ?? ""), password: secretName(redis.password ?? "") };
}

interface Postgres {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** As libpq calls it. */
  readonly tls: string;
  readonly authorities: string | undefined;
  /** Names of secrets. */
  readonly user: string;
  readonly password: string;
}

/** The PostgreSQL of an environment, where it has one. */
export function postgresOf(spec: ProjectSpec, environment: string): Postgres | undefined {
  const postgres = spec.environments[environment]?.stores?.postgres;
  const url = postgres === undefined ? undefined : parsePostgresUrl(postgres.url);
  if (postgres === undefined || url?.ok !== true) return undefined;
  const { host, port, database, settings } = url.value;
  const [user, password] = [secretName(postgres.user), secretName(postgres.password)];
  if (user === undefined || password === undefined) return undefined;
  return { host, port, database, tls: settings["sslmode"] ?? "verify-full", authorities: settings["sslrootcert"], user, password };
}
