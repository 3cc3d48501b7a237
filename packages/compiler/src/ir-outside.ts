/** Of the intermediate representation, what lies outside of the project: databases, and secrets with what keeps them. */
import type { MessageSchema } from "./avro/schema.js";

/** A table of a PostgreSQL database. */
export interface DatabaseInput {
  readonly kind: "jdbc";
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Schema and name, or a name alone, as the database has them. */
  readonly table: readonly string[];
  /** Secret ids. */
  readonly user: string;
  readonly password: string;
  /** How many connections read at a time. */
  readonly partitions: number;
}

/** A topic of Kafka, of which a stream keeps the history that is read. */
export interface TopicInput {
  readonly kind: "kafka";
  readonly servers: string;
  readonly brokers: readonly Endpoint[];
  readonly topic: string;
  readonly format: "json" | "csv" | "avro" | "avro_confluent";
  /** Of messages in Avro. */
  readonly schema?: AvroInput;
  /** Dataset id. */
  readonly history: string;
  /** Path. */
  readonly checkpoint: string;
  /** ms. */
  readonly trigger: number;
  readonly maxOffsets: number;
  /** `user`, `password`, `ca`, `certificate` and `key` are secret ids. */
  readonly sasl?: { readonly mechanism: string; readonly user: string; readonly password: string };
  readonly tls?: { readonly ca?: string; readonly client?: { readonly certificate: string; readonly key: string } };
}

/** What messages are of. `file` lies beside the programs. */
export interface AvroInput {
  readonly file: string;
  readonly schema: MessageSchema;
}

/** A run-time secret. Id `secrets.NAME`. Programs read it from an environment variable; its value is in no output. */
export interface Secret {
  readonly id: string;
  readonly name: string;
  readonly variable: string;
  readonly from: SecretPlace;
}

/** What fills the variable: whoever starts the program, a key of a Secret in the cluster, or Airflow. */
export type SecretPlace =
  | { readonly kind: "env" }
  | { readonly kind: "kubernetes"; readonly object: string; readonly key: string }
  | { readonly kind: "airflow_variable"; readonly key: string }
  | { readonly kind: "airflow_connection"; readonly connection: string; readonly field: "login" | "password" };

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where an online store is. */
export type StorePlace = { readonly kind: "sqlite" } | RedisPlace | PostgresPlace;

/** Keys on a Redis server that begin with `prefix`. */
export interface RedisPlace extends Endpoint {
  readonly kind: "redis";
  readonly database: number;
  readonly tls: boolean;
  /** Secret ids. */
  readonly user?: string;
  readonly password?: string;
  readonly prefix: string;
}

/** Tables of a database, in a schema of the project's environment. */
export interface PostgresPlace extends Endpoint {
  readonly kind: "postgres";
  readonly database: string;
  /** `sslmode` of libpq. */
  readonly tls: string;
  /** A file with certificates; without one, the authorities that the system trusts. */
  readonly authorities?: string;
  /** Secret ids. */
  readonly user: string;
  readonly password: string;
  readonly schema: string;
  /** What names of tables begin with: group and generation. */
  readonly table: string;
}
