import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "mlspec-kill-"));
const bundle = join(scratch, "write.cjs");

beforeAll(() => {
  const entry = join(scratch, "entry.ts");
  const source = join(here, "..", "..", "..", "compiler", "src");
  writeFileSync(
    entry,
    `export * from ${JSON.stringify(join(source, "8-write", "index.ts"))};\nexport { createReporter } from ${JSON.stringify(join(source, "diagnostic.ts"))};\n`,
  );
  buildSync({ entryPoints: [entry], outfile: bundle, bundle: true, format: "cjs", platform: "node", logLevel: "error" });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function write(
  root: string,
  files: Readonly<Record<string, string>>,
  killAt: number,
): { readonly signal: string | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [join(here, "child.mjs"), bundle, root, JSON.stringify(files), String(killAt)], { encoding: "utf8" });
}

function tree(root: string): Readonly<Record<string, string>> {
  const folder = join(root, "generated", "local");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

test("a compiler killed at any side effect is made good by the next run", { timeout: 120_000 }, () => {
  const before = { "spark/a.py": "a\n", "spark/gone.py": "x\n", "same.txt": "s\n" };
  const after = { "spark/a.py": "A\n".repeat(5000), "spark/new/c.py": "c\n", "same.txt": "s\n" };
  const clean = mkdtempSync(join(scratch, "clean-"));
  expect(write(clean, after, -1).stderr).toBe("");
  const wanted = tree(clean);
  let kills = 0;
  for (let killAt = 0, killed = true; killed; killAt++) {
    const root = mkdtempSync(join(scratch, "run-"));
    write(root, before, -1);
    killed = write(root, after, killAt).signal === "SIGKILL";
    kills += killed ? 1 : 0;
    const again = write(root, after, -1);
    expect(JSON.parse(again.stdout), `killed at ${killAt}: ${again.stderr}`).toMatchObject({ diagnostics: [] });
    expect(tree(root), `killed at ${killAt}`).toEqual(wanted);
  }
  expect(kills).toBeGreaterThan(10);
});
