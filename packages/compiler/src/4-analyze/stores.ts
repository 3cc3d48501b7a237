import { parseRedisUrl, secretName } from "../shorthand/index.js";
import type { ProjectSpec } from "../spec.js";
import type { Finding } from "./analysis.js";
import { isThisMachine } from "./places.js";
import { atKey, atValue, finding } from "./finding.js";

/** A group that is kept on a server needs one, in each environment; a server needs groups. */
export function analyzeStores(spec: ProjectSpec, environment: string): readonly Finding[] {
  const { runtime, stores } = spec.environments[environment] ?? {};
  if (runtime === undefined) return [];
  const groups = Object.entries(spec.features ?? {}).filter(([, { online }]) => online === "redis");
  const path = ["environments", environment, "stores"];
  if (stores === undefined)
    return groups.map(([group]) => finding("store-needed", atValue(["features", group, "online"]), { group, environment }));
  if (groups.length === 0) return [finding("unused-store", atKey(...path), { environment })];
  const url = parseRedisUrl(stores.redis.url);
  return runtime === "kubernetes" && url.ok && isThisMachine(url.value.host)
    ? [finding("database-on-machine", atValue([...path, "redis", "url"]), { host: url.value.host, environment })]
    : [];
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
