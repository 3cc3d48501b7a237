import { expect, test } from "vitest";
import { compileTexts, type Texts } from "../support/compile.js";
import { example, file, mentions, onServers, outputOf } from "./example.js";

const URL = "postgresql://db.data.svc:5433/features";

/** The example with `card_velocity` in PostgreSQL in production, and `card_profile` there or in Redis. */
function inPostgres(profile: "postgres" | "redis" | "sqlite", url = URL): Texts {
  const postgres = `postgres: { url: "${url}", user: "\${secret.db_user}", password: "\${secret.db_password}" }`;
  const redis = profile === "redis" ? [`redis: { url: "rediss://redis.cache.svc:6380/3" }`] : [];
  return onServers(["db_user", "db_password"], [postgres, ...redis], { card_velocity: "postgres", card_profile: profile });
}

const before = outputOf(example);
const some = outputOf(inPostgres("sqlite"));
const mixed = outputOf(inPostgres("redis"));

test("nothing of servers is written where no group is kept on one", () => {
  expect(mentions(before, /postgres|psycopg|store_values/i)).toEqual([]);
  expect(mentions(some, /redis/i)).toEqual([]);
  expect(mentions(mixed, /postgres|redis/i).filter((path) => path.startsWith("generated/local/"))).toEqual([]);
});

test("the service and the job that fills the store may connect to it, and have its secrets", () => {
  const service = file(some, "kubernetes/fraud-api.yaml");
  expect(service).toMatch(/kubernetes\.io\/metadata\.name: data\n\s+ports:\n\s+- protocol: TCP\n\s+port: 5433/);
  for (const secret of ["user", "password"])
    expect(service).toMatch(
      new RegExp(
        `name: FRAUD_DETECTION_DB_${secret.toUpperCase()}\\n\\s+valueFrom:\\n\\s+secretKeyRef:\\n\\s+name: fraud-secrets\\n\\s+key: db_${secret}`,
      ),
    );
  expect(file(some, "kubernetes/batch-network-policy.yaml")).toContain("port: 5433");
  expect(file(before, "kubernetes/batch-network-policy.yaml")).not.toContain("port: 5433");
  const server =
    /host="db\.data\.svc",\s+port=5433,\s+database="features",\s+user=Variable\("FRAUD_DETECTION_DB_USER"\),\s+password=Variable\("FRAUD_DETECTION_DB_PASSWORD"\),?\s+\),\s+Tables\("fraud_detection__production", "card_velocity__[0-9a-f]{8}"\)/;
  expect(file(some, "python/serve_fraud_api.py")).toMatch(server);
  expect(file(some, "spark/materialise_card_velocity.py")).toMatch(server);
  expect(file(some, "spark/materialise_card_profile.py")).not.toContain("postgres");
});

test("each group has the server that it says", () => {
  expect(file(mixed, "spark/materialise_card_velocity.py")).not.toMatch(/redis/i);
  expect(file(mixed, "spark/materialise_card_profile.py")).not.toMatch(/postgres/i);
  const service = file(mixed, "python/serve_fraud_api.py");
  for (const word of ["PostgresPlace(", "RedisPlace(", "from postgres_server import", "from redis_server import"])
    expect(service).toContain(word);
});

test("the client is installed, at one version, in the images that use it", () => {
  expect(file(some, "docker/postgres.requirements.txt")).toMatch(/^psycopg==(\S+)\npsycopg-binary==\1$/m);
  for (const image of ["spark", "serving-fraud-api"])
    expect(file(some, `docker/${image}.Dockerfile`)).toContain("postgres.requirements.txt");
  expect(file(some, "docker/training.Dockerfile")).not.toContain("postgres");
  expect(file(mixed, "docker/spark.Dockerfile")).toMatch(/postgres\.requirements\.txt[^]*redis\.requirements\.txt/);
});

test("how certificates are checked is what the address says", () => {
  const tls = (url: string): string =>
    /authorities="[^"]*"|tls="[^"]*"/g[Symbol.match](file(outputOf(inPostgres("postgres", url)), "python/serve_fraud_api.py"))?.join(" ") ??
    "";
  expect(tls(URL)).toBe("");
  expect(tls(`${URL}?sslmode=disable`)).toMatch(/^tls="disable"/);
  expect(tls(`${URL}?sslrootcert=/etc/ssl/rds.pem`)).toMatch(/^authorities="\/etc\/ssl\/rds.pem"/);
});

test("of a long name the schema keeps what PostgreSQL would not cut, and which it is", () => {
  const project = "a".repeat(39);
  const named = (environment: string): string => {
    const texts = inPostgres("postgres");
    const text = (texts["mlspec.yaml"] ?? "")
      .replace("project: fraud_detection", `project: ${project}`)
      .replace("  production:\n", `  ${environment}:\n`);
    const { output } = compileTexts({ ...texts, "mlspec.yaml": text });
    return /Tables\(\s*"([^"]*)"/.exec(output[`generated/${environment}/spark/materialise_card_velocity.py`] ?? "")?.[1] ?? "";
  };
  const [one, other] = [named(`${"b".repeat(30)}_one`), named(`${"b".repeat(30)}_two`)];
  expect([one.length, other.length]).toEqual([63, 63]);
  expect(one.slice(0, 54)).toBe(other.slice(0, 54));
  expect(one).not.toBe(other);
});

test.each([
  ["postgresql://who:word@db.acme.example/features", "take secrets"],
  ["postgres://db.acme.example/features", "postgresql://"],
  ["postgresql://db.acme.example", "name of a database"],
  ["postgresql://db.acme.example/features?sslmode=prefer", "verify-full"],
  ["postgresql://db.acme.example/features?passfile=/etc/x", "cannot be set here"],
  ["postgresql://one,two/features", "name one server"],
])("%s is no address", (url, said) => {
  const { diagnostics, messages } = compileTexts(inPostgres("postgres", url));
  const found = diagnostics.filter(({ code }) => code === "bad-value");
  expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(said)]);
  expect(messages).not.toContain(":word@");
});

test("in a cluster, PostgreSQL is on no machine of its own", () => {
  const { diagnostics } = compileTexts(inPostgres("postgres", "postgresql://localhost/features"));
  expect(diagnostics.filter(({ code }) => code === "database-on-machine")).toHaveLength(1);
});
