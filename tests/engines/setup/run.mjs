// What emitted programs need on this machine: the `run` venv (Spark, training, serving), a Java, the Delta jars.
// The command bundles this file, so it takes the folder of requirements as an argument and reads nothing else of the repository.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { javaEnvironment } from "./java.mjs";
import { ensureFolder, exec, sha256File, shortHash } from "./lib.mjs";
import { ensureVenv } from "./python.mjs";
import { sparkEnvironment } from "./spark-conf.mjs";

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
    what: "Spark's jars for Delta Lake, PostgreSQL, Kafka and Avro",
    size: lock.size,
    make: (target) => resolveJars(target, lock, venv, base),
  });
  const conf = await sparkEnvironment({
    jars: Object.keys(lock.files)
      .sort()
      .map((file) => join(jars, file)),
    warmUp: join(requirements, "warm_up.py"),
    python: venv.python,
    env: base,
  });
  return { python: venv.python, bin: venv.bin, jars, env: { ...base, ...conf } };
}
