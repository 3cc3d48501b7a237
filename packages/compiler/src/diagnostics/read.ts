import { error, quote, type DiagnosticTable } from "./define.js";

/** Of what a project names and the file system has to have. */
export const readDiagnostics = {
  "no-project": error(
    (p: { file: string }) => `There is no ${quote(p.file)} here. A project is a folder with that file; ${quote("mlspec init")} makes one.`,
    {
      what: "The folder holds no project file.",
      why: "Without it there is nothing to check or compile.",
      fix: "Call mlspec in the project's folder or below it, name the folder with `--project DIR`, or start a project with `mlspec init`.",
    },
  ),
  "include-outside": error(
    (p: { pattern: string }) => `${quote(p.pattern)} leads out of the project folder. Included files are below it.`,
    {
      what: "An entry of `include` or `code` is an absolute path or goes up with `..`.",
      why: "A project is complete in its folder, so that it compiles to the same output wherever it is checked out.",
      fix: "Move the files into the project folder and name them from there.",
    },
  ),
  "no-such-file": error((p: { path: string }) => `There is no file ${quote(p.path)} below the project folder.`, {
    what: "A file that the project names does not exist.",
    why: "What it was to say is not known.",
    fix: "Correct the path, which counts from the folder of `mlspec.yaml`, or add the file.",
  }),
} satisfies DiagnosticTable;
