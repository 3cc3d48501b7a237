import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder = "";

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "mlspec scripts ")), "a clone with spaces");
  mkdirSync(folder);
  cpSync(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
  cpSync(join(root, "tests", "engines"), join(folder, "tests", "engines"), {
    recursive: true,
    filter: (source) => !/__pycache__|suite\.|\/data\//u.test(source),
  });
});

afterEach(() => rmSync(dirname(folder), { recursive: true, force: true }));

const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });

/** A suite of the copied runner that says this, prints these lines and ends with this code. */
const suite = (name: string, lines: readonly string[], code = 0, said = ""): void => {
  mkdirSync(join(folder, "tests", "engines", name), { recursive: true });
  const printed = lines.map((line) => `console.log(${JSON.stringify(line)});`).join("\n");
  const text = `process.stderr.write(${JSON.stringify(said)});\n${printed}\nprocess.exitCode = ${code};\n`;
  writeFileSync(join(folder, "tests", "engines", name, "suite.mjs"), text);
};

/** Runs suites without the build in front of them: the copy has no packages. */
const heardSuites = (names: readonly string[]): { readonly summaries: readonly unknown[]; readonly stderr: string } => {
  const driver = join(folder, "driver.mjs");
  writeFileSync(
    driver,
    `import { runSuites } from "./tests/engines/run.mjs";
const summaries = await runSuites(${JSON.stringify(names)});
console.log(JSON.stringify(summaries));\n`,
  );
  const { stdout, stderr } = node([driver]);
  return { summaries: JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "null"), stderr };
};

const runSuites = (names: readonly string[]): readonly unknown[] => heardSuites(names).summaries;

it("adds up suites in a folder with spaces", () => {
  suite("good", ["talk", '{"suite":"good","passed":3,"failed":0}']);
  expect(runSuites(["good"])).toEqual([{ suite: "good", passed: 3, failed: 0, skipped: 0, failures: [] }]);
});

it("keeps what failed, to be said again at the end", () => {
  suite(
    "two",
    ['{"suite":"two","passed":2,"failed":2}'],
    1,
    "ok   one\nFAIL two\nwanted 1\ngot 2\n\nmore\nand more\nok   three\nFAIL four: 4\n",
  );
  suite("silent", ['{"suite":"silent","passed":2,"failed":1}'], 1);
  expect(runSuites(["two", "silent"])).toMatchObject([{ failures: ["two\nwanted 1\ngot 2\nmore", "four: 4"] }, { failures: ["1 failed"] }]);
});

it("tells a unit test that failed by its file, its name and the first lines of why", () => {
  const report = {
    testResults: [
      { name: join(root, "a.test.ts"), status: "passed", assertionResults: [{ status: "passed", fullName: "fine" }] },
      {
        name: join(root, "b.test.ts"),
        status: "failed",
        assertionResults: [{ status: "failed", fullName: "adds up", failureMessages: ["Error: 1\n at x"] }],
      },
      { name: join(root, "c.test.ts"), status: "failed", message: "no such module", assertionResults: [] },
    ],
  };
  const driver = join(folder, "failures.mjs");
  writeFileSync(
    driver,
    `import { vitestFailures } from ${JSON.stringify(pathToFileURL(join(root, "scripts", "lib.mjs")).href)};
console.log(JSON.stringify(vitestFailures(${JSON.stringify(report)})));\n`,
  );
  expect(JSON.parse(node([driver]).stdout)).toEqual(["b.test.ts adds up\nError: 1\n at x", "c.test.ts\nno such module"]);
});

it("takes a crash, a missing summary and a run of no tests for failures", () => {
  suite("crash", ['{"suite":"crash","passed":3,"failed":0}'], 1);
  suite("mute", ["no summary here"]);
  suite("empty", ['{"suite":"empty","passed":0,"failed":0}']);
  expect(runSuites(["crash", "mute", "empty"])).toMatchObject([
    { failed: 1, reason: "exit code 1" },
    { failed: 1, reason: "no summary, exit code 0" },
    { failed: 1, reason: "it ran no test" },
  ]);
});

/** A suite that says a line, goes on once `other` has begun, and says another. */
const meeting = (name: string, other: string): void => {
  const at = join(folder, "tests", "engines", name);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "suite.json"), JSON.stringify({ title: name, size: "nothing", minutes: 1, beside: true }));
  writeFileSync(
    join(at, "suite.mjs"),
    `import { existsSync, writeFileSync } from "node:fs";
writeFileSync(new URL("begun", import.meta.url), "");
console.error("${name} begins");
const met = () => existsSync(new URL("../${other}/begun", import.meta.url));
for (const end = Date.now() + 20_000; !met() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 10));
console.error("${name} ends");
console.log(JSON.stringify({ suite: "${name}", passed: met() ? 1 : 0, failed: met() ? 0 : 1 }));\n`,
  );
};

it("runs suites at the same time where they say that they may, and shows what each says in one piece", () => {
  meeting("left", "right");
  meeting("right", "left");
  const { summaries, stderr } = heardSuites(["left", "right"]);
  expect(summaries).toMatchObject([
    { suite: "left", passed: 1, failed: 0 },
    { suite: "right", passed: 1, failed: 0 },
  ]);
  for (const name of ["left", "right"]) expect(stderr).toContain(`${name} begins\n${name} ends\n`);
});

it("runs no suite beside one that is to be alone", () => {
  const driver = `import { turns } from "./tests/engines/run.mjs";
console.log(JSON.stringify(turns(["a1", "b1", "b2", "b3", "a2", "b4"], (name) => name.startsWith("b"))));\n`;
  writeFileSync(join(folder, "driver.mjs"), driver);
  const turns: unknown = JSON.parse(node([join(folder, "driver.mjs")]).stdout);
  expect(turns).toEqual([["a1"], ["b1", "b2", "b3"], ["a2"], ["b4"]]);
});

it("names what is missing and the command that brings it", () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, "node"));
  const { status, stderr } = node([join("scripts", "demo.mjs")], { PATH: bin });
  expect(status).toBe(2);
  expect(stderr).toContain("git is missing. Install it: `apt-get install git`");
  expect(stderr).not.toContain("    at ");
});

it("keeps an interrupted installation from being taken for a complete one", () => {
  const driver = join(folder, "install.mjs");
  writeFileSync(
    driver,
    `import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureFolder } from "./tests/engines/setup/lib.mjs";
await ensureFolder({ name: "thing", what: "a thing", size: "1 KB", make: async (target) => {
  writeFileSync(join(target, process.argv[2]), "");
  if (process.argv[2] === "half") process.exit(9);
} });\n`,
  );
  const cache = join(folder, "a cache");
  expect(node([driver, "half"], { MLSPEC_CACHE: cache }).status).toBe(9);
  expect(existsSync(join(cache, "thing", "half"))).toBe(true);
  expect(node([driver, "whole"], { MLSPEC_CACHE: cache }).status).toBe(0);
  expect(existsSync(join(cache, "thing", "half"))).toBe(false);
  expect(existsSync(join(cache, "thing", "whole"))).toBe(true);
  expect(existsSync(join(cache, "thing.lock"))).toBe(false);
});

it("lets one of two makers work while the other waits for it", async () => {
  const driver = join(folder, "both.mjs");
  writeFileSync(
    driver,
    `import { appendFileSync } from "node:fs";
import { ensureFolder } from "./tests/engines/setup/lib.mjs";
await Promise.all([1, 2, 3].map(() => ensureFolder({ name: "thing", what: "a thing", size: "1 KB", make: async () => appendFileSync("made", "x") })));\n`,
  );
  const { status } = node([driver], { MLSPEC_CACHE: join(folder, "cache") });
  expect(status).toBe(0);
  expect(readFileSync(join(folder, "made"), "utf8")).toBe("x");
});

it("what the demo shows is in the files that it shows", () => {
  const calls = [
    ...readFileSync(join(root, "scripts", "demo.mjs"), "utf8").matchAll(/excerpt\("([^"]+)", (?:"([^"]+)"|'([^']+)'), "([^"]+)"\);/g),
  ];
  expect(calls.length).toBe(3);
  for (const [, file = "", double, single, after = ""] of calls) {
    const folder = file.startsWith("generated/") ? "tests/golden/__output__/fraud_detection" : "examples/fraud_detection";
    const lines = readFileSync(join(root, folder, file), "utf8").split("\n");
    const begin = lines.findIndex((line) => line.includes(double ?? single ?? ""));
    expect(begin, `${file} has its first line`).toBeGreaterThan(-1);
    expect(
      lines.slice(begin + 1).some((line) => line.trim().startsWith(after)),
      `${file} has the line after`,
    ).toBe(true);
  }
});
