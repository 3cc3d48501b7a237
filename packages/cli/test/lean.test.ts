/** The stamp end to end: the built command, as it is installed. Whatever a run depends on is changed, and the next run must see it. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtinTemplates } from "@mlspec/emitters";
import { expect, test } from "vitest";
import { FILES, place, source, SPEC, type Place } from "./installed.js";
import { put } from "./support.js";

/** Compiled, and asked again: the answer is told without the compiler. */
function settled(files?: Readonly<Record<string, string>>): Place {
  const made = place(files);
  const first = made.run("compile");
  expect(first, first.stderr).toMatchObject({ code: 0, whole: true });
  expect(made.run("compile")).toMatchObject({ code: 0, whole: false });
  return made;
}

function edit(project: string, path: string, change: (text: string) => string): void {
  const text = readFileSync(join(project, path), "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(join(project, path), change(text));
}

const OUTPUT = "generated/local/spark";
const anOutput = (project: string): string =>
  `${OUTPUT}/${readdirSync(join(project, OUTPUT), { recursive: true, encoding: "utf8" }).find((path) => path.endsWith(".py")) ?? "none"}`;

const changes: readonly (readonly [string, (place: Place) => void])[] = [
  ["the spec", ({ project }) => edit(project, "mlspec.yaml", (text) => text.replace("0 2 * * *", "0 3 * * *"))],
  ["an included file", ({ project }) => edit(project, "specs/orders.yaml", (text) => text.replace("raw/orders", "raw/ORDERS"))],
  ["a new file that a glob of include matches", ({ project }) => put(project, "specs/refunds.yaml", source("refunds"))],
  ["a file that it no longer matches", ({ project }) => rmSync(join(project, "specs/refunds.yaml"))],
  ["an SQL file", ({ project }) => edit(project, "sql/paid.sql", (text) => text.replace("orders", "orders WHERE id <> ''"))],
  ["the user's code", ({ project }) => edit(project, "src/shop/model.py", (text) => text.replace("'a'", "'b'"))],
  ["a template", ({ project }) => edit(project, "templates/transform.py.hbs", (text) => `${text}# of our own\n`)],
  ["a new file of code", ({ project }) => put(project, "src/shop/more.py", "")],
  ["a removed file of code", ({ project }) => rmSync(join(project, "src/shop/model.py"))],
  ["a file of code that was looked for", ({ project }) => put(project, "requirements.txt", "numpy\n")],
  ["another build of the compiler", ({ dist }) => appendFileSync(join(dist, "app.cjs"), "\n// another build\n")],
  ["a deleted output", ({ project }) => rmSync(join(project, anOutput(project)))],
  ["a deleted manifest", ({ project }) => rmSync(join(project, "generated/local/.mlspec-manifest"))],
  ["what an interrupted write has left", ({ project }) => put(project, "generated/local/.mlspec-write/0", "half")],
];

test("whatever a run depends on is changed: the compiler runs again", { timeout: 120_000 }, () => {
  const template = builtinTemplates.get("spark/transform.py")?.text ?? "";
  const made = settled({
    ...FILES,
    "mlspec.yaml": `${SPEC}templates: { spark/transform.py: templates/transform.py.hbs }\n`,
    "templates/transform.py.hbs": template,
  });
  for (const [what, change] of changes) {
    change(made);
    expect(made.run("compile"), what).toMatchObject({ code: 0, whole: true });
  }
  expect(made.run("compile")).toMatchObject({ code: 0, whole: false });
  const output = join(made.project, anOutput(made.project));
  rmSync(output);
  mkdirSync(output);
  expect(made.run("compile"), "an output that is no file any more").toMatchObject({ code: 1, whole: true });
});

test("an output edited by hand is noticed, and reported each time", { timeout: 60_000 }, () => {
  const made = settled();
  edit(made.project, anOutput(made.project), (text) => `${text}# mine\n`);
  const first = made.run("compile");
  expect(first).toMatchObject({ code: 1, whole: true });
  expect(first.stderr).toContain("output-edited");
  expect(made.run("compile")).toMatchObject({ code: 1, whole: true, stderr: first.stderr });
  expect(made.run("compile", "--check")).toMatchObject({ code: 1, whole: true });
});

test("a stranger in the output folder is left alone, and costs nothing", { timeout: 60_000 }, () => {
  const made = settled();
  put(made.project, `${OUTPUT}/notes.txt`, "a stranger's");
  expect(made.run("compile").code).toBe(0);
  expect(readFileSync(join(made.project, OUTPUT, "notes.txt"), "utf8")).toBe("a stranger's");
});

test("other arguments are another question, with an answer of its own", { timeout: 120_000 }, () => {
  const made = settled();
  for (const argv of [
    ["compile", "-e", "test"],
    ["compile", "--out", "elsewhere"],
    ["check"],
    ["compile", "--check"],
    ["check", "--format", "json"],
  ]) {
    expect(made.run(...argv), argv.join(" ")).toMatchObject({ code: 0, whole: true });
    expect(made.run(...argv), argv.join(" ")).toMatchObject({ code: 0, whole: false });
  }
  edit(made.project, "specs/orders.yaml", (text) => text.replace("raw/orders", "raw/ORDERS"));
  expect(made.run("compile", "--check"), "stale output").toMatchObject({ code: 1, whole: true });
});

test("equal bytes are no change: touched, saved anew, put back", { timeout: 60_000 }, () => {
  const made = settled();
  const file = join(made.project, "specs/orders.yaml");
  const text = readFileSync(file);
  utimesSync(file, new Date(), new Date());
  expect(made.run("compile"), "touched").toMatchObject({ code: 0, whole: false });
  rmSync(file);
  writeFileSync(file, text);
  expect(made.run("compile"), "another inode").toMatchObject({ code: 0, whole: false });
  const output = readFileSync(join(made.project, anOutput(made.project)));
  writeFileSync(join(made.project, anOutput(made.project)), output);
  expect(made.run("compile"), "an output").toMatchObject({ code: 0, whole: false });
});

test("an edit of equal length that puts the time back is noticed", { timeout: 60_000 }, async () => {
  const made = place();
  const file = join(made.project, "sql/paid.sql");
  // Older than what is hashed because the clock could not tell: what is left are the facts of the inode.
  while (Date.now() < statSync(file).ctimeMs + 2500) await new Promise((done) => setTimeout(done, 100));
  expect(made.run("compile").code).toBe(0);
  const { atime, mtime } = statSync(file);
  edit(made.project, "sql/paid.sql", (text) => text.replace("id, at", "at, id"));
  utimesSync(file, atime, mtime);
  expect(statSync(file).mtime).toEqual(mtime);
  expect(made.run("compile").whole).toBe(true);
});

test("warnings, JSON and exit codes are told again, byte for byte", { timeout: 60_000 }, () => {
  const made = place({ ...FILES, "specs/refunds.yaml": source("refunds") });
  const warned = made.run("check");
  expect(warned.stderr).toContain("unused-definition");
  expect(made.run("check")).toEqual({ ...warned, whole: false });
  const json = made.run("check", "--format", "json");
  expect(json.stdout).toContain("unused-definition");
  expect(made.run("check", "--format", "json")).toEqual({ ...json, whole: false });
  edit(made.project, "specs/refunds.yaml", (text) => text.replace("key: id", "key: nothing"));
  const failed = made.run("compile");
  expect(failed).toMatchObject({ code: 1, whole: true });
  expect(made.run("compile")).toEqual({ ...failed, whole: false });
  expect(existsSync(join(made.project, "generated"))).toBe(false);
});

const PLUGIN = `export const emitter = {
  name: "notes", needs: [], provide: () => ({}),
  emit: () => ({ files: [{ path: "note.txt", text: "one\\n", from: ["project"] }] }),
};
`;

test("a project's own emitter is code whose reads nobody knows: it is asked each time", { timeout: 60_000 }, () => {
  const targets = SPEC.replace("targets:\n", "targets:\n  ./emitters/notes.mjs: {}\n  mlspec-notes: {}\n").replace(
    "  test: { runtime: local }\n",
    "",
  );
  const made = place({
    ...FILES,
    "mlspec.yaml": targets,
    "emitters/notes.mjs": PLUGIN,
    "node_modules/mlspec-notes/package.json": JSON.stringify({ name: "mlspec-notes", version: "1.0.0", main: "index.mjs" }),
    "node_modules/mlspec-notes/index.mjs": PLUGIN.replace('"notes"', '"packaged"'),
    "node_modules/mlspec-notes/other.mjs": PLUGIN.replace('"notes"', '"packaged"').replace("one", "two"),
  });
  const said = (name: string): string => readFileSync(join(made.project, "generated/local", name, "note.txt"), "utf8");
  const first = made.run("compile");
  expect(first, first.stderr).toMatchObject({ code: 0, whole: true });
  edit(made.project, "emitters/notes.mjs", (text) => text.replace("one", "two"));
  expect(made.run("compile")).toMatchObject({ code: 0, whole: true });
  expect([said("notes"), said("packaged")]).toEqual(["two\n", "one\n"]);
  edit(made.project, "node_modules/mlspec-notes/package.json", (text) => text.replace("1.0.0", "2.0.0").replace("index.mjs", "other.mjs"));
  expect(made.run("compile")).toMatchObject({ code: 0, whole: true });
  expect(said("packaged")).toBe("two\n");
});

test("a stamp that another machine has made, or that was damaged, answers nothing", { timeout: 60_000 }, () => {
  const made = settled();
  const stamps = join(made.project, ".mlspec", "stamps");
  for (const name of readdirSync(stamps)) edit(stamps, name, (text) => text.replace("nothing has changed", "all is very well"));
  expect(made.run("compile")).toMatchObject({ code: 0, whole: true });
  expect(made.run("compile").stderr).toContain("nothing has changed");
});
