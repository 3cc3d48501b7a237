import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const compiler = join(packages, "compiler");
const root = dirname(dirname(compiler));
const scratchRoot = join(root, "node_modules", ".cache", "mlspec-purity");
mkdirSync(scratchRoot, { recursive: true });
const scratch = mkdtempSync(join(scratchRoot, "run-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The diagnostics' codes of a snippet under the compiler package's own settings. */
const typeCheck = (name: string, text: string): readonly string[] => {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "snippet.ts"), text);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(compiler, "tsconfig.json"),
      compilerOptions: {
        noEmit: true,
        composite: false,
        rootDir: folder,
        typeRoots: [join(root, "node_modules", "@types")],
      },
      include: ["snippet.ts"],
      references: [],
    }),
  );
  const bin = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout, status } = spawnSync(process.execPath, [bin, "-p", folder, "--pretty", "false"], {
    encoding: "utf8",
  });
  const codes = [...stdout.matchAll(/error (TS\d+)/gu)].map(([, code]) => String(code));
  expect({ failed: status !== 0, stdout }).toEqual({ failed: codes.length > 0, stdout });
  return codes;
};

it("type-checks plain ECMAScript with the compiler's settings", () => {
  expect(typeCheck("plain", 'export const answer: number = new Map([["a", 1]]).get("a") ?? 0;\n')).toEqual([]);
});

it.each([
  ["fs", 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;\n'],
  ["fs-bare", 'import * as fs from "fs";\nexport const read = fs;\n'],
  ["process", "export const folder = process.cwd();\n"],
  ["buffer", 'export const bytes = Buffer.from("a");\n'],
  ["timer", "export const timer = setTimeout(() => undefined, 1);\n"],
  ["document", "export const title = document.title;\n"],
])("knows no %s in the compiler", (name, text) => {
  expect(typeCheck(name, text).length).toBeGreaterThan(0);
});

interface Import {
  readonly from: string;
  readonly typeOnly?: boolean;
  readonly to: string;
}

/** Every relative import of a package's sources, both ends relative to the source folder, with forward slashes. */
const importsOf = (source: string): readonly Import[] =>
  readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), "utf8");
      return [...text.matchAll(/^(?:import|export)\b[^;]*?from\s+"(\.[^"]+)"|import\("(\.[^"]+)"\)/gmu)].map((match) => ({
        from: file.split(sep).join("/"),
        typeOnly: /^(?:import|export) type\b/u.test(match[0]),
        to: relative(source, resolve(source, dirname(file), match[1] ?? match[2] ?? ""))
          .split(sep)
          .join("/"),
      }));
    });

/** `plan` compares what the phases make, so it comes after them all. */
const phase = (file: string): number => Number(/^(\d)-/u.exec(file.replace(/^plan\//u, "9-plan/"))?.[1] ?? Number.NaN);

/**
 * Imports that go from a phase to a later one, or from shared code into a phase. The root types may name a phase's
 * shapes (the IR holds expressions), which leaves nothing at run time; the package's index may import all.
 */
const wrongWay = (imports: readonly Import[]): readonly string[] =>
  imports
    .filter(({ from }) => !isFree(from))
    .filter(({ from, to, typeOnly }) => (Number.isNaN(phase(from)) ? !Number.isNaN(phase(to)) && !typeOnly : phase(to) > phase(from)))
    .map(({ from, to }) => `${from} → ${to}`);

/** Files at the root that put the phases together. */
const FREE: readonly string[] = [
  "index.ts",
  "compile.ts",
  "compile-code.ts",
  "compile-project.ts",
  "compile-targets.ts",
  "ask-policies.ts",
];
const isFree = (file: string): boolean => FREE.includes(file);

it("imports phases one way only", () => {
  const imports = importsOf(join(compiler, "src"));
  expect(imports.length).toBeGreaterThan(0);
  expect(wrongWay(imports)).toEqual([]);
  // Nothing is exempt that need not be.
  const free = new Set(
    imports.filter(({ from, to, typeOnly }) => isFree(from) && !typeOnly && !Number.isNaN(phase(to))).map(({ from }) => from),
  );
  expect([...free].sort()).toEqual([...FREE].sort());
});

it("sees an import that goes the wrong way", () => {
  expect(
    wrongWay([
      { from: "1-parse/a.ts", to: "3-resolve/b.js" },
      { from: "3-resolve/b.ts", to: "1-parse/a.js" },
      { from: "ir.ts", to: "5-lower/c.js" },
      { from: "5-lower/c.ts", to: "ir.js" },
    ]),
  ).toEqual(["1-parse/a.ts → 3-resolve/b.js", "ir.ts → 5-lower/c.js"]);
});

it("lets emitters share printers and semantics, and nothing of each other", () => {
  const emitters = new Set(["airflow", "spark", "python", "docker", "kubernetes"]);
  const folder = (file: string): string => file.split("/")[0] ?? "";
  const crossings = importsOf(join(packages, "emitters", "src")).filter(
    ({ from, to }) => emitters.has(folder(to)) && folder(from) !== folder(to) && from.includes("/"),
  );
  expect(crossings).toEqual([]);
});

it("names no package in the compiler but yaml, ajv and rfc6902", () => {
  const manifest: unknown = JSON.parse(readFileSync(join(compiler, "package.json"), "utf8"));
  expect(manifest).toHaveProperty("dependencies", { ajv: "8.20.0", rfc6902: "5.4.0", yaml: "2.9.1" });
});

it("names no registry, in the lockfile or elsewhere", () => {
  // Put together here, so that this file is not the one that is found.
  const hosts = ["registry npmjs org", "pypi org", "pythonhosted org", "repo1 maven org"].map((words) => words.split(" ").join("."));
  const found = spawnSync("git", ["grep", "-lF", ...hosts.flatMap((host) => ["-e", host])], {
    cwd: root,
    encoding: "utf8",
  });
  expect(found.stdout).toBe("");
  expect(execFileSync("git", ["ls-files", "pnpm-lock.yaml"], { cwd: root, encoding: "utf8" }).trim()).toBe("pnpm-lock.yaml");
});
