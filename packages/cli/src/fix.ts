/** `mlspec check --fix`: makes the certain fixes in the files of the project. */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { applyFixes, lineStarts, positionAt, type AnalyzedProject, type Diagnostic, type Texts } from "@mlspec/compiler";
import { UsageError } from "./args.js";

/** A file as it was read, and as it is to be. */
export interface Change {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixing {
  readonly changes: readonly Change[];
  /** What was put right, a line each. */
  readonly said: readonly string[];
}

/** One fix can bring another mistake to light, or make room for a fix that overlapped it. More rounds than this are a quarrel of two fixes. */
const ROUNDS = 10;

/** Fixes what can be fixed, in memory; `analyze` looks at the project with texts in place of those on disk. */
export function fixAll(analyze: (instead: Texts) => AnalyzedProject): Fixing {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const said: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { diagnostics, texts } = analyze(after);
    const fixed = applyFixes(diagnostics, texts);
    if (fixed.made.length === 0) break;
    for (const diagnostic of fixed.made) said.push(lineOf(diagnostic, texts));
    for (const [file, text] of fixed.texts) {
      if (!before.has(file)) before.set(file, texts.get(file) ?? "");
      after.set(file, text);
    }
  }
  const changes = [...after].map(([file, text]): Change => ({ file, before: before.get(file) ?? "", after: text }));
  return { said, changes: changes.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

function lineOf({ code, file, span, fix }: Diagnostic, texts: Texts): string {
  const { line } = positionAt(lineStarts(texts.get(file) ?? ""), span.start);
  return `${file}:${line}: ${fix?.title ?? ""} [${code}]`;
}

/** Replaces the files, each at once or not at all; all of them are on the disk before the first one is replaced. A link stays a link. */
export function writeChanges(folder: string, changes: readonly Change[]): void {
  const staged: { readonly real: string; readonly draft: string }[] = [];
  try {
    for (const { file, before, after } of changes) {
      const real = realpathSync(join(folder, file));
      accessSync(real, constants.W_OK);
      if (readFileSync(real, "utf8") !== before) throw new UsageError(`${file} has changed while it was checked: nothing was written`);
      const draft = join(dirname(real), `.${basename(real)}.${process.pid}.mlspec-fix`);
      staged.push({ real, draft });
      writeDurably(draft, after, statSync(real).mode);
    }
    for (const { real, draft } of staged) renameSync(draft, real);
  } finally {
    for (const { draft } of staged) rmSync(draft, { force: true });
  }
}

function writeDurably(file: string, text: string, mode: number): void {
  const handle = openSync(file, "wx", mode);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
