import { expect, test } from "vitest";
import { compileTexts, type Texts } from "../support/compile.js";
import { example, file, mentions, onServers, outputOf } from "./example.js";

/** The example with `card_velocity`, or all groups, in Redis in production. */
function inRedis(groups: "card_velocity" | "all"): Texts {
  const redis = `redis: { url: "rediss://redis.cache.svc:6380/3", user: "\${secret.redis_user}", password: "\${secret.redis_password}" }`;
  const profile: Readonly<Record<string, string>> = groups === "all" ? { card_profile: "redis" } : {};
  return onServers(["redis_user", "redis_password"], [redis], { card_velocity: "redis", ...profile });
}

const before = outputOf(example);
const some = outputOf(inRedis("card_velocity"));
const all = outputOf(inRedis("all"));

test("nothing of Redis is written where no group is kept there", () => {
  expect(mentions(before, /redis/i)).toEqual([]);
  expect(mentions(all, /redis/i).filter((path) => path.startsWith("generated/local/"))).toEqual([]);
});

test("the service and the job that fills the store may connect to it, and have its secrets", () => {
  const service = file(some, "kubernetes/fraud-api.yaml");
  expect(service).toMatch(/kubernetes\.io\/metadata\.name: cache\n\s+ports:\n\s+- protocol: TCP\n\s+port: 6380/);
  expect(service).toMatch(
    /name: FRAUD_DETECTION_REDIS_PASSWORD\n\s+valueFrom:\n\s+secretKeyRef:\n\s+name: fraud-secrets\n\s+key: redis_password/,
  );
  expect(file(some, "kubernetes/batch-network-policy.yaml")).toContain("port: 6380");
  expect(file(before, "kubernetes/batch-network-policy.yaml")).not.toContain("port: 6380");
  const server = /host="redis\.cache\.svc",\s+port=6380,\s+database=3,\s+tls=True,\s+user=Variable\("FRAUD_DETECTION_REDIS_USER"\)/;
  expect(file(some, "python/serve_fraud_api.py")).toMatch(server);
  expect(file(some, "spark/materialise_card_velocity.py")).toMatch(server);
  expect(file(some, "spark/materialise_card_profile.py")).not.toContain("redis");
});

test("a folder of stores is told to the service only where one is a file", () => {
  expect(file(some, "kubernetes/fraud-api.yaml")).toContain("ONLINE_STORE: ");
  expect(file(all, "kubernetes/fraud-api.yaml")).not.toContain("ONLINE_STORE: ");
});

test("the client is installed, at one version, in the images that use it", () => {
  expect(file(some, "docker/redis.requirements.txt")).toMatch(/^redis==\d/m);
  for (const image of ["spark", "serving-fraud-api"]) expect(file(some, `docker/${image}.Dockerfile`)).toContain("redis.requirements.txt");
  expect(file(some, "docker/training.Dockerfile")).not.toContain("redis");
});

test.each([
  ["redis://:word@redis.acme.example", "takes? secrets?"],
  ["http://redis.acme.example", "rediss://"],
  ["redis://redis.acme.example:0", "65535"],
  ["redis://redis.acme.example/carts", "number of a database"],
  ["redis://-/0", "no host"],
])("%s is no address", (url, said) => {
  const texts = inRedis("all");
  const { diagnostics, messages } = compileTexts({
    ...texts,
    "mlspec.yaml": (texts["mlspec.yaml"] ?? "").replace("rediss://redis.cache.svc:6380/3", url),
  });
  const found = diagnostics.filter(({ code }) => code === "bad-value");
  expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(said)]);
  expect(messages).not.toContain(":word@");
});

test("in a cluster, Redis is on no machine of its own", () => {
  const texts = inRedis("all");
  const { diagnostics } = compileTexts({ ...texts, "mlspec.yaml": (texts["mlspec.yaml"] ?? "").replace("redis.cache.svc", "localhost") });
  expect(diagnostics.filter(({ code }) => code === "database-on-machine")).toHaveLength(1);
});
