// What is kept in Redis, on a real server: the modules by themselves, and the example filled by Spark and asked over HTTP.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { runStoreSuite } from "../lib/stores.mjs";
import { startRedis } from "../setup/redis.mjs";

async function start() {
  const redis = await startRedis();
  const at = (url) => `{ redis: { url: "${url}", password: "\${secret.redis_password}" } }`;
  return {
    ...redis,
    env: { FRAUD_DETECTION_REDIS_PASSWORD: redis.password },
    stores: { local: at(`redis://127.0.0.1:${redis.port}/2`), cluster: at(`rediss://redis.cache.svc:${redis.port}/2`) },
  };
}

await runStoreSuite({ kind: "redis", title: "Redis", here: dirname(fileURLToPath(import.meta.url)), secrets: ["redis_password"], start });
