// node bench/lib/growth.mjs DEFINITIONS: times parse → lower of a made-up project, and the floor below it, in a process of its own; prints JSON.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { analyze, compile, createWorkspace, lendSha256, memoryHost } from "../../packages/compiler/dist/index.js";
import { nativeSha256 } from "../../packages/cli/dist/tsc/host.js";
import { emitters, madeUpProject } from "./project.mjs";

const ofCompiler = createRequire(new URL("../../packages/compiler/package.json", import.meta.url));
const { parseAllDocuments } = ofCompiler("yaml");

lendSha256(nativeSha256);

/** Milliseconds of CPU that have been used: what else the machine does counts little. */
function clock() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Files in memory whose only glob is answered at once: how a disk lists is not what is measured. */
function hostOf(files) {
  const { read } = memoryHost(files);
  const listed = Object.keys(files)
    .filter((path) => path.startsWith("specs/"))
    .sort();
  return { read, list: (glob) => (glob === "specs/*.yaml" ? listed : []) };
}

/** parse → lower, from bytes in memory to the IR of both environments. */
function compiled(files) {
  const begin = clock();
  const project = analyze(hostOf(files));
  const analyzed = clock();
  const { environments, diagnostics } = compile(project, { emitters });
  const end = clock();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || environments.length !== 2) throw new Error(`the made-up project is wrong: ${JSON.stringify(errors[0])}`);
  return { total: end - begin, analyze: analyzed - begin, lower: end - analyzed };
}

/** Diagnostics after a change of one query, in a workspace that knows the rest. */
function edited(files, runs) {
  const workspace = createWorkspace(hostOf(files));
  workspace.diagnostics();
  const [path, text] = Object.entries(files).at(-1);
  return Array.from({ length: runs }, (_, i) => {
    const begin = clock();
    workspace.setFile(path, text.replace("amount > 1000)", `amount > 100${i + 1})`));
    workspace.diagnostics();
    const took = clock() - begin;
    if (workspace.computed().file !== 1 || workspace.computed().sql !== 1) throw new Error("more than the edit was computed");
    return took;
  });
}

/** What no compiler of YAML can do without: the same bytes read from disk and parsed by the same library. */
function floor(files) {
  const folder = mkdtempSync(join(tmpdir(), "mlspec-bench-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const begin = clock();
  let documents = 0;
  for (const path of Object.keys(files))
    documents += parseAllDocuments(readFileSync(join(folder, path), "utf8"), { uniqueKeys: false, prettyErrors: false }).length;
  const end = clock();
  rmSync(folder, { recursive: true });
  if (documents !== Object.keys(files).length) throw new Error("not every file was parsed");
  return end - begin;
}

const definitions = Number(process.argv[2]);
const files = madeUpProject(definitions);
// The engine's compilers have done their work before anything is timed: growth is asked, not warming up.
const warm = madeUpProject(100);
for (let i = 0; i < 3; i++) {
  compiled(warm);
  floor(warm);
}
const runs = definitions > 3000 ? 2 : 5;
const best = (times) => Math.min(...times);
const times = Array.from({ length: runs }, () => compiled(files)).sort((a, b) => a.total - b.total);
const floors = Array.from({ length: runs }, () => floor(files));
console.log(JSON.stringify({ definitions, ...times[0], edit: best(edited(files, runs)), floor: best(floors) }));
