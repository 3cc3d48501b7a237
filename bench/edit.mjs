// npm run bench -- edit [--save]: how long an editor waits for diagnostics after an edit. `--save` writes bench/results/edit.md.
//
// In a workspace that knows a made-up project: a file's text is set, diagnostics are asked for. Edits take turns, each in another file, and
// each is taken back, which is an edit like any other: what was there before is not what the last edit left.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createWorkspace, memoryHost } from "../packages/compiler/dist/index.js";
import { madeUpProject } from "./lib/project.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const SIZES = [100, 1000, 10_000];
const ROUNDS = 8;
/** What may be waited for, at the 95th percentile, and as a share of a cold check. */
const GOAL = { p95: 50, share: 0.15 };

/** What is typed, from → to, and the code of the mistake that it is, if it is one. */
const EDITS = [
  ["a comment", "sources:", "# A comment.\nsources:"],
  ["a description", "Large events abroad.", "Large events elsewhere."],
  ["a query's condition", "amount > 1000)", "amount > 1001)"],
  ["a new column of a query", "country, created_at, received_at\n", "country, upper(country) AS land, created_at, received_at\n", "column-not-declared"],
  ["a wrong column in a query", "WHERE country <> 'FR'", "WHERE contry <> 'FR'", "sql-unresolved-column"],
  ["the type of a source's column", "amount: double", "amount: float"],
  ["a feature's aggregate", "largest: max(amount) over 7d", "largest: min(amount) over 7d"],
  ["a wrong name of a feature", "_abroad_velocity.largest_7d", "_abroad_velocity.largest_8d", "unknown-column"],
  ["a model's parameter", "max_iter: 200", "max_iter: 100"],
  ["a key that is not finished", "    gate: [", "    gat\n    gate: [", undefined],
]; // prettier-ignore

/** Files in memory whose only glob is answered at once: how a disk lists is not what is measured. */
function hostOf(files) {
  const { read } = memoryHost(files);
  const listed = Object.keys(files)
    .filter((path) => path.startsWith("specs/"))
    .sort();
  return { read, list: (glob) => (glob === "specs/*.yaml" ? listed : []) };
}

function timed(action) {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const value = action();
  const clock = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  return { value, clock, cpu: (user + system) / 1000 };
}

function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

/** All that is measured of a project of a size. */
function measured(definitions) {
  const files = madeUpProject(definitions);
  const workspace = createWorkspace(hostOf(files));
  const cold = timed(() => workspace.diagnostics());
  if (cold.value.length > 0) throw new Error(`the made-up project is wrong: ${JSON.stringify(cold.value[0])}`);
  const paths = Object.keys(files).filter((path) => path.startsWith("specs/"));
  const edits = [];
  const edit = (name, path, text) => {
    const { value, clock, cpu } = timed(() => {
      workspace.setFile(path, text);
      return workspace.diagnostics();
    });
    edits.push({ name, clock, cpu });
    return value;
  };
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, [name, from, to, code]] of EDITS.entries()) {
      // Files from all over the project.
      const path = paths[((round * EDITS.length + index) * 7919) % paths.length];
      if (!files[path].includes(from)) throw new Error(`${path} has no ${from}`);
      const told = edit(name, path, files[path].replace(from, to));
      if (code !== undefined && !told.some((one) => one.code === code && one.file === path))
        throw new Error(`${code} is not told after ${name}: ${JSON.stringify(told[0])}`);
      if (edit(`${name}, taken back`, path, files[path]).length > 0) throw new Error(`${name} cannot be taken back`);
    }
  return { definitions, cold, edits };
}

function row({ definitions, cold, edits }) {
  const [clock, cpu] = ["clock", "cpu"].map((key) => edits.map((one) => one[key]));
  const numbers = [percentile(clock, 0.5), percentile(clock, 0.95), percentile(cpu, 0.5), percentile(cpu, 0.95)];
  return `| ${definitions} | ${cold.clock.toFixed(0)} | ${numbers.map((ms) => ms.toFixed(1)).join(" | ")} | ${((percentile(clock, 0.95) / cold.clock) * 100).toFixed(1)} % |`;
}

/** Which edits cost what, in the largest project. */
function kinds({ edits }) {
  return EDITS.map(([name]) => {
    const times = edits.filter((one) => one.name.startsWith(name)).map(({ cpu }) => cpu);
    return `| ${name} | ${percentile(times, 0.5).toFixed(1)} | ${percentile(times, 0.95).toFixed(1)} |`;
  });
}

// The engine's compilers have done their work before anything is timed.
measured(100);
const sizes = process.argv.slice(2).flatMap((word) => (/^\d+$/.test(word) ? [Number(word)] : []));
const results = (sizes.length > 0 ? sizes : SIZES).map(measured);
const text = [
  "# How long an editor waits for diagnostics after an edit",
  "",
  `Made by \`npm run bench -- edit --save\` with Node ${process.versions.node} on ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}. Compare ratios, not milliseconds.`,
  "",
  `A made-up project (\`bench/lib/project.mjs\`), two environments, ten definitions in a file. ${ROUNDS} rounds of ${EDITS.length} edits, each in another file and each taken back; CPU is that of all threads, the engine's own too. The load was ${loadavg()[0].toFixed(0)}: where that is more than there are cores, the clock tells of what else ran, and p95 of CPU is the figure to hold to the goal.`,
  "",
  "| definitions | cold, ms | after an edit, p50, ms | p95, ms | CPU p50, ms | CPU p95, ms | p95 of cold |",
  "|---|---|---|---|---|---|---|",
  ...results.map(row),
  "",
  `Goal: p95 of ${GOAL.p95} ms at 10,000 definitions, and ${GOAL.share * 100} % of cold.`,
  "",
  `## Which edits, at ${results.at(-1).definitions} definitions`,
  "",
  "| edit | CPU p50, ms | CPU p95, ms |",
  "|---|---|---|",
  ...kinds(results.at(-1)),
  "",
].join("\n");
console.log(text);
if (process.argv.includes("--save")) {
  mkdirSync(join(root, "bench", "results"), { recursive: true });
  writeFileSync(join(root, "bench", "results", "edit.md"), text);
}
