/** The kept answers end to end: whatever stands in the cache, the output is the same. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { place, type Place } from "./installed.js";
import { put } from "./support.js";

const answers = ({ project }: Place): string => join(project, ".mlspec", "cache", "answers");

/** All output, by path. */
function output({ project }: Place): Readonly<Record<string, string>> {
  const folder = join(project, "generated");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Compiles anew with the cache as it is: no stamp, no output. */
function compiled(made: Place): ReturnType<typeof output> {
  rmSync(join(made.project, "generated"), { recursive: true, force: true });
  rmSync(join(made.project, ".mlspec", "stamps"), { recursive: true, force: true });
  const said = made.run("compile");
  expect(said, said.stderr).toMatchObject({ code: 0, whole: true });
  return output(made);
}

test("absent, present, damaged, of another build: the same bytes, and a whole cache afterwards", { timeout: 120_000 }, () => {
  const made = place();
  const cold = compiled(made);
  expect(Object.keys(cold).length).toBeGreaterThan(10);
  const whole = readFileSync(answers(made));
  expect(compiled(made), "present").toEqual(cold);
  expect(readFileSync(answers(made)).equals(whole)).toBe(true);
  const at = fc.integer({ min: 0, max: whole.length - 1 });
  const damage = fc.oneof(
    fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([i, bits]) => whole.map((byte, j) => (i === j ? byte ^ bits : byte))),
    at.map((i) => whole.subarray(0, i)),
    fc.uint8Array({ maxLength: 300 }),
  );
  fc.assert(
    fc.property(damage, (bytes) => {
      writeFileSync(answers(made), bytes);
      expect(compiled(made)).toEqual(cold);
      expect(readFileSync(answers(made)).equals(whole)).toBe(true);
    }),
    { numRuns: 12 },
  );
  // Sealed by this machine, and right for another compiler: its answers say that the table is empty.
  const app = join(made.dist, "app.cjs");
  const code = readFileSync(app, "utf8");
  writeFileSync(app, `${code}\n// another build\n`);
  expect(compiled(made), "another build").toEqual(cold);
  expect(readFileSync(answers(made)).equals(whole)).toBe(false);
});

test("where the cache cannot be read or written, the output is the same", { timeout: 60_000 }, () => {
  const made = place();
  const cold = compiled(made);
  rmSync(join(made.project, ".mlspec"), { recursive: true });
  put(made.project, ".mlspec", "a file in the place of the folder");
  rmSync(join(made.project, "generated"), { recursive: true });
  expect(made.run("compile").code).toBe(0);
  expect(output(made)).toEqual(cold);
  rmSync(join(made.project, ".mlspec"));
  mkdirSync(answers(made), { recursive: true });
  expect(compiled(made), "a folder in the place of the file").toEqual(cold);
  rmSync(answers(made), { recursive: true });
  chmodSync(join(made.project, ".mlspec", "cache"), 0o500);
  expect(compiled(made), "a folder that cannot be written to").toEqual(cold);
  chmodSync(join(made.project, ".mlspec", "cache"), 0o700);
});

test("several at once answer alike, and leave a whole cache", { timeout: 60_000 }, async () => {
  const made = place();
  const cold = compiled(made);
  rmSync(join(made.project, ".mlspec"), { recursive: true });
  const env = { ...process.env, MLSPEC_CACHE: join(made.project, "..", "cache") };
  const check = (): Promise<number | null> =>
    new Promise((done) => spawn(process.execPath, [join(made.dist, "mlspec.cjs"), "check"], { cwd: made.project, env }).on("close", done));
  expect(await Promise.all([check(), check(), check(), check()])).toEqual([0, 0, 0, 0]);
  expect(readdirSync(join(made.project, ".mlspec", "cache"))).toEqual(["answers"]);
  expect(compiled(made)).toEqual(cold);
});

test("the engine's own code is kept in the user's folder, never in the project, and a damaged one is not run", { timeout: 60_000 }, () => {
  const made = place();
  const cold = compiled(made);
  const code = join(made.project, "..", "cache", "code");
  const [name = ""] = readdirSync(code);
  expect(readdirSync(join(made.project, ".mlspec")).sort()).toEqual([".gitignore", "cache", "stamps"]);
  const whole = readFileSync(join(code, name));
  for (const bytes of [whole.subarray(0, 1000), whole.map((byte, i) => (i % 1000 === 0 ? byte ^ 255 : byte)), Buffer.from("")]) {
    writeFileSync(join(code, name), bytes);
    expect(compiled(made)).toEqual(cold);
  }
  expect(readdirSync(code)).toEqual([name]);
});
