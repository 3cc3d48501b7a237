// npm run bench -- startup [--save]: how long one has to wait for the compiler. `--save` writes bench/results/startup.md.
//
// 1. CPU of whole commands against `node -e 0`, which is what any program in this language costs.
// 2. Growth of parse → lower over the number of definitions, against reading and parsing the same bytes as YAML.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cpuOf } from "./lib/cpu.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const ROUNDS = 11;
const SIZES = [10, 100, 1000, 3000, 10_000];

/** A copy of the example in a state, so that states do not disturb each other. */
function example(folder, name) {
  const project = join(folder, name);
  cpSync(join(root, "examples", "fraud_detection"), project, {
    recursive: true,
    filter: (path) => !/(generated|\.mlspec|lake)$/.test(path),
  });
  return project;
}

function compile(project) {
  const { status, stderr } = spawnSync(process.execPath, [command, "compile", project], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** A file as old as it is in a real project: what has just been written is looked at with more care. */
function aged(project) {
  const before = Date.now() / 1000 - 3600;
  for (const path of execFileSync("find", [project, "-type", "f", "-not", "-path", "*/.mlspec/*"], { encoding: "utf8" }).trim().split("\n"))
    utimesSync(path, before, before);
}

function startup() {
  const folder = mkdtempSync(join(tmpdir(), "mlspec-bench-"));
  const removing = (path) => ["rm", "-rf", path];
  const cold = example(folder, "cold");
  const warm = example(folder, "warm");
  const same = example(folder, "same");
  compile(warm);
  compile(same);
  aged(same);
  // A stamp looks twice at what was touched within two seconds of it, for clocks are coarse: that is not what a person meets.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
  compile(same);
  const edit = join(folder, "edit.mjs");
  // One more word in one description: a change that reaches what is compiled.
  writeFileSync(
    edit,
    `import { readFileSync, writeFileSync } from "node:fs";
const file = ${JSON.stringify(join(warm, "specs", "model.yaml"))};
writeFileSync(file, readFileSync(file, "utf8").replace(/The probability( very)*/, "$& very"));`,
  );
  const node = process.execPath;
  const cpu = cpuOf(
    {
      floor: { argv: [node, "-e", "0"] },
      first: {
        before: [removing(join(cold, ".mlspec")), removing(join(cold, "generated")), removing(join(folder, "home"))],
        argv: ["env", `MLSPEC_CACHE=${join(folder, "home")}`, node, command, "compile", cold],
      },
      version: { argv: [node, command, "--version"] },
      cold: { before: [removing(join(cold, ".mlspec")), removing(join(cold, "generated"))], argv: [node, command, "compile", cold] },
      check: { before: [removing(join(cold, ".mlspec"))], argv: [node, command, "check", cold] },
      warm: { before: [[node, edit]], argv: [node, command, "compile", warm] },
      same: { argv: [node, command, "compile", same] },
    },
    ROUNDS,
  );
  rmSync(folder, { recursive: true });
  const row = (what, name, goal) => `| ${what} | ${cpu[name].toFixed(0)} | ${(cpu[name] / cpu.floor).toFixed(2)} | ${goal} |`;
  return [
    "| command | CPU, ms | × `node -e 0` | goal |",
    "|---|---|---|---|",
    row("`node -e 0`", "floor", ""),
    row("`mlspec --version`", "version", ""),
    row("`mlspec compile`, the first after an installation", "first", ""),
    row("`mlspec compile`, no cache, no output", "cold", "4"),
    row("`mlspec check`, no cache", "check", ""),
    row("`mlspec compile`, one file changed", "warm", ""),
    row("`mlspec compile`, nothing changed", "same", "1.3"),
  ];
}

/** Least squares over the logarithms: the power with which time grows. */
function exponent(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (i) => logs.reduce((sum, pair) => sum + pair[i], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return logs.reduce((sum, pair) => sum + (pair[0] - x) * (pair[1] - y), 0) / logs.reduce((sum, pair) => sum + (pair[0] - x) ** 2, 0);
}

function growth() {
  const rows = SIZES.map((size) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(here, "lib", "growth.mjs"), String(size)], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  });
  const large = rows.filter(({ definitions }) => definitions >= 100);
  const of = (key) => exponent(large.map((row) => [row.definitions, row[key]])).toFixed(2);
  return [
    "| definitions | parse → analyze, ms | lower, ms | both, ms | floor, ms | × floor | checked after an edit, ms |",
    "|---|---|---|---|---|---|---|",
    ...rows.map(
      ({ definitions, analyze, lower, total, floor, edit }) =>
        `| ${definitions} | ${analyze.toFixed(1)} | ${lower.toFixed(1)} | ${total.toFixed(1)} | ${floor.toFixed(1)} | ${(total / floor).toFixed(1)} | ${edit.toFixed(1)} |`,
    ),
    "",
    `Growth from 100 to 10,000: n^${of("total")} (analyze n^${of("analyze")}, lower n^${of("lower")}, floor n^${of("floor")}); goal n^1.05.`,
  ];
}

const text = [
  "# How long one waits for the compiler",
  "",
  `Made by \`npm run bench -- startup --save\` with Node ${process.versions.node} on ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}. Compare ratios, not milliseconds.`,
  "",
  "## Whole commands",
  "",
  `\`examples/fraud_detection\`, both environments. User and system time of all threads, median of ${ROUNDS} rounds in which the commands take turns. But for the first after an installation, the engine's compiled code of the command is in the user's cache folder.`,
  "",
  ...startup(),
  "",
  "## Growth",
  "",
  "A made-up project (`bench/lib/project.mjs`), two environments, ten definitions in a file, nothing cached; CPU time. The floor reads the same files and parses them with the same YAML library. An edit changes one SQL query in a workspace that knows the rest.",
  "",
  ...growth(),
  "",
].join("\n");
console.log(text);
if (process.argv.includes("--save")) {
  mkdirSync(join(here, "results"), { recursive: true });
  writeFileSync(join(here, "results", "startup.md"), text);
}
