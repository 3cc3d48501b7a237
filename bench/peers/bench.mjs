// npm run bench -- peers [--save]: CPU of compiling one project, ours and peers', in one run. `--save` writes bench/results/peers.md.
//
// The project is examples/fraud_detection, or as much of it as the peer can say; what is left out is said in the table. Each command is
// timed from its start in a shell to its end, the commands taking turns. Peers are installed into the cache folder.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureVenv } from "../../tests/engines/setup/python.mjs";
import { cpuOf } from "../lib/cpu.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const ROUNDS = 7;

const venv = (name, size) => ensureVenv({ name: `peer-${name}`, requirements: join(here, `${name}.txt`), size, python: ">=3.11,<3.12" });
const boundaryLayer = await venv("boundary-layer", "17 MB");
const kfp = await venv("kfp", "60 MB");
const feast = await venv("feast", "450 MB");

const folder = mkdtempSync(join(tmpdir(), "mlspec-bench-"));
const project = join(folder, "fraud_detection");
cpSync(join(root, "examples", "fraud_detection"), project, { recursive: true, filter: (path) => !/(generated|\.mlspec|lake)$/.test(path) });
const repo = join(folder, "feast_repo");
cpSync(join(here, "feast_repo"), repo, { recursive: true });
// Feast looks at the schema of its sources while it plans.
execFileSync(feast.python, [join(here, "feast_data.py"), repo]);

const removing = (path) => ["rm", "-rf", path];
const fresh = [removing(join(project, ".mlspec")), removing(join(project, "generated"))];
const commands = {
  node: { argv: [process.execPath, "-e", "0"] },
  python: { argv: [feast.python, "-c", "0"] },
  compile: { before: fresh, argv: [process.execPath, command, "compile", project] },
  check: { before: fresh, argv: [process.execPath, command, "check", project] },
  boundaryLayer: { argv: [join(boundaryLayer.bin, "boundary-layer"), "build-dag", join(here, "daily.yaml")] },
  kfp: { argv: [join(kfp.bin, "kfp"), "dsl", "compile", "--py", join(here, "pipeline.py"), "--output", join(folder, "pipeline.yaml")] },
  feast: {
    before: [removing(join(repo, "registry.db")), removing(join(repo, "online.db"))],
    argv: [join(feast.bin, "feast"), "-c", repo, "plan"],
  },
};
const cpu = cpuOf(commands, ROUNDS);
rmSync(folder, { recursive: true });

const row = (what, name, does, goal = "") =>
  `| ${what} | ${cpu[name].toFixed(0)} | ${(cpu[name] / cpu.compile).toFixed(1)} | ${goal} | ${does} |`;
const text = [
  "# Compiling one project, beside peers",
  "",
  `Made by \`npm run bench -- peers --save\` with Node ${process.versions.node} on ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}. User and system time of all threads, median of ${ROUNDS} rounds in which the commands take turns. Compare ratios, not milliseconds.`,
  "",
  "| command | CPU, ms | × ours | goal | what it does |",
  "|---|---|---|---|---|",
  row("`mlspec compile`, nothing cached", "compile", "everything checked; all files of two environments, 17 tasks each, written"),
  row("`mlspec check`, nothing cached", "check", "the same without writing"),
  row(
    "`boundary-layer build-dag` 1.9.18",
    "boundaryLayer",
    "one DAG of 10 of these tasks (for Airflow 1), names of operators' arguments checked",
    "4",
  ),
  row("`kfp dsl compile` 2.17", "kfp", "one pipeline of 17 tasks, types of parameters checked", "8"),
  row(
    "`feast plan` 0.67",
    "feast",
    "the two feature groups and their request features, without what computes them; looks at its registry",
    "30",
  ),
  row("`python3 -c 0`", "python", "nothing"),
  row("`node -e 0`", "node", "nothing"),
  "",
].join("\n");
console.log(text);
if (process.argv.includes("--save")) {
  mkdirSync(join(root, "bench", "results"), { recursive: true });
  writeFileSync(join(root, "bench", "results", "peers.md"), text);
}
