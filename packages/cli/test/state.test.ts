import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepSealed, readSealed } from "../src/state.js";
import { folder, put } from "./support.js";

let before: string | undefined;
beforeEach(() => {
  before = process.env["MLSPEC_CACHE"];
  process.env["MLSPEC_CACHE"] = folder();
});
afterEach(() => {
  if (before === undefined) delete process.env["MLSPEC_CACHE"];
  else process.env["MLSPEC_CACHE"] = before;
});

const keep = (project: string, name: string, text: string): void => keepSealed(project, name, { text, most: 3 });

test("what was kept is read back, and git is told to ignore it", () => {
  const project = folder();
  keep(project, "stamps/a", "é\u0000 text");
  expect(readSealed(project, "stamps/a")).toBe("é\u0000 text");
  expect(readSealed(project, "stamps/b")).toBeUndefined();
  expect(readFileSync(join(project, ".mlspec", ".gitignore"), "utf8")).toBe("*\n");
});

test("what was damaged in any way is not there", () => {
  const project = folder();
  const file = join(project, ".mlspec", "stamps", "a");
  keep(project, "stamps/a", "what was said ".repeat(20));
  const bytes = readFileSync(file);
  const at = fc.integer({ min: 0, max: bytes.length - 1 });
  const damaged = fc.oneof(
    fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([i, bits]) => bytes.map((byte, j) => (i === j ? byte ^ bits : byte))),
    at.map((i) => bytes.subarray(0, i)),
    fc
      .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 9 }))
      .map(([i, more]) => Buffer.concat([bytes.subarray(0, i), more, bytes.subarray(i)])),
    fc.uint8Array({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(damaged, (content) => {
      writeFileSync(file, content);
      expect(readSealed(project, "stamps/a") ?? "none").toBe(Buffer.compare(content, bytes) === 0 ? "what was said ".repeat(20) : "none");
    }),
    { numRuns: 500 },
  );
});

test("a folder that another machine has made is not believed", () => {
  const project = folder();
  keep(project, "stamps/a", "all is well");
  process.env["MLSPEC_CACHE"] = folder();
  expect(readSealed(project, "stamps/a")).toBeUndefined();
  keep(project, "stamps/a", "mine");
  expect(readSealed(project, "stamps/a")).toBe("mine");
});

test("the newest stay", () => {
  const project = folder();
  for (const name of ["a", "b", "c", "d", "e"]) keep(project, `stamps/${name}`, name);
  expect(readdirSync(join(project, ".mlspec", "stamps"))).toHaveLength(3);
  expect(readSealed(project, "stamps/e")).toBe("e");
});

test("where nothing can be kept, nothing is", () => {
  const project = folder();
  put(project, ".mlspec", "a file in the place of the folder");
  keep(project, "stamps/a", "text");
  expect(readSealed(project, "stamps/a")).toBeUndefined();
  const homeless = folder({ cache: "a file in the place of the folder" });
  process.env["MLSPEC_CACHE"] = join(homeless, "cache");
  keep(homeless, "stamps/a", "text");
  expect(existsSync(join(homeless, ".mlspec"))).toBe(false);
});
