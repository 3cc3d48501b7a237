import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { check, parseStamp, take, type FileStat, type Stamp, type StampHost } from "../src/stamp/stamp.js";

const TAKEN = 1_000_000;
const question = { build: "b1", asked: ["compile", "-e", "local"] };

class Disk implements StampHost {
  readonly files = new Map<string, { text: string; mtime: number; ctime: number; inode: number }>();
  hashes = 0;

  write(path: string, text: string, mtime = TAKEN - 60_000, { ctime = mtime, inode = 1 } = {}): void {
    this.files.set(path, { text, mtime, ctime, inode });
  }
  stat(path: string): FileStat | undefined {
    const file = this.files.get(path);
    return file === undefined ? undefined : { size: file.text.length, mtime: file.mtime, ctime: file.ctime, inode: file.inode };
  }
  hash(path: string): string | undefined {
    this.hashes++;
    const file = this.files.get(path);
    return file === undefined ? undefined : createHash("sha256").update(file.text).digest("hex");
  }
  exists(path: string): boolean {
    return this.files.has(path);
  }
  list(glob: string): readonly string[] {
    return [...this.files.keys()].filter((path) => path.startsWith(glob.replace(/\*+$/, ""))).sort();
  }
}

function project(): { readonly disk: Disk; readonly stamp: Stamp } {
  const disk = new Disk();
  for (const path of [
    "mlspec.yaml",
    "specs/data.yaml",
    "sql/payments.sql",
    "src/model.py",
    "templates/dag.py.hbs",
    "emitters/images.mjs",
    "generated/local/spark/a.py",
  ])
    disk.write(path, `text of ${path}`);
  const inputs = ["mlspec.yaml", "specs/data.yaml", "sql/payments.sql", "src/model.py", "templates/dag.py.hbs", "emitters/images.mjs"];
  const listings = ["specs/*", "src/**"].map((glob) => ({ glob, paths: disk.list(glob) }));
  const answer = { exitCode: 1, stdout: "out\n", stderr: "warning\n" };
  const stamp = take(
    { ...question, taken: TAKEN, inputs, absent: ["requirements.txt"], listings, outputs: ["generated/local/spark/a.py"], answer },
    disk,
  );
  if (stamp === undefined) throw new Error("no stamp");
  disk.hashes = 0;
  return { disk, stamp };
}

const verdict = (stamp: Stamp, disk: Disk, asked = question): string => {
  const found = check(stamp, asked, { host: disk, now: TAKEN + 60_000 });
  return found.fresh ? "fresh" : found.reason;
};

test("nothing changed: the answer is told again, and no file is read", () => {
  const { disk, stamp } = project();
  expect(check(stamp, question, { host: disk, now: TAKEN + 60_000 })).toEqual({
    fresh: true,
    answer: { exitCode: 1, stdout: "out\n", stderr: "warning\n" },
  });
  expect(disk.hashes).toBe(0);
});

test.for([
  ["the spec", "mlspec.yaml"],
  ["an included file", "specs/data.yaml"],
  ["an SQL file", "sql/payments.sql"],
  ["the user's code", "src/model.py"],
  ["a template", "templates/dag.py.hbs"],
  ["a plugin", "emitters/images.mjs"],
  ["an output", "generated/local/spark/a.py"],
])("%s: an edit of equal length, and a removal, are seen", ([, path = ""]) => {
  const { disk, stamp } = project();
  disk.write(path, `TEXT of ${path}`, TAKEN + 1);
  expect(verdict(stamp, disk)).toBe(`${path} changed`);
  disk.files.delete(path);
  expect(verdict(stamp, disk)).toMatch(/is gone|lists other files/);
});

test("the listing of an include glob, and of the code", () => {
  const { disk, stamp } = project();
  disk.write("specs/more.yaml", "");
  expect(verdict(stamp, disk)).toBe("specs/* lists other files");
  disk.files.delete("specs/more.yaml");
  disk.write("src/util/x.py", "");
  expect(verdict(stamp, disk)).toBe("src/** lists other files");
});

test("a file that was looked for and was not there", () => {
  const { disk, stamp } = project();
  disk.write("requirements.txt", "numpy\n");
  expect(verdict(stamp, disk)).toBe("requirements.txt is new");
});

test("arguments, and the compiler's build", () => {
  const { disk, stamp } = project();
  expect(verdict(stamp, disk, { ...question, asked: ["compile"] })).toBe("other arguments");
  expect(verdict(stamp, disk, { ...question, build: "b2" })).toBe("another build of the compiler");
});

test("a touched file with the same bytes is no change, and its new time is kept", () => {
  const { disk, stamp } = project();
  disk.write("mlspec.yaml", "text of mlspec.yaml", TAKEN + 10);
  const found = check(stamp, question, { host: disk, now: TAKEN + 60_000 });
  if (!found.fresh || found.better === undefined) throw new Error("not refreshed");
  disk.hashes = 0;
  expect(verdict(found.better, disk)).toBe("fresh");
  expect(disk.hashes).toBe(0);
});

test("an edit within the clock's grain, with the same size and time, is seen", () => {
  const disk = new Disk();
  disk.write("mlspec.yaml", "a: 1", TAKEN - 1);
  const stamp = take(
    {
      ...question,
      taken: TAKEN,
      inputs: ["mlspec.yaml"],
      absent: [],
      listings: [],
      outputs: [],
      answer: { exitCode: 0, stdout: "", stderr: "" },
    },
    disk,
  );
  disk.write("mlspec.yaml", "a: 2", TAKEN - 1);
  expect(stamp === undefined ? "none" : verdict(stamp, disk)).toBe("mlspec.yaml changed");
});

test("no stamp is taken of an input that changed while the run went on", () => {
  const disk = new Disk();
  disk.write("mlspec.yaml", "a: 1", TAKEN + 5);
  expect(
    take(
      {
        ...question,
        taken: TAKEN,
        inputs: ["mlspec.yaml"],
        absent: [],
        listings: [],
        outputs: [],
        answer: { exitCode: 0, stdout: "", stderr: "" },
      },
      disk,
    ),
  ).toBeUndefined();
});

test.for([
  ["the inode's time", { ctime: TAKEN + 1 }],
  ["the inode", { inode: 2 }],
])("an edit that puts size and time back is seen by %s", ([, moved]) => {
  const { disk, stamp } = project();
  disk.write("mlspec.yaml", "TEXT of mlspec.yaml", TAKEN - 60_000, moved as { ctime?: number; inode?: number });
  expect(verdict(stamp, disk)).toBe("mlspec.yaml changed");
});

test("a stamp of another format is none", () => {
  const { stamp } = project();
  expect(parseStamp(JSON.stringify(stamp))).toEqual(stamp);
  expect(parseStamp(JSON.stringify({ ...stamp, format: 1 }))).toBeUndefined();
});
