// Bundles the command. Every src/entry/<name>.ts becomes dist/<name>.cjs; one entry loads another
// at run time by `require("./<name>.cjs")`, so a lean entry (src/entry/mlspec.ts) can answer before the
// compiler is read from disk.
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const entries = join(here, "src", "entry");
if (!existsSync(entries)) {
  console.error("packages/cli: no src/entry folder, nothing to bundle");
  process.exit(0);
}
const names = readdirSync(entries)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .sort();
await build({
  absWorkingDir: here,
  entryPoints: names.map((name) => ({ in: join(entries, `${name}.ts`), out: name })),
  outdir: join(here, "dist"),
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  external: ["./*.cjs"],
  banner: { js: "#!/usr/bin/env node" },
  define: { MLSPEC_VERSION: JSON.stringify(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).version) },
  logLevel: "warning",
});
// What `mlspec run` installs with, as a file of its own: it is read only when something has to be run.
await build({
  absWorkingDir: here,
  entryPoints: [{ in: join(here, "..", "..", "tests", "engines", "setup", "run.mjs"), out: "setup" }],
  outdir: join(here, "dist"),
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  legalComments: "none",
  logLevel: "warning",
});
chmodSync(join(here, "dist", "mlspec.cjs"), 0o755);
// A package cannot reach outside its folder: the starters of `mlspec init` and the pages of codes go with it.
for (const [name, from] of [
  ["init", "templates/init"],
  ["pages", "docs/diagnostics"],
]) {
  rmSync(join(here, "dist", name), { recursive: true, force: true });
  cpSync(join(here, "..", "..", from), join(here, "dist", name), { recursive: true });
}
