// What emitted programs need to run on an object store: their packages and moto's server in one venv, and the jars of the Spark image,
// brought by the program that the image is built with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureFolder, exec, shortHash } from "./lib.mjs";
import { ensureVenv } from "./python.mjs";
import { javaEnvironment } from "./java.mjs";

const images = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "templates", "docker");

/** `{ python, bin, jars, env }`: `jars` is a folder with every jar that the Spark image adds. */
export async function ensureS3({ requirements }) {
  const venv = await ensureVenv({ name: "s3", requirements, size: "900 MB, mostly Spark" });
  const env = await javaEnvironment(venv);
  const list = ["spark.jars.txt", "s3.jars.txt"].map((name) => readFileSync(join(images, name), "utf8")).join("");
  const jars = await ensureFolder({
    name: `jars-s3-${shortHash(list)}`,
    what: "the jars of the Spark image, with Hadoop's S3 client",
    size: "660 MB, mostly Amazon's SDK",
    make: (target) => fetchJars({ target, list, python: venv.python, env }),
  });
  return { ...venv, jars, env };
}

/** Spark's resolver keeps what it fetches in its home: a fresh one, which goes away. */
export async function fetchJars({ target, list, python, env }) {
  const home = mkdtempSync(join(tmpdir(), "mlspec-jars-"));
  try {
    writeFileSync(join(home, "jars.txt"), list);
    await exec(python, [join(images, "fetch_jars.py"), join(home, "jars.txt"), target], {
      env: { ...env, SPARK_SUBMIT_OPTS: `-Duser.home=${home} ${process.env.SPARK_SUBMIT_OPTS ?? ""}` },
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
