// Parts of the corpus, asked of the real Spark and compared with what is recorded.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, ended } from "../lib/example.mjs";

const run = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "corpus", "run.mjs");

/** Asks one part after another, and prints the summary of the suite. */
export async function corpusSuite(suite, parts) {
  const { check, finish } = counted(suite);
  for (const part of parts) {
    const begin = Date.now();
    const { status, stdout, stderr } = await ended(process.execPath, [run, part, "--check"]);
    check(part, status === 0, stderr);
    console.error(`${stdout}     ${part}: ${Math.round((Date.now() - begin) / 1000)} s`);
  }
  finish();
}
