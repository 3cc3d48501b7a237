import { error, quote, type DiagnosticTable } from "./define.js";

export const writeDiagnostics = {
  "output-edited": error(
    (p: { path: string }) =>
      `${quote(p.path)} was changed by hand since mlspec wrote it. Nothing was written. Move the change into the spec or a template, then compile with ${quote("--force")} to replace the file.`,
    {
      what: "A generated file is not as it was written.",
      why: "Replacing it would lose somebody's work without a word.",
      fix: "Say in the spec (or in a template of your own) what the edit was for, then run `mlspec compile --force`, which replaces the file; or restore the file.",
    },
  ),
  "output-foreign": error(
    (p: { path: string }) =>
      `${quote(p.path)} is in the way: mlspec did not write it, and never replaces what it did not write. Move or remove it.`,
    {
      what: "A file, folder or link that mlspec did not make stands where a generated file belongs.",
      why: "Files of others are never touched, not even with `--force`.",
      fix: "Move or remove it, or compile elsewhere with `--out DIR`. A file that mlspec wrote looks foreign when the manifest beside it was removed: restore it, or remove both.",
    },
  ),
  "output-stale": error(
    (p: { folder: string; files: number; state: OutputState }) =>
      `${quote(p.folder)} ${STATES[p.state]}: ${difference(p)}. Run ${quote("mlspec compile")} and commit what it writes.`,
    {
      what: "`mlspec compile --check` found output on disk that is not what the spec compiles to.",
      why: "What is deployed from the repository would not be what the spec says.",
      fix: "Run `mlspec compile` and commit what it writes. Output that should not be in the repository needs no `--check`.",
    },
  ),
  "output-other-version": error(
    (p: { folder: string; written: string; running: string }) =>
      `${quote(p.folder)} was written by mlspec ${p.written}; this is mlspec ${p.running}, which may write other bytes for the same spec. Use ${p.written} here, or run ${quote("mlspec compile")} with ${p.running} and commit what it writes.`,
    {
      what: "`mlspec compile --check` found output that another version of the compiler wrote.",
      why: "Versions may write the same thing differently, so a comparison would say little about the spec.",
      fix: "Install the version that wrote it, or run `mlspec compile` with this one and commit what it writes, best in a commit of its own.",
    },
  ),
} satisfies DiagnosticTable;

/** `interrupted`: a write was stopped in the middle. */
export type OutputState = "stale" | "missing" | "interrupted";

const STATES: Readonly<Record<OutputState, string>> = {
  stale: "is not what the spec compiles to",
  missing: "is not there, or is not ours",
  interrupted: "was left half written",
};

function difference({ files, state }: { readonly files: number; readonly state: OutputState }): string {
  if (state === "interrupted") return "the last write was interrupted, and the next one puts it in order";
  if (files === 0) return "its manifest differs, as after a merge";
  if (state === "missing") return files === 1 ? "1 file is to be written" : `${files} files are to be written`;
  return files === 1 ? "1 file differs" : `${files} files differ`;
}
