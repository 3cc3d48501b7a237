// What the root scripts share. They run before anything is installed, so they use Node alone.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PNPM = "pnpm@12.21.0";

export const onCi = () => Boolean(process.env.CI) && process.env.CI !== "false";

export const say = (text) => process.stderr.write(`${text}\n`);

/** Ends the process with a sentence for a person, not a stack. */
export function stop(text, code = 1) {
  say(text);
  process.exit(code);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`mlspec needs Node 20.19 or newer; this is ${process.versions.node}. Install it: https://nodejs.org, or \`nvm install 20\`.`, 2);
}

export function requireGit() {
  if (spawnSync("git", ["--version"], { stdio: "ignore" }).status === 0) return;
  stop("git is missing. Install it: `apt-get install git`, `brew install git` or https://git-scm.com.", 2);
}

export function requirePython() {
  for (const name of ["python3", "python"])
    if (spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"], { stdio: "ignore" }).status === 0) return;
  stop("Python 3 is missing. Install it: `apt-get install python3 python3-venv`, `brew install python` or https://python.org.", 2);
}

/**
 * Runs a program with no standard input; resolves to its exit code and, with `capture`, what it wrote on both outputs.
 * With `quiet` nothing of what it says is shown, unless it fails; with `late` it is shown once it has ended.
 */
export function exec(command, args, { cwd = root, env, capture = false, quiet = false, late = false, shell = false } = {}) {
  const piped = capture || quiet || late;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      shell,
      stdio: ["ignore", piped ? "pipe" : "inherit", piped ? "pipe" : "inherit"],
    });
    const [chunks, said, all] = [[], [], []];
    const listen = (stream, kept, shown) =>
      stream?.on("data", (chunk) => {
        kept.push(chunk);
        if (quiet || late) all.push(chunk);
        else shown.write(chunk);
      });
    listen(child.stdout, chunks, process.stdout);
    listen(child.stderr, said, process.stderr);
    child.on("error", (error) => {
      say(`${command}: ${error.message}`);
      resolve({ code: 127, stdout: "", stderr: "" });
    });
    child.on("close", (code, signal) => {
      if (code !== 0 || late) process.stderr.write(Buffer.concat(all));
      const text = (kept) => Buffer.concat(kept).toString("utf8");
      resolve({ code: code ?? (signal ? 130 : 1), stdout: text(chunks), stderr: text(said) });
    });
  });
}

const windows = process.platform === "win32";

/** Runs a program of node_modules/.bin. */
export const bin = (name, args, options = {}) =>
  exec(windows ? `"${join(root, "node_modules", ".bin", `${name}.cmd`)}"` : join(root, "node_modules", ".bin", name), args, {
    ...options,
    shell: windows,
    env: {
      TURBO_TELEMETRY_DISABLED: "1",
      PATH: [join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
      ...options.env,
    },
  });

const STAMP = join(root, "node_modules", ".mlspec-installed");

const wanted = () => {
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "package.json", "pnpm-workspace.yaml"]) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
};

/** Installs node_modules when they are not those of the lockfile. */
export async function install() {
  requireNode();
  const stamp = wanted();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp) return;
  say("installing the Node packages of the workspace (250 MB, less than a minute)");
  const { code } = await exec("npx", ["-y", PNPM, "install", "--frozen-lockfile", "--reporter=append-only"], {
    shell: windows,
    env: { CI: "true" },
    quiet: true,
  });
  if (code !== 0) stop("the Node packages could not be installed; the lines above say why", code);
  writeFileSync(STAMP, stamp);
}

/** Compiles all packages; nothing is done where nothing changed. */
export async function build() {
  await install();
  const { code } = await bin("turbo", ["run", "build", "--output-logs=errors-only", "--log-order=grouped", "--no-update-notifier"], {
    quiet: true,
  });
  if (code !== 0) stop("the build failed", code);
}

export const seconds = (begin) => `${((Date.now() - begin) / 1000).toFixed(1)} s`;

/** Tests that try projects and queries by the thousand. They take as long as all others, so they run as a suite of their own, after the verdict. */
export const HUNTS = [
  "tests/cascades",
  "tests/corpus",
  "tests/determinism",
  "tests/growth",
  "tests/hostile",
  "tests/mutation",
  "tests/workspace",
];

/** Each test that failed, and each file that did not load, with the first lines of why. */
export function vitestFailures({ testResults }) {
  const why = (file, name, message) => [`${relative(root, file)} ${name}`.trim(), ...firstLines(message)].join("\n");
  return testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === "failed");
    if (failed.length > 0) return failed.map(({ fullName, failureMessages }) => why(file, fullName, failureMessages.join("\n")));
    return status === "failed" ? [why(file, "", message ?? "")] : [];
  });
}

/** Enough to tell what it is; all of it stands where it happened. */
export const firstLines = (text) => text.split("\n").filter((line) => line.trim() !== "").slice(0, 4); // prettier-ignore

/** Runs unit tests, and counts them. */
export async function vitest(args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), "mlspec-vitest-"));
  const report = join(folder, "report.json");
  try {
    const { code } = await bin("vitest", ["run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], { env });
    const json = JSON.parse(readFileSync(report, "utf8"));
    const failures = vitestFailures(json);
    // An error outside of a test has no test that failed, but the run has.
    if (code !== 0 && failures.length === 0) failures.push("an error outside of the tests, which is shown where they ran");
    return {
      passed: json.numPassedTests,
      // A file that does not load has no test that is counted.
      failed: failures.length,
      skipped: json.numPendingTests + (json.numTodoTests ?? 0),
      failures,
    };
  } catch (error) {
    say(`the unit tests gave no report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0, failures: ["the unit tests gave no report"] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
