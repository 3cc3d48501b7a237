import { error, quote, warning, type DiagnosticTable } from "./define.js";

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
  "not-a-file": error(
    (p: { path: string; pattern: string }) =>
      `${quote(p.path)} ${p.path === p.pattern ? "" : `(of ${quote(p.pattern)}) `}cannot be read as a file of the project: it is a link to a folder, or out of the project. Put the files themselves there, or leave it out.`,
    {
      what: "An entry of `include` or `code` finds a symbolic link to a folder, or one that leads out of the project folder.",
      why: "A project is complete in its folder: elsewhere, in CI or in an image, there would be nothing behind the link.",
      fix: "Copy the files into the project, or choose a pattern that leaves the link out.",
    },
  ),
  "code-nothing": warning(
    (p: { pattern: string }) => `${quote(p.pattern)} matches no file, so no image gets code by it. Correct it, or remove it.`,
    {
      what: "An entry of `code` matches no file below the project folder.",
      why: "Code that is meant would be missing from the images, which shows only when they run.",
      fix: "Correct the path, which counts from the folder of `mlspec.yaml`, or remove the entry.",
    },
  ),
  "not-in-code": error(
    (p: { path: string }) => `${quote(p.path)} is not part of the project's ${quote("code")}, so no image would hold it. Add it there.`,
    {
      what: "A transform or a model names a function in a file that `code` does not list.",
      why: "Only what `code` lists is copied into images and makes output change when it changes.",
      fix: "Add the file, or a pattern that matches it, to `code` in `mlspec.yaml`; by default that is `src/**` and `requirements.txt`.",
    },
  ),
  "no-such-file": error(
    (p: { path: string; folder?: boolean }) =>
      `${p.folder === true ? `${quote(p.path)} is a folder, not a file` : `There is no file ${quote(p.path)}`}. Correct the path, which counts from the folder of ${quote("mlspec.yaml")}, or add the file.`,
    {
      what: "A file that the project names does not exist.",
      why: "What it was to say is not known.",
      fix: "Correct the path, which counts from the folder of `mlspec.yaml`, or add the file.",
    },
  ),
} satisfies DiagnosticTable;
