// How Spark starts on one small machine: where its jars are, what it logs, and an archive of its classes. Most programs are so short that
// Java spends a third of their time on loading and checking the same ten thousand classes.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { javaIn } from "./java.mjs";
import { ensureFolder, exec, say, shortHash } from "./lib.mjs";

/** Java's own kind of garbage collector and compiler has to be that of the programs. */
const FOR_SHORT_PROGRAMS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";
/** An archive that another Java or other jars made is not used, and nothing is said of it. */
const QUIET = "-Xlog:cds=off -Xlog:cds+dynamic=off";

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

/** No web page, few partitions for Delta's own small tables; jars on Java's own class path, as an archive has no classes of others. */
const defaults = (jars, java) => `spark.driver.extraClassPath ${jars.join(delimiter)}
spark.driver.defaultJavaOptions ${java}
spark.ui.enabled false
spark.ui.showConsoleProgress false
spark.databricks.delta.snapshotPartitions 1
`;

const option = (text) => `"${text.replaceAll(/(["\\])/g, "\\$1")}"`;
const word = (text) => `'${text.replaceAll("'", `'"'"'`)}'`;

/**
 * The environment in which `pyspark` starts Spark with these settings. No folder with files may be on the class path of an archive, so
 * Spark's own folder of settings is an empty one.
 */
const environment = (folder, file) => ({
  SPARK_CONF_DIR: join(folder, "none"),
  PYSPARK_SUBMIT_ARGS: `--properties-file ${word(join(folder, file))} pyspark-shell`,
});

async function makeArchive(folder, { jars, log, warmUp, python, env }) {
  const archive = join(folder, "classes.jsa");
  const work = mkdtempSync(join(tmpdir(), "mlspec-warm-up-"));
  try {
    const java = `${log} ${FOR_SHORT_PROGRAMS} ${option(`-XX:ArchiveClassesAtExit=${archive}`)}`;
    writeFileSync(join(folder, "first.conf"), defaults(jars, java));
    await exec(python, [warmUp, work], { cwd: work, env: { ...env, ...environment(folder, "first.conf") } });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  if (existsSync(archive)) return `${QUIET} ${option(`-XX:SharedArchiveFile=${archive}`)}`;
  say("  this Java has made no archive: programs of Spark start slower");
  return "";
}

/** What Spark finds in its environment. `jars` are paths; `warmUp` is a program that uses what programs use, for `python`. */
export async function sparkEnvironment({ jars, warmUp, python, env }) {
  const { said, archives } = javaIn(env);
  const made = [defaults(jars, FOR_SHORT_PROGRAMS), LOG4J, QUIET, readFileSync(warmUp, "utf8"), python, said];
  const folder = await ensureFolder({
    name: `spark-conf-${shortHash(made.join("\n"))}`,
    what: archives ? "an archive of Spark's classes, with which programs start faster" : "Spark's settings for this machine",
    size: archives ? "200 MB, half a minute" : "1 KB",
    make: async (target) => {
      mkdirSync(join(target, "none"));
      const file = join(target, "log4j2.properties");
      writeFileSync(file, LOG4J);
      const log = option(`-Dlog4j2.configurationFile=${pathToFileURL(file).href}`);
      const archive = archives ? await makeArchive(target, { jars, log, warmUp, python, env }) : "";
      writeFileSync(join(target, "spark.conf"), defaults(jars, `${log} ${archive}`));
    },
  });
  return environment(folder, "spark.conf");
}
