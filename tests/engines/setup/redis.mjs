// A Redis server of its own, thrown away afterwards. The program comes from the system: nothing on the package registries has it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aptInstall, findCommand, freePort, MissingTool } from "./lib.mjs";

async function ensureRedis() {
  if (findCommand("redis-server") === undefined) await aptInstall("Redis", "10 MB", "redis-server");
  const program = findCommand("redis-server");
  if (program === undefined) throw new MissingTool("Redis", "Install it: `apt-get install redis-server` or `brew install redis`");
  return program;
}

/** `{ port, password, stop }`. It keeps nothing on disk. `env` is what the server gets besides. */
export async function startRedis({ env, password = "who reads here" } = {}) {
  const program = await ensureRedis();
  const folder = mkdtempSync(join(tmpdir(), "mlspec-redis-"));
  const port = await freePort();
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", password];
  const server = spawn(program, [...settings, "--dir", folder], { stdio: "ignore", env: { ...process.env, ...env } });
  const ended = once(server, "exit");
  const cli = findCommand("redis-cli") ?? "redis-cli";
  const answers = () =>
    spawnSync(cli, ["-p", String(port), "ping"], { env: { ...process.env, REDISCLI_AUTH: password }, encoding: "utf8" }).stdout ===
    "PONG\n";
  const deadline = Date.now() + 30_000;
  while (!answers()) {
    if (Date.now() > deadline || server.exitCode !== null) throw new Error("redis-server does not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    password,
    stop: async () => {
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
