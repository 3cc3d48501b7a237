/** What somebody does to a project, and what is said of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze, compile, createMemo, hasErrors, memoryHost, type Diagnostic } from "@mlspec/compiler";
import { emitters, folderTexts, root, type Texts } from "../support/compile.js";

/** A part of a file and what stands there instead, or what becomes of the whole file. */
export type Edit = readonly [file: string, from: string, to: string] | readonly [file: string, made: (text: string) => string | Uint8Array];

export interface Trial {
  readonly name: string;
  readonly project: "fraud" | "churn";
  readonly edits: readonly Edit[];
  /** What is said, hints left out: `code file:line marked`, as far as the end of the line. */
  readonly told: readonly string[];
  /** Why there is more than one message. */
  readonly several?: string;
}

const memo = createMemo();

const projects: Readonly<Record<Trial["project"], Texts>> = {
  fraud: folderTexts("tests/support/fraud_files"),
  churn: {
    ...folderTexts("templates/init/batch"),
    "mlspec.yaml": readFileSync(join(root, "templates/init/batch/mlspec.yaml"), "utf8").replace("__PROJECT__", "churn"),
  },
};

export interface Outcome {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
}

export function tried({ name, project, edits }: Pick<Trial, "name" | "project" | "edits">): Outcome {
  const files: Record<string, string | Uint8Array> = { ...projects[project] };
  for (const edit of edits) {
    const before = files[edit[0]] ?? "";
    if (typeof before !== "string") throw new Error(`${name}: ${edit[0]} is no text any more`);
    if (edit.length === 2) files[edit[0]] = edit[1](before);
    else if (before.split(edit[1]).length !== 2) throw new Error(`${name}: ${edit[0]} does not have once: ${edit[1]}`);
    else files[edit[0]] = before.replace(edit[1], () => edit[2]);
  }
  return { files, ...checked(files) };
}

export function checked(files: Outcome["files"]): Pick<Outcome, "diagnostics" | "texts"> {
  const project = analyze(memoryHost(files), memo);
  const all = hasErrors(project.diagnostics) ? project.diagnostics : compile(project, { emitters }).diagnostics;
  // Hints are about what is right: the projects as they are have some.
  return { diagnostics: all.filter(({ severity }) => severity !== "hint"), texts: project.texts };
}

export function toldOf({ diagnostics, texts }: Pick<Outcome, "diagnostics" | "texts">): readonly string[] {
  return diagnostics.map(({ code, file, span }) => {
    const text = texts.get(file) ?? "";
    const line = text.slice(0, span.start).split(/\r\n|\r|\n/).length;
    const marked = /^[^\r\n]*/.exec(text.slice(span.start, span.end))?.[0] ?? "";
    return `${code} ${file}:${line} ${marked.slice(0, 60)}`;
  });
}
