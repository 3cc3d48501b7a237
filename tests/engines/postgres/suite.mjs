// What is kept in PostgreSQL, on a real server: the modules by themselves, and the example filled by Spark and asked over HTTP.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { runStoreSuite } from "../lib/stores.mjs";
import { startPostgres } from "../setup/postgres.mjs";

const PASSWORD = "who reads here";

async function start() {
  const postgres = await startPostgres({ tls: true });
  postgres.sql(`CREATE ROLE feature_jobs LOGIN PASSWORD '${PASSWORD}'`);
  postgres.sql("CREATE ROLE narrow LOGIN PASSWORD 'narrow word'");
  postgres.sql("CREATE DATABASE features OWNER feature_jobs");
  postgres.sql("CREATE SCHEMA narrow__test AUTHORIZATION narrow", "features");
  const at = (address) =>
    `{ postgres: { url: "postgresql://${address}", user: "\${secret.db_user}", password: "\${secret.db_password}" } }`;
  return {
    ...postgres,
    env: { FRAUD_DETECTION_DB_USER: "feature_jobs", FRAUD_DETECTION_DB_PASSWORD: PASSWORD },
    more: { AUTHORITIES: postgres.authorities },
    stores: {
      local: at(`localhost:${postgres.port}/features?sslrootcert=${postgres.authorities}`),
      cluster: at("db.data.svc:5432/features"),
    },
  };
}

await runStoreSuite({
  kind: "postgres",
  title: "PostgreSQL",
  here: dirname(fileURLToPath(import.meta.url)),
  secrets: ["db_user", "db_password"],
  start,
});
