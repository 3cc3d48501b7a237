/** What a task's program is, so that a resumed run keeps only what was done by the same: emitted files, and the project's own code that they call. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeText, filesOfFunction, type CodeFile, type Ir } from "@mlspec/compiler";
import type { Step } from "./plan.js";

export function programHashes(project: string, ir: Ir): (step: Step) => string {
  const folders = new Map<string, string>();
  return (step) => {
    const folder = dirname(step.path);
    const emitted = folders.get(folder) ?? folderHash(join(project, folder));
    folders.set(folder, emitted);
    const code = codeOf(ir, step);
    if (code.length === 0) return emitted;
    const hash = createHash("sha256").update(emitted);
    for (const file of code) hash.update(`\0${file.path}\0${codeText(file)}`);
    return hash.digest("hex");
  };
}

/** The programs of a folder share modules, so a change of any of them counts. */
function folderHash(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(py|sql)$/.test(file))
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

/** Tasks that come before any function is called. */
const BEFORE: ReadonlySet<string> = new Set(["ready", "await", "ingest"]);

/** Code of the project that a task may call: functions of transforms in Spark, also through views; all of it where a model is trained by it. */
export function codeOf(
  { code, datasets, models }: Pick<Ir, "code" | "datasets" | "models">,
  { kind, language }: Step,
): readonly CodeFile[] {
  if (language === "python") return Object.values(models).some(({ trainer }) => trainer.kind !== "class") ? code : [];
  const functions = BEFORE.has(kind)
    ? []
    : Object.values(datasets).flatMap((dataset) => (dataset.kind === "transform" ? (dataset.function?.file ?? []) : []));
  const called = new Set(functions.flatMap((file) => filesOfFunction(file, code)));
  return code.filter((file) => called.has(file));
}
