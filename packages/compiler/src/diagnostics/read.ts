import { didYouMean, error, listOf, quote, warning, type DiagnosticTable } from "./define.js";

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
  "no-such-function": error(
    (p: { file: string; name: string; known: readonly string[]; nearest?: string | undefined }) =>
      `${quote(p.file)} has no function ${quote(p.name)}.${p.nearest !== undefined ? didYouMean(p.nearest) : p.known.length === 0 ? " It defines none." : p.known.length <= 12 ? ` It has ${listOf(p.known, "and")}.` : ""}`,
    {
      what: "A transform or a model names a function that its file does not define. What a file imports, assigns or decorates counts as there; where names are made while it runs, nothing is said.",
      why: "The program would fail when it calls the function, after everything before it was computed.",
      fix: "Correct the name after the colon, or define the function in that file, outside of classes and other functions.",
    },
  ),
  "function-arguments": error(
    (p: { name: string; role: "transform" | "train" | "factory"; given: readonly string[]; unfit: string }) =>
      p.role === "factory"
        ? `${quote(p.name)} ${p.unfit}, and a factory gets ${quote("params")} by their names. Take the ${quote("/")} out of its parameters.`
        : `${quote(p.name)} is called with ${p.given.length === 2 ? "two" : "three"} arguments by position, ${listOf(p.given, "and")}, and ${p.unfit}. Define it as ${quote(`def ${p.name.slice(p.name.lastIndexOf(":") + 1)}(${p.given.join(", ")}):`)}.`,
    {
      what: "A function of the project cannot be called as emitted programs call it: a transform with its inputs and `as_of`, a training function with the rows, their labels and `params`, a factory with `params` as keyword arguments. How its parameters are named is free but for a factory's.",
      why: "Python would refuse the call while the program runs.",
      fix: "Give the function the parameters that its kind is called with: docs/your-code.md shows each. More of them need defaults.",
    },
  ),
  "missing-parameter": error(
    (p: { estimator: string; missing: readonly string[] }) =>
      `${quote(p.estimator)} needs ${listOf(p.missing, "and")}, which ${quote("params")} does not give. Add ${p.missing.length === 1 ? "it" : "them"} there, or give ${p.missing.length === 1 ? "the parameter a default" : "the parameters defaults"}.`,
    {
      what: "A factory has a parameter without a default, and `params` has no value for it.",
      why: "The model could not be built, which shows only when training begins.",
      fix: "Write the value below `params`, by the parameter's name, or give the parameter a default in the code.",
    },
  ),
  "parameter-type": warning(
    (p: { name: string; of: string; type: string; value: string }) =>
      `${quote(p.name)} of ${quote(p.of)} is annotated as ${quote(p.type)}, and ${quote(p.value)} is of another type. Correct the value, or the annotation.`,
    {
      what: "`params` gives a factory a value of another type than its parameter is annotated with. Only plain annotations are looked at: `int`, `float`, `str`, `bool`, `list`, `dict`, also with `| None`.",
      why: "Python takes it, and what it is used for may fail or do something else when training begins.",
      fix: 'Correct the value (`10` is a number, `"10"` a text), or the annotation in the code.',
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
