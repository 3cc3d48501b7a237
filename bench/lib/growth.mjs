// node bench/lib/growth.mjs DEFINITIONS: times parse → lower of a made-up project, and the floor below it, in a process of its own; prints JSON.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { analyze, compile, memoryHost } from "../../packages/compiler/dist/index.js";
import { openSqlParser, readSqlWasm } from "../../packages/cli/dist/tsc/sql/parser.js";
import { emitters, madeUpProject } from "./project.mjs";

const ofCompiler = createRequire(new URL("../../packages/compiler/package.json", import.meta.url));
const ofCli = createRequire(new URL("../../packages/cli/package.json", import.meta.url));
const { parseAllDocuments } = ofCompiler("yaml");

/** parse → lower, from bytes in memory to the IR of both environments. */
function compiled(files) {
  const host = memoryHost(files);
  const listed = [...host.files.keys()].filter((path) => path.startsWith("specs/")).sort();
  const sql = openSqlParser(() => readSqlWasm((id) => ofCli.resolve(id)));
  const begin = performance.now();
  const project = analyze({ read: host.read, list: (glob) => (glob === "specs/*.yaml" ? listed : []) }, sql);
  const analyzed = performance.now();
  const { environments, diagnostics } = compile(project, { emitters });
  const end = performance.now();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || environments.length !== 2) throw new Error(`the made-up project is wrong: ${JSON.stringify(errors[0])}`);
  return { total: end - begin, analyze: analyzed - begin, lower: end - analyzed };
}

/** What no compiler of YAML can do without: the same bytes read from disk and parsed by the same library. */
function floor(files) {
  const folder = mkdtempSync(join(tmpdir(), "mlspec-bench-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const begin = performance.now();
  let documents = 0;
  for (const path of Object.keys(files))
    documents += parseAllDocuments(readFileSync(join(folder, path), "utf8"), { uniqueKeys: false, prettyErrors: false }).length;
  const end = performance.now();
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
console.log(JSON.stringify({ definitions, ...times[0], floor: best(Array.from({ length: runs }, () => floor(files))) }));
