// node tools/estimators/run.mjs [--check]
// Writes what the compiler knows of scikit-learn's estimators, from the version that emitted programs use; or compares.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../../tests/engines/setup/index.mjs";

const { python } = await engines.run();
const script = join(dirname(fileURLToPath(import.meta.url)), "estimators.py");
const { status } = spawnSync(python, [script, ...process.argv.slice(2)], { stdio: "inherit" });
process.exitCode = status ?? 1;
