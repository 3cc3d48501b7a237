/** `settings.py`: how Spark is started where the programs run. */
import { parseVersionRange, spanOf, type Ir, type JsonObject } from "@mlspec/compiler";
import { databasesOf, placesOf, schemasOf, topicsOf } from "../places.js";

export interface SettingsContext {
  readonly spark: JsonObject;
  /** Whether programs run in pods, which are told what they are given. */
  readonly pod: boolean;
  readonly marks: string;
}

/** Many short programs on a small machine: few partitions, for Spark generates code for each of them, and a virtual machine that starts fast. */
const LOCAL = {
  "spark.master": "local[2]",
  "spark.driver.memory": "2g",
  "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
  "spark.sql.shuffle.partitions": "2",
  "spark.databricks.delta.snapshotPartitions": "1",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
};

/** One pod per program; its threads and its heap are what the pod is given. */
const KUBERNETES = {
  "spark.sql.shuffle.partitions": "64",
  "spark.databricks.delta.snapshotPartitions": "8",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
};

/** Who programs are on S3: as Amazon's SDK finds it, which Hadoop's own order lacks the web identity of. */
const CREDENTIALS = {
  "spark.hadoop.fs.s3a.aws.credentials.provider": "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider",
};

/** Hadoop by itself knows S3 under the name `s3a` only. */
const S3 = {
  "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
  "spark.hadoop.fs.AbstractFileSystem.s3.impl": "org.apache.hadoop.fs.s3a.S3A",
};

/** The storage's bucket is in the environment's region: in another one it is refused, and not followed there. */
function inRegion({ environment: { cloud }, storage }: Ir): Readonly<Record<string, string>> {
  const bucket = /^s3a?:\/\/([^/]+)/.exec(storage.path)?.[1];
  if (cloud === undefined || bucket === undefined) return {};
  const key = `spark.hadoop.fs.s3a.bucket.${bucket}`;
  return { [`${key}.endpoint.region`]: cloud.region, [`${key}.cross.region.access.enabled`]: "false" };
}

const JAVA_OPTIONS = "spark.driver.extraJavaOptions";

/** The driver of the database, where no jar of it is at hand; and wall clocks without gaps: JDBC reads them by the clock of Java. */
function forDatabases(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    ...settings,
    "spark.jars.packages": "org.postgresql:postgresql:42.7.14",
    [JAVA_OPTIONS]: [settings[JAVA_OPTIONS] ?? [], "-Duser.timezone=UTC"].flat().join(" "),
  };
}

/** What reads Kafka, from Spark 4.1 on. */
const KAFKA_READER = "org.apache.spark:spark-sql-kafka-0-10_2.13:4.1.1";

/** Besides the reader: passwords are among the options of a topic, and plans would show them. */
function forTopics(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const others = settings["spark.jars.packages"];
  return {
    ...settings,
    "spark.jars.packages": [...(others === undefined ? [] : [others]), KAFKA_READER].join(","),
    "spark.sql.redaction.options.regex": "(?i)url|jaas|password|ssl",
  };
}

/** What reads Avro. */
const AVRO_READER = "org.apache.spark:spark-avro_2.13:4.1.1";

/**
 * Where the bytes of a message are not what they should be, any of them may say how long a text or a list is, and Avro makes room for so
 * much before it looks: no more than this, in bytes or in items, else one message could end the program.
 */
const MOST = 16_777_216;
const LIMITS = ["string", "bytes", "collectionItems"].map((what) => `-Dorg.apache.avro.limits.${what}.maxLength=${MOST}`);

function forAvro(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    ...settings,
    "spark.jars.packages": [settings["spark.jars.packages"] ?? [], AVRO_READER].flat().join(","),
    [JAVA_OPTIONS]: [settings[JAVA_OPTIONS] ?? [], LIMITS].flat().join(" "),
  };
}

/** A struct none of whose fields a file has is NULL to Spark 4.0, and what it was to 4.1: one value on all versions of a range. */
const AS_BEFORE_4_1 = { "spark.sql.legacy.parquet.returnNullStructIfAllFieldsMissing": "true" };

function reachesBefore41(range: string): boolean {
  const parsed = parseVersionRange(range);
  const [major = 0, minor = 0] = parsed.ok ? spanOf(parsed.value).from : [];
  return major === 4 && minor < 1;
}

export function settingsContext(ir: Ir, versions: string): SettingsContext {
  const places = placesOf(ir);
  const pod = ir.environment.runtime === "kubernetes";
  const plain: Readonly<Record<string, string>> = pod ? KUBERNETES : LOCAL;
  const base = databasesOf(ir).length > 0 ? forDatabases(plain) : plain;
  const withTopics = topicsOf(ir).length > 0 ? forTopics(base) : base;
  return {
    spark: {
      ...(schemasOf(ir).length > 0 ? forAvro(withTopics) : withTopics),
      ...(reachesBefore41(versions) ? AS_BEFORE_4_1 : {}),
      ...(places.some((path) => /^s3a?:/.test(path)) ? CREDENTIALS : {}),
      ...(places.some((path) => path.startsWith("s3://")) ? S3 : {}),
      ...inRegion(ir),
    },
    pod,
    marks: ir.storage.marks,
  };
}
