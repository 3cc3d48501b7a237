/** A project as a commit has it, read by git alone: no work tree is touched, and nothing is fetched. */
import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { globMatcher, type Host } from "@mlspec/compiler";
import { UsageError } from "../args.js";
import { SKIPPED } from "../glob-list.js";

export interface Commit {
  readonly sha: string;
  /** The top folder of the work tree. */
  readonly top: string;
  /** How a person calls it. */
  readonly name: string;
}

/** What is compared with where nothing is asked for: where the branch left the default branch, or on that branch HEAD. */
export function commitOf(folder: string, asked: string | undefined): Commit {
  const top = git(folder, ["rev-parse", "--show-toplevel"]);
  if (top === undefined) throw new UsageError(`${folder} is not in a git repository. Compare two folders: --from-folder DIR`);
  if (asked !== undefined) return named(folder, top, asked);
  if (git(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]) === undefined)
    throw new UsageError("there is no commit yet to compare with. Compare two folders: --from-folder DIR");
  const branch = defaultBranch(folder);
  const base = branch === undefined ? undefined : git(folder, ["merge-base", "HEAD", branch]);
  if (branch !== undefined && base === undefined && isShallow(folder))
    throw new UsageError(
      `this is a shallow clone: where HEAD left ${branch} is not in it. ${DEEPEN}, or name a commit that is there: --from HEAD`,
    );
  return base === undefined
    ? named(folder, top, "HEAD")
    : { sha: base, top, name: `${base.slice(0, 12)} (merge base with ${branch ?? ""})` };
}

const DEEPEN = "Fetch more of its history (`git fetch --unshallow`; in a workflow `fetch-depth: 0` of actions/checkout)";

function named(folder: string, top: string, asked: string): Commit {
  const sha = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${asked}^{commit}`]);
  if (sha !== undefined && git(folder, ["cat-file", "-e", `${sha}^{tree}`]) !== undefined) return { sha, top, name: asked };
  const why = isShallow(folder)
    ? `: this is a shallow clone. ${DEEPEN}`
    : `. Branches of others are called origin/NAME; \`git fetch\` brings what is new`;
  throw new UsageError(`there is no commit \`${asked}\` in this repository${why}`);
}

function defaultBranch(folder: string): string | undefined {
  const head = git(folder, ["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
  const candidates = [...(head === undefined ? [] : [head]), "origin/main", "origin/master", "main", "master"];
  return candidates.find((name) => git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]) !== undefined);
}

function isShallow(folder: string): boolean {
  return git(folder, ["rev-parse", "--is-shallow-repository"]) === "true";
}

/** Nothing is downloaded, not even where a clone lacks what it names. */
const ENVIRONMENT = { ...process.env, GIT_NO_LAZY_FETCH: "1", GIT_LFS_SKIP_SMUDGE: "1", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };

/** What git says, without the last line's end; undefined where it fails. */
function git(folder: string, args: readonly string[]): string | undefined {
  const { status, stdout } = run(folder, args);
  return status === 0 ? stdout.toString("utf8").replace(/\n$/, "") : undefined;
}

function run(folder: string, args: readonly string[], input?: string): { readonly status: number | null; readonly stdout: Buffer } {
  const result = spawnSync("git", ["-C", folder, ...args], { env: ENVIRONMENT, input: input ?? "", maxBuffer: 1 << 30 });
  if (result.error === undefined) return result;
  if ("code" in result.error && result.error.code === "ENOENT")
    throw new UsageError("git is not installed. Compare two folders: --from-folder DIR");
  throw result.error;
}

/** The files below a folder of the repository as they were. Links are no files. */
export function gitHost({ sha, top }: Commit, folder: string): Host {
  const below = relative(realpathSync(top), realpathSync(folder)).split(sep).join("/");
  const prefix = below === "" ? "" : `${below}/`;
  const objects = listed(top, sha, prefix);
  const blobs = new Map<string, Uint8Array>();
  const load = (paths: readonly string[]): void => {
    const wanted = paths.flatMap((path) => {
      const object = blobs.has(path) ? undefined : objects.get(path);
      return object === undefined ? [] : [{ path, object }];
    });
    for (const [i, bytes] of contents(
      top,
      wanted.map(({ object }) => object),
    ).entries()) {
      const path = wanted[i]?.path ?? "";
      if (bytes === undefined)
        throw new UsageError(
          `${prefix}${path} of that commit is not in this clone, and nothing is fetched: \`git fetch --refetch\` brings it`,
        );
      blobs.set(path, bytes);
    }
  };
  // Most of what will be asked for, at once.
  load([...objects.keys()].filter((path) => /\.(ya?ml|sql)$/.test(path)));
  return {
    read: (path) => {
      load([path]);
      return blobs.get(path);
    },
    list: (glob) => {
      const matches = globMatcher(glob);
      const found = [...objects.keys()].filter((path) => matches(path) && !path.split("/").some((part) => SKIPPED.has(part))).sort();
      load(found);
      return found;
    },
  };
}

/** `git ls-tree` says mode, kind, object and path; links and submodules are no files. */
function listed(top: string, sha: string, prefix: string): ReadonlyMap<string, string> {
  const { status, stdout } = run(top, ["ls-tree", "-r", "-z", "--full-tree", sha, ...(prefix === "" ? [] : ["--", prefix])]);
  if (status !== 0) throw new UsageError(`git cannot list the files of ${sha.slice(0, 12)}`);
  const objects = new Map<string, string>();
  for (const line of stdout.toString("utf8").split("\0")) {
    const [, mode = "", kind, object = "", path = ""] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    // A path with a line's end cannot be asked for.
    if (kind === "blob" && mode !== "120000" && !path.includes("\n")) objects.set(path.slice(prefix.length), object);
  }
  return objects;
}

/** Contents as they are stored. (With `--filters` git tells the size before it filters, so answers could not be told apart.) */
function contents(top: string, wanted: readonly string[]): readonly (Uint8Array | undefined)[] {
  if (wanted.length === 0) return [];
  const { stdout } = run(top, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  let at = 0;
  return wanted.map(() => {
    const end = stdout.indexOf(0x0a, at);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.toString("utf8", at, end)) ?? [];
    if (size === undefined) {
      at = end + 1;
      return undefined;
    }
    const bytes = new Uint8Array(stdout.subarray(end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
    return bytes;
  });
}
