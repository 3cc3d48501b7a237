// The answers under tests/corpus are those of the real Spark: each part is asked anew and compared. The two versions of Spark
// are asked at the same time: a question keeps one processor busy.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, ended } from "../lib/example.mjs";

const run = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "corpus", "run.mjs");
const { check, finish } = counted("corpus");

async function ask(...parts) {
  for (const part of parts) {
    const begin = Date.now();
    const { status, stdout, stderr } = await ended(process.execPath, [run, part, "--check"]);
    check(part, status === 0, stderr);
    console.error(`${stdout}     ${part}: ${Math.round((Date.now() - begin) / 1000)} s`);
  }
}

await Promise.all([ask("queries", "functions"), ask("older")]);
finish();
