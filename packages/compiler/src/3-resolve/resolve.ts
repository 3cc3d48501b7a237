import { checkSchema, isRecord, shapeFor, valueAt } from "../2-validate/index.js";
import { checkTexts } from "../2-validate/texts.js";
import { createReporter, hasErrors, type Diagnostic, type Reporter } from "../diagnostic.js";
import type { ProjectSpec } from "../spec.js";
import { mergeEnvironment, mergeFiles, type MergedEnvironment } from "./environment.js";
import type { ProjectFile } from "./files.js";
import { checkReferences } from "./references.js";
import { collectSymbols, type SymbolTable } from "./symbols.js";
import { checkEnvironmentVars, defaultVars, reportUnusedVars } from "./vars.js";

export interface ResolvedEnvironment extends MergedEnvironment {
  /** The merged value, where nothing is wrong with it; names may still be unknown, which is reported. */
  readonly spec: ProjectSpec | undefined;
}

export interface Resolution {
  readonly symbols: SymbolTable;
  /** In the order of the project file. */
  readonly environments: readonly ResolvedEnvironment[];
}

/** Names to definitions, over all files, and the project as it is in each environment. Works on what could be read. */
export function resolve(files: readonly ProjectFile[], reporter: Reporter): Resolution {
  const { report } = reporter;
  const symbols = collectSymbols(files, report);
  const vars = defaultVars(files);
  checkReferences(files, symbols, vars, report);
  reportUnusedVars(files, vars, report);
  const root = files.find(({ role }) => role === "project")?.document;
  if (root === undefined || !isRecord(root.value)) return { symbols, environments: [] };
  checkEnvironmentVars(root, vars, report);
  const merged = mergeFiles(files);
  const map = valueAt(root.value, ["environments"]);
  const names = Object.keys(isRecord(map) ? map : {}).filter((name) => !name.startsWith("x-"));
  const broken = new Set(files.filter(({ document }) => document.broken).map(({ document }) => document.file.path));
  // Without an environment, the project is checked as it stands.
  const checked = (names.length === 0 ? [""] : names).map((name) => checkEnvironment(mergeEnvironment(name, root, merged, vars), broken));
  for (const diagnostic of inAll(checked.map(({ diagnostics }) => diagnostics), names)) reporter.add(diagnostic);
  return { symbols, environments: names.length === 0 ? [] : checked.map(({ environment }) => environment) };
}

interface Checked {
  readonly environment: ResolvedEnvironment;
  readonly diagnostics: readonly Diagnostic[];
}

function checkEnvironment(merged: MergedEnvironment, broken: ReadonlySet<string>): Checked {
  const own = createReporter();
  checkSchema(merged, "project", own.report);
  checkTexts(merged, shapeFor("project"), own.report);
  const all = own.diagnostics();
  const valid = broken.size === 0 && !hasErrors(all);
  // The schema has just said that the value is a project.
  const environment = { ...merged, spec: valid ? (merged.value as ProjectSpec) : undefined };
  return { environment, diagnostics: all.filter(({ file }) => !broken.has(file)) };
}

/** What holds in every environment is said without them. */
function inAll(diagnostics: readonly (readonly Diagnostic[])[], names: readonly string[]): readonly Diagnostic[] {
  const together = createReporter();
  for (const [index, list] of diagnostics.entries()) {
    for (const diagnostic of list) together.add({ ...diagnostic, environments: [names[index] ?? ""] });
  }
  return together.diagnostics().map((diagnostic) => {
    const { environments = [], ...rest } = diagnostic;
    return environments.length < names.length ? diagnostic : rest;
  });
}
