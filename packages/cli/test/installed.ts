/** The built command as it is installed, over a project of its own. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folder, put, type Said } from "./support.js";

const cli = fileURLToPath(new URL("..", import.meta.url));

/** Written by the whole command before it does anything, so that one sees whether it was loaded. */
const LOADED = "(whole command)\n";

export interface Place {
  readonly project: string;
  readonly dist: string;
  run(...argv: readonly string[]): Said & { readonly whole: boolean };
}

/** A project, and an installation of the command that says when it loads the compiler. */
export function place(files: Readonly<Record<string, string>> = FILES): Place {
  const home = folder();
  const project = join(home, "project");
  for (const [path, text] of Object.entries(files)) put(project, path, text);
  const dist = join(home, "cli", "dist");
  cpSync(join(cli, "dist"), dist, { recursive: true, filter: (path) => !path.includes(join("dist", "tsc")) });
  symlinkSync(join(cli, "node_modules"), join(home, "cli", "node_modules"));
  const app = join(dist, "app.cjs");
  const [bang = "", ...code] = readFileSync(app, "utf8").split("\n");
  writeFileSync(app, [bang, `process.stderr.write(${JSON.stringify(LOADED)});`, ...code].join("\n"));
  const env = { ...process.env, MLSPEC_CACHE: join(home, "cache"), NO_COLOR: "1" };
  return {
    project,
    dist,
    run: (...argv) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, "mlspec.cjs"), ...argv], {
        cwd: project,
        env,
        encoding: "utf8",
      });
      return { code: status ?? -1, stdout, stderr: stderr.replace(LOADED, ""), whole: stderr.includes(LOADED) };
    },
  };
}

export const SPEC = `mlspec: v1
project: shop
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", timezone: UTC, start: 2026-01-01 }
environments:
  local: { runtime: local }
  test: { runtime: local }
targets:
  spark: { version: "4.1" }
include: [specs/*.yaml]
code: [src/**, requirements.txt]
`;

export const source = (name: string): string => `sources:
  ${name}:
    files: { path: ./raw/${name}, format: parquet }
    key: id
    event_time: at
    columns: { id: string!, at: timestamp! }
`;

export const FILES = {
  "mlspec.yaml": SPEC,
  "specs/orders.yaml": `${source("orders")}transforms:
  paid:
    sql_file: sql/paid.sql
    as: table
    key: id
    event_time: at
    columns: { id: string!, at: timestamp! }
`,
  "sql/paid.sql": "SELECT id, at FROM orders\n",
  "src/shop/model.py": "print('a')\n",
};
