// What every installer shares: the cache folder, one maker at a time, a marker that says "complete",
// and child processes whose output is shown only when they fail. Plain Node, no dependencies.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** Something that the person at the keyboard has to bring; `hint` is the command that brings it. */
export class MissingTool extends Error {
  constructor(what, hint) {
    super(`${what} is missing. ${hint}`);
    this.name = "MissingTool";
  }
}

export const cacheRoot = () => process.env.MLSPEC_CACHE || join(homedir(), ".cache", "mlspec");

export const shortHash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);

export const sha256File = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

export const say = (text) => process.stderr.write(`${text}\n`);

/** The first of these commands on PATH that answers with exit code 0, or undefined. */
export function findCommand(...names) {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const name of names)
    for (const folder of (process.env.PATH ?? "").split(delimiter))
      for (const suffix of suffixes) {
        const file = join(folder || ".", name + suffix);
        if (existsSync(file) && statSync(file).isFile()) return file;
      }
  return undefined;
}

/** Runs a command to its end. Its output is kept and becomes part of the error when it fails. */
export function exec(command, args, { env, cwd, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    if (input !== undefined) child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve({ stdout, stderr });
      else reject(new Error(`${[command, ...args].join(" ")}\nended with ${code}\n${(stderr + stdout).slice(-4000)}`));
    });
  });
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

const staleLock = (lock) => {
  try {
    return !alive(Number(readFileSync(lock, "utf8")));
  } catch {
    return false; // It went away between the two looks: try again.
  }
};

/** Holds `file` while `action` runs; others wait for it. A lock whose owner has died is taken over. */
export async function withLock(file, action) {
  let told = false;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (staleLock(file)) {
        rmSync(file, { force: true });
        continue;
      }
      if (!told) say(`  waiting for another process that holds ${file}`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

const MARKER = ".complete";

/**
 * Makes a folder of the cache once. It counts as made only when its marker is there, which is written last;
 * an interrupted attempt is thrown away. (No rename at the end: a venv's scripts hold its path.)
 */
export async function ensureFolder({ name, what, size, make }) {
  const root = cacheRoot();
  const folder = join(root, name);
  const marker = join(folder, MARKER);
  if (existsSync(marker)) return folder;
  mkdirSync(root, { recursive: true });
  await withLock(join(root, `${name}.lock`), async () => {
    if (existsSync(marker)) return;
    say(`installing ${what} (${size}) into ${folder}`);
    const begin = Date.now();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await make(folder);
    writeFileSync(marker, "");
    say(`  done in ${Math.round((Date.now() - begin) / 1000)} s`);
  });
  return folder;
}

/** True when a command runs and exits 0. */
export const answers = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** A port that nobody listens on. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Installs packages of the system where root may; else it is for people to do. */
export async function aptInstall(title, size, name) {
  if (process.getuid?.() !== 0 || !findCommand("apt-get")) return;
  say(`installing ${title} (${size}) by apt-get`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  mkdirSync(cacheRoot(), { recursive: true });
  // apt-get gives up where another one runs.
  await withLock(join(cacheRoot(), "apt.lock"), async () => {
    await exec("apt-get", ["update"], { env });
    await exec("apt-get", ["install", "--yes", "--no-install-recommends", ...name.split(" ")], { env });
  });
}
