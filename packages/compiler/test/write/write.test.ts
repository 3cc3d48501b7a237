import { expect, test } from "vitest";
import type { OutputFile } from "../../src/7-emit/emit.js";
import { apply, diffPlan, MANIFEST, parseManifest, plan, recover, STAGING } from "../../src/8-write/index.js";
import { createReporter, type Diagnostic } from "../../src/diagnostic.js";
import { sha256, utf8 } from "../../src/hash.js";
import { crashing, memoryHost, type MemoryHost } from "../../src/testing/memory-host.js";

const FOLDER = "generated/local";
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function outputs(texts: Readonly<Record<string, string>>): readonly OutputFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text, from: ["project"] }));
}

function compile(
  host: MemoryHost,
  texts: Readonly<Record<string, string>>,
  { force = false, version = "1.0.0" } = {},
): readonly Diagnostic[] {
  const reporter = createReporter();
  recover(host, FOLDER);
  const planned = plan({ host, folder: FOLDER, files: outputs(texts), version, force, reporter });
  if (reporter.diagnostics().length === 0) apply(host, planned);
  return reporter.diagnostics();
}

/** What is on disk below the output folder, without the manifest and the attributes. */
function tree(host: MemoryHost): Readonly<Record<string, string>> {
  const files = [...host.files].filter(([path]) => path.startsWith(`${FOLDER}/`) && !/manifest|gitattributes/.test(path));
  return Object.fromEntries(
    files.sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => [path.slice(FOLDER.length + 1), decode(bytes)]),
  );
}

test("a first run writes all files, the manifest last, and leaves no staging folder", () => {
  const host = memoryHost();
  expect(compile(host, { "spark/a.py": "a\n", "spark/b.py": "b\n" })).toEqual([]);
  expect(tree(host)).toEqual({ "spark/a.py": "a\n", "spark/b.py": "b\n" });
  expect(host.log.filter((entry) => entry.startsWith("rename")).at(-1)).toContain(MANIFEST);
  expect(decode(host.files.get(`${FOLDER}/${MANIFEST}`) ?? utf8(""))).toBe(
    `mlspec 1.0.0\n${sha256(decode(host.files.get(`${FOLDER}/.gitattributes`) ?? utf8("")))} .gitattributes project\n${sha256("a\n")} spark/a.py project\n${sha256("b\n")} spark/b.py project\n`,
  );
});

test("a second run with the same output has no side effect", () => {
  const host = memoryHost();
  compile(host, { "spark/a.py": "a\n" });
  host.log.length = 0;
  expect(compile(host, { "spark/a.py": "a\n" })).toEqual([]);
  expect(host.log).toEqual([]);
});

test("only what changed is written, and what is no longer made is removed with its empty folder", () => {
  const host = memoryHost();
  compile(host, { "spark/a.py": "a\n", "old/only.py": "x\n", "same/s.py": "s\n" });
  host.log.length = 0;
  compile(host, { "spark/a.py": "A\n", "same/s.py": "s\n" });
  expect(tree(host)).toEqual({ "same/s.py": "s\n", "spark/a.py": "A\n" });
  expect(host.log.join("\n")).not.toContain("same/s.py");
  expect(host.stat(`${FOLDER}/old`)).toBeUndefined();
});

test("a file edited by hand stops the run, and nothing is written; --force replaces it", () => {
  const host = memoryHost();
  compile(host, { "spark/a.py": "a\n", "spark/b.py": "b\n" });
  host.files.set(`${FOLDER}/spark/a.py`, utf8("mine\n"));
  expect(compile(host, { "spark/a.py": "A\n", "spark/b.py": "B\n" }).map(({ code, file }) => [code, file])).toEqual([
    ["output-edited", `${FOLDER}/spark/a.py`],
  ]);
  expect(tree(host)).toEqual({ "spark/a.py": "mine\n", "spark/b.py": "b\n" });
  expect(compile(host, { "spark/a.py": "A\n", "spark/b.py": "B\n" }, { force: true })).toEqual([]);
  expect(tree(host)).toEqual({ "spark/a.py": "A\n", "spark/b.py": "B\n" });
});

test("a stale file edited by hand is not removed", () => {
  const host = memoryHost();
  compile(host, { "spark/a.py": "a\n", "spark/b.py": "b\n" });
  host.files.set(`${FOLDER}/spark/b.py`, utf8("mine\n"));
  expect(compile(host, { "spark/a.py": "a\n" }).map(({ code }) => code)).toEqual(["output-edited"]);
  expect(tree(host)).toHaveProperty(["spark/b.py"], "mine\n");
});

test("a stranger's file is never replaced, not even by force, and never removed", () => {
  const host = memoryHost({ [`${FOLDER}/spark/a.py`]: "theirs\n", [`${FOLDER}/notes.txt`]: "notes\n" });
  expect(compile(host, { "spark/a.py": "a\n" }, { force: true }).map(({ code }) => code)).toEqual(["output-foreign"]);
  expect(compile(host, { "spark/b.py": "b\n" })).toEqual([]);
  expect(compile(host, {})).toEqual([]);
  expect(tree(host)).toEqual({ "spark/a.py": "theirs\n", "notes.txt": "notes\n" });
});

test("a manifest with a path twice or conflict markers is rebuilt", () => {
  const host = memoryHost();
  compile(host, { "spark/a.py": "a\n", "spark/b.py": "b\n" });
  const path = `${FOLDER}/${MANIFEST}`;
  const ours = decode(host.files.get(path) ?? utf8(""));
  const merged = `<<<<<<< HEAD\n${ours}=======\n${ours.replace("1.0.0", "1.1.0").replace(sha256("a\n"), sha256("other\n"))}>>>>>>> branch\n`;
  host.files.set(path, utf8(merged));
  host.files.set(`${FOLDER}/spark/a.py`, utf8("<<<<<<< HEAD\na\n=======\nother\n>>>>>>> branch\n"));
  expect(compile(host, { "spark/a.py": "a\n", "spark/b.py": "b\n" })).toEqual([]);
  expect(decode(host.files.get(path) ?? utf8(""))).toBe(ours);
  expect(tree(host)).toEqual({ "spark/a.py": "a\n", "spark/b.py": "b\n" });
});

test("a manifest names no file outside of its folder", () => {
  const host = memoryHost({
    "src/model.py": "mine\n",
    [`${FOLDER}/${MANIFEST}`]: `mlspec 1.0.0\n${sha256("mine\n")} ../../src/model.py project\n`,
  });
  compile(host, { "spark/a.py": "a\n" });
  expect(host.files.has("src/model.py")).toBe(true);
  expect(parseManifest(decode(host.files.get(`${FOLDER}/${MANIFEST}`) ?? utf8(""))).files.has("../../src/model.py")).toBe(false);
});

test("a file becomes a folder, and a folder a file", () => {
  const host = memoryHost();
  compile(host, { "spark/a": "file\n", "python/b/c": "deep\n" });
  expect(compile(host, { "spark/a/x": "x\n", "python/b": "flat\n" })).toEqual([]);
  expect(tree(host)).toEqual({ "python/b": "flat\n", "spark/a/x": "x\n" });
});

test("an empty folder in the place of a file is somebody else's", () => {
  const host = memoryHost();
  compile(host, { "spark/a.py": "a\n" });
  host.remove(`${FOLDER}/spark/a.py`);
  host.mkdir(`${FOLDER}/spark/a.py/inner`);
  expect(compile(host, { "spark/a.py": "a\n" }).map(({ code }) => code)).toEqual(["output-foreign"]);
});

test("after a crash at any step the next run leaves exactly the new output", () => {
  const before = { "spark/a.py": "a\n", "spark/b.py": "b\n", "spark/gone.py": "x\n" };
  const after = { "spark/a.py": "A\n", "spark/b.py": "b\n", "spark/new/c.py": "c\n" };
  let steps = 0;
  for (let nth = 0, crashes = true; crashes; nth++) {
    const host = memoryHost();
    compile(host, before);
    const reporter = createReporter();
    const planned = plan({ host, folder: FOLDER, files: outputs(after), version: "1.0.0", force: false, reporter });
    try {
      apply(crashing(host, nth), planned);
      crashes = false;
    } catch {
      steps++;
    }
    const outcome = recover(host, FOLDER);
    expect({ undone: [before], finished: [after], nothing: [before, after] }[outcome]).toContainEqual(tree(host));
    expect(compile(host, after), `crash at step ${nth}`).toEqual([]);
    expect(tree(host), `crash at step ${nth}`).toEqual(after);
    expect(host.stat(`${FOLDER}/${STAGING}`)).toBeUndefined();
  }
  expect(steps).toBeGreaterThan(10);
});

test("a crash during the recovery itself is recovered from", () => {
  for (let nth = 0; nth < 12; nth++) {
    const host = memoryHost();
    compile(host, { "spark/a.py": "a\n" });
    const planned = plan({
      host,
      folder: FOLDER,
      files: outputs({ "spark/a.py": "A\n", "spark/b.py": "B\n" }),
      version: "1.0.0",
      force: false,
      reporter: createReporter(),
    });
    expect(() => apply(crashing(host, 6), planned)).toThrow("crash");
    try {
      recover(crashing(host, nth), FOLDER);
    } catch {
      // The second crash: the next recovery is what is tested.
    }
    expect(compile(host, { "spark/a.py": "A\n", "spark/b.py": "B\n" }), `second crash at ${nth}`).toEqual([]);
    expect(tree(host)).toEqual({ "spark/a.py": "A\n", "spark/b.py": "B\n" });
  }
});

test("an edit made between the crash and the next run is seen, not lost", () => {
  const host = memoryHost();
  compile(host, { "spark/a.py": "a\n", "spark/b.py": "b\n" });
  const planned = plan({
    host,
    folder: FOLDER,
    files: outputs({ "spark/a.py": "A\n", "spark/b.py": "B\n" }),
    version: "1.0.0",
    force: false,
    reporter: createReporter(),
  });
  expect(() => apply(crashing(host, 7), planned)).toThrow("crash");
  expect(decode(host.files.get(`${FOLDER}/spark/b.py`) ?? utf8(""))).toBe("b\n");
  host.files.set(`${FOLDER}/spark/b.py`, utf8("mine\n"));
  expect(compile(host, { "spark/a.py": "A\n", "spark/b.py": "B\n" }).map(({ code }) => code)).toEqual(["output-edited"]);
  expect(tree(host)["spark/b.py"]).toBe("mine\n");
});

test("a diff shows what a compile would change", () => {
  const host = memoryHost();
  compile(host, { "a.txt": "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "b.txt": "gone\n" });
  const planned = plan({
    host,
    folder: FOLDER,
    files: outputs({ "a.txt": "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "c.txt": "new\n" }),
    version: "1.0.0",
    force: false,
    reporter: createReporter(),
  });
  expect(diffPlan(host, planned, decode)).toMatchInlineSnapshot(`
    "--- a/generated/local/b.txt
    +++ /dev/null
    @@ -1,1 +0,0 @@
    -gone
    --- a/generated/local/a.txt
    +++ b/generated/local/a.txt
    @@ -2,7 +2,7 @@
     2
     3
     4
    -5
    +five
     6
     7
     8
    --- /dev/null
    +++ b/generated/local/c.txt
    @@ -0,0 +1,1 @@
    +new
    "
  `);
});

test("a journal that came with somebody's pull request reaches no file outside of the output", () => {
  const host = memoryHost({ "secret.txt": "mine\n", "generated/other.txt": "other\n" });
  const staging = `${FOLDER}/${STAGING}`;
  host.mkdir(staging);
  host.write(`${staging}/0`, utf8("theirs\n"));
  const paths = ["../../secret.txt", "../other.txt", "/secret.txt", "spark/../../other.txt"];
  const lines = paths.flatMap((path) => [
    `remove ${sha256("mine\n")} ${path}`,
    `remove ${sha256("other\n")} ${path}`,
    `replace - 0 ${path}`,
  ]);
  host.write(`${staging}/journal`, utf8(["mlspec journal 1", ...lines, "end", ""].join("\n")));
  expect(recover(host, FOLDER)).toBe("finished");
  expect([...host.files].map(([path, bytes]) => [path, decode(bytes)])).toEqual([
    ["secret.txt", "mine\n"],
    ["generated/other.txt", "other\n"],
  ]);
});
