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
    (p: { folder: string; files: number }) =>
      `${quote(p.folder)} is not what the spec compiles to: ${p.files === 1 ? "1 file differs" : `${p.files} files differ`}. Run ${quote("mlspec compile")} and commit the result.`,
    {
      what: "The output on disk is not the output of the spec.",
      why: "What is deployed from the repository would not be what the spec says.",
      fix: "Run `mlspec compile` and commit what it writes.",
    },
  ),
  "output-other-version": error(
    (p: { folder: string; written: string; running: string }) =>
      `${quote(p.folder)} was written by mlspec ${p.written}; this is ${p.running}. Run the same version, or compile anew and commit the result.`,
    {
      what: "The output on disk was written by another version of the compiler.",
      why: "Versions may write the same thing differently, so a comparison would say little about the spec.",
      fix: "Install the version that wrote it, or run `mlspec compile` with this one and commit what it writes.",
    },
  ),
} satisfies DiagnosticTable;
