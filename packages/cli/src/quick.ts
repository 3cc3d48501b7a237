/** Answers that need no compiler: what was asked before of files that have not changed. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { findProject } from "./glob-list.js";
import { askedOf, keepStamp, readStamp, stampHost } from "./stamp/place.js";
import { check } from "./stamp/stamp.js";

/** The exit code, or undefined where the whole command has to be loaded. `build` says which compiler would answer. */
export function quickAnswer(argv: readonly string[], cwd: string, build: string): number | undefined {
  const project = projectOf(argv, cwd);
  if (project === undefined) return undefined;
  const asked = askedOf(argv, cwd);
  const stamp = readStamp(project, asked);
  if (stamp === undefined) return undefined;
  const verdict = check(stamp, { build, asked }, { host: stampHost(project), now: Date.now() });
  if (!verdict.fresh) return undefined;
  if (verdict.better !== undefined) keepStamp(project, verdict.better);
  process.stdout.write(verdict.answer.stdout);
  process.stderr.write(verdict.answer.stderr);
  return verdict.answer.exitCode;
}

const VALUED = new Set(["-C", "--project", "-e", "--env", "--out", "--format"]);

/** The project that check or compile would find. A wrong guess finds no stamp: those are kept by the whole command, by its own finding. */
function projectOf(argv: readonly string[], cwd: string): string | undefined {
  let asked: string | undefined;
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (VALUED.has(word)) {
      i++;
      if (word === "-C" || word === "--project") asked = argv[i];
    } else if (word.startsWith("--project=")) asked = word.slice("--project=".length);
    else if (!word.startsWith("-")) words.push(word);
  }
  const [command, folder] = words;
  if (command !== "compile" && command !== "check") return undefined;
  const named = asked ?? folder;
  if (named === undefined) return findProject(cwd);
  const found = resolve(cwd, named);
  return existsSync(join(found, "mlspec.yaml")) ? found : undefined;
}
