import { didYouMean, error, hint, listOf, quote, type DiagnosticTable } from "./define.js";

export const linkDiagnostics = {
  "target-unknown": error(
    (p: { name: string; nearest: string | undefined }) =>
      `There is no emitter ${quote(p.name)}.${didYouMean(p.nearest)}${p.nearest === undefined ? ` Install the package that brings it, or name a file of the project: ${quote("./emitters/name.mjs")}.` : ""}`,
    {
      what: "A key of `targets` names an emitter that is neither built in nor found in the project.",
      why: "Nothing could be written for it.",
      fix: "Correct the name, install the package that brings the emitter, or remove the target.",
    },
  ),
  "target-refused": error(
    (p: { target: string }) =>
      `${quote(p.target)} is an emitter of the project's own, and ${quote("--no-plugins")} refuses those. Run without it where you trust the project.`,
    {
      what: "The project names an emitter of its own, and mlspec was told not to run the project's code.",
      why: "An emitter is a program: whoever can change the project could run anything with it. Nothing was loaded.",
      fix: "Leave `--no-plugins` out where you trust whoever wrote the project, or remove the target.",
    },
  ),
  "target-broken": error((p: { target: string; reason: string }) => `The emitter ${quote(p.target)} cannot be used: ${p.reason}.`, {
    what: "An emitter of the project's own was not found, threw an error while it was loaded, or is not what an emitter has to be.",
    why: "Nothing could be written for its target.",
    fix: "Correct the path or install the package; an emitter is exported as `emitter`, with `name`, `needs`, `provide` and `emit`, as `examples/custom_emitter` shows.",
  }),
  "target-options": error(
    (p: { target: string; at: string; reason: string }) =>
      `${p.at === "" ? "The options" : `The option ${quote(p.at)}`} of ${quote(p.target)}: ${p.reason}${/[.?]$/.test(p.reason) ? "" : "."}`,
    {
      what: "The options of a target do not fit what its emitter says that it takes.",
      why: "An option that is not understood would have no effect.",
      fix: "Correct the option; the emitter's own documentation says what it takes. An emitter without an `optionsSchema` takes none.",
    },
  ),
  "target-idle": hint(
    (p: { target: string }) => `${quote(p.target)} writes nothing in any environment. Take it out, or add what it is for.`,
    {
      what: "A target has nothing to write for this project.",
      why: "`docker` and `kubernetes` write nothing where the runtime is local, `python` nothing without a model.",
      fix: "Remove the target, or add the environment, model or deployment that it is for.",
    },
  ),
  "nothing-written": error(
    (p: { environment: string; targets: readonly string[] }) =>
      p.targets.length === 0
        ? `Nothing would be written for ${quote(p.environment)}: \`targets\` is empty. Name at least one, such as \`spark: { version: "4.1" }\`.`
        : `Nothing would be written for ${quote(p.environment)}: ${listOf(p.targets, "and")} ${p.targets.length === 1 ? "has" : "have"} nothing to do there. Add a target or a definition, or remove the environment.`,
    {
      what: "No target writes anything for an environment.",
      why: "A compilation without output looks like success and is none.",
      fix: "Add targets (`airflow`, `spark`, `python`, and where the runtime is Kubernetes `docker` and `kubernetes`), definitions for them to write, or remove the environment.",
    },
  ),
  "two-providers": error(
    (p: { artifact: string; first: string; second: string }) =>
      `${quote(p.second)} provides ${quote(p.artifact)}, which ${quote(p.first)} provides already. Remove one of the two targets.`,
    {
      what: "Two targets provide the same artifact.",
      why: "What links to it could not know which of the two is meant.",
      fix: "Remove one of the targets, or set the options of one so that it provides something else.",
    },
  ),
  "emitter-cycle": error(
    (p: { targets: readonly string[] }) =>
      `These targets need one another's artifacts, so none can be the first: ${p.targets.map(quote).join(" → ")}. Remove one of them.`,
    {
      what: "Each of several emitters has to run after another of them.",
      why: "There is no order in which they could run.",
      fix: "Remove one of the targets, or ask the author of the emitter to say less in `needs`.",
    },
  ),
  "emitter-failed": error(
    (p: { target: string; reason: string }) =>
      `The emitter ${quote(p.target)} failed: ${p.reason}. That is a mistake in the emitter, not in this file.`,
    {
      what: "An emitter of the project's own threw an error, or returned something that is not a result.",
      why: "Without its files the output would be incomplete.",
      fix: "Correct the emitter at the line that the message names, or report it to its author.",
    },
  ),
  "emitter-path": error(
    (p: { target: string; path: string }) =>
      `The emitter of ${quote(p.target)} wants to write ${quote(p.path)}, which is no path below its own folder.`,
    {
      what: "An emitter names a file outside of its folder, or by a name that not every file system can hold.",
      why: "No file is written outside of the output folder, and the output is the same on every machine.",
      fix: "Report it to the author of the emitter; where the name comes from your spec, choose a plain one.",
    },
  ),
  "same-path": error(
    (p: { path: string; other: string }) =>
      `${quote(p.path)} would be written twice: also as ${quote(p.other)}. File systems that ignore case hold one of them only.`,
    {
      what: "Two emitted files have the same path, or differ only in upper and lower case, or one is a folder of the other.",
      why: "One would replace the other.",
      fix: "Rename one of the definitions that they come from.",
    },
  ),
  "not-emitted": error(
    (p: { target: string; artifact: string }) =>
      `The emitter of ${quote(p.target)} promised ${quote(p.artifact)} and did not make it. Report it to whoever wrote the emitter.`,
    {
      what: "An emitter says that it provides an artifact, but does not emit it.",
      why: "Other emitted files refer to it.",
      fix: "Report it to the author of the emitter.",
    },
  ),
} satisfies DiagnosticTable;
