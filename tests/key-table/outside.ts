import { DAG, MANIFEST, PYTHON, SPARK, type Effect } from "./effect.js";

/** Keys of secrets, and of databases, which are read with them. */
export const outside: Readonly<Record<string, Effect>> = {
  secrets: {
    to: ["db_user", "db_key", "hash_key"],
    and: {
      "sources.refunds.jdbc.password": "${secret.db_key}",
      "environments.vm.secrets.connections": { db_key: "shop_db.password" },
      "environments.vm.stores.postgres.password": "${secret.db_key}",
    },
    changes: DAG,
  },
  masking: { at: "masking.key", to: "${secret.db_user}", changes: /masking\.py$/ },
  "masking.key": { to: "${secret.db_password}", changes: /masking\.py$/ },
  "environments.*.secrets": { at: "environments.vm.secrets", to: { from: "env" }, changes: DAG },
  "environments.*.secrets.from": {
    at: "environments.vm.secrets.from",
    to: "env",
    and: { "environments.vm.secrets": { from: "env" } },
    changes: DAG,
  },
  "environments.*.secrets.name": { at: "environments.cloud.secrets.name", to: "other-secrets", changes: /kubernetes|airflow/ },
  "environments.*.secrets.prefix": { at: "environments.local.secrets.prefix", to: "STORE_", changes: SPARK },
  "environments.*.secrets.connections": { at: "environments.vm.secrets.connections", to: { db_user: "shop_db.login" }, changes: DAG },
  "environments.*.cloud": { at: "environments.cloud.cloud", to: undefined, changes: SPARK },
  "environments.*.cloud.region": { at: "environments.cloud.cloud.region", to: "eu-north-1", changes: DAG },
  "environments.*.stores": {
    at: "environments.cloud.stores",
    to: undefined,
    and: { "environments.cloud.overrides": { features: { profile: { online: "sqlite" } } } },
    changes: MANIFEST,
  },
  "environments.*.stores.redis": { at: "environments.cloud.stores.redis", to: { url: "redis://10.1.2.3" }, changes: MANIFEST },
  "environments.*.stores.redis.url": { at: "environments.cloud.stores.redis.url", to: "rediss://redis.cache.svc", changes: PYTHON },
  "environments.*.stores.redis.user": { at: "environments.local.stores.redis.user", to: "${secret.db_password}", changes: SPARK },
  "environments.*.stores.redis.password": { at: "environments.local.stores.redis.password", to: "${secret.db_password}", changes: PYTHON },
  "environments.*.stores.postgres": {
    at: "environments.vm.stores.postgres",
    to: { url: "postgresql://10.1.2.3/shop", user: "${secret.db_user}", password: "${secret.db_password}" },
    changes: PYTHON,
  },
  "environments.*.stores.postgres.url": {
    at: "environments.vm.stores.postgres.url",
    to: "postgresql://db.shop.example/features?sslmode=require",
    changes: SPARK,
  },
  "environments.*.stores.postgres.user": { at: "environments.vm.stores.postgres.user", to: "${secret.db_password}", changes: SPARK },
  "environments.*.stores.postgres.password": { at: "environments.vm.stores.postgres.password", to: "${secret.hash_key}", changes: PYTHON },
  "sources.*.jdbc": { at: "sources.refunds.jdbc.table", to: "public.returns", changes: SPARK },
  "sources.*.jdbc.url": { at: "sources.refunds.jdbc.url", to: "jdbc:postgresql://10.1.2.3/shop", changes: MANIFEST },
  "sources.*.jdbc.table": { at: "sources.refunds.jdbc.table", to: "returns", changes: SPARK },
  "sources.*.jdbc.user": { at: "sources.refunds.jdbc.user", to: "${secret.db_password}", changes: SPARK },
  "sources.*.jdbc.password": { at: "sources.refunds.jdbc.password", to: "${secret.db_user}", changes: SPARK },
  "sources.*.jdbc.partitions": { at: "sources.refunds.jdbc.partitions", to: 3, changes: SPARK },
};
