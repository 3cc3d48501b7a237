import { isRecord, OF_THE_WHOLE, reportSchemaErrors, schemaErrors, shapeFor, valueAt } from "../2-validate/index.js";
import { createReporter, type Diagnostic, type Reporter } from "../diagnostic.js";
import { createMemo, type Memo } from "../memo.js";
import type { ProjectSpec } from "../spec.js";
import { mergeEnvironment, mergeFiles, type MergedEnvironment } from "./environment.js";
import type { ProjectFile } from "./files.js";
import { checkReferences } from "./references.js";
import { checkPlacedSecrets, checkSecretList, secretNames } from "./secrets.js";
import { collectSymbols, type SymbolTable } from "./symbols.js";
import type { Unknowns } from "./unknown.js";
import { badTexts, knownOf, remember, unchecked, usable, type Known } from "./usable.js";
import { defaultVars, hasWrongVars, reportUnusedVars } from "./vars.js";

export interface ResolvedEnvironment extends MergedEnvironment {
  /** The merged value without what is wrong in it, where the project itself is in order. Names may be unknown, which is reported. */
  readonly spec: ProjectSpec | undefined;
  /** Names of the definitions that were left out, because their mistakes are reported: that they are missing is no mistake of others. */
  readonly lost: readonly string[];
  /** Its values of variables are wrong, which is reported. */
  readonly wrongVars: boolean;
}

export interface Resolution {
  readonly symbols: SymbolTable;
  /** In the order of the project file. */
  readonly environments: readonly ResolvedEnvironment[];
  /** Names that nothing defines; SQL may add to them, then they are reported. */
  readonly unknown: Unknowns;
}

/** Names to definitions, over all files, and the project as it is in each environment. Works on what could be read. */
export function resolve(files: readonly ProjectFile[], reporter: Reporter, memo: Memo = createMemo()): Resolution {
  const { report, add } = reporter;
  const symbols = collectSymbols(files, report, memo);
  const project = files.find(({ role }) => role === "project");
  const { vars, secrets } = memo.keep("names", [project?.document.value], () => ({
    vars: defaultVars(files),
    secrets: secretNames(files),
  }));
  const unknown = checkReferences(files, { symbols, vars, secrets }, { report, add, memo });
  reportUnusedVars(files, vars, report);
  checkSecretList(files, report);
  const root = project?.document;
  if (root === undefined || !isRecord(root.value)) return { symbols, environments: [], unknown };
  checkPlacedSecrets(root, secrets, report);
  const merged = mergeFiles(files, memo);
  const map = valueAt(root.value, ["environments"]);
  const names = Object.keys(isRecord(map) ? map : {}).filter((name) => !name.startsWith("x-"));
  const broken = new Set(files.filter(({ document }) => document.broken).map(({ document }) => document.file.path));
  const known = knownOf(files, memo);
  // Without an environment, the project is checked as it stands.
  const checked = (names.length === 0 ? [""] : names).map((name) =>
    checkEnvironment(
      { ...mergeEnvironment(name, root, { merged, defaults: vars, memo }), wrongVars: hasWrongVars(root, name, vars) },
      broken,
      known,
    ),
  );
  for (const diagnostic of inAll(
    checked.map(({ diagnostics }) => diagnostics),
    names,
  ))
    reporter.add(diagnostic);
  return { symbols, environments: names.length === 0 ? [] : checked.map(({ environment }) => environment), unknown };
}

interface Checked {
  readonly environment: ResolvedEnvironment;
  readonly diagnostics: readonly Diagnostic[];
}

function checkEnvironment(
  merged: MergedEnvironment & Pick<ResolvedEnvironment, "wrongVars">,
  broken: ReadonlySet<string>,
  known: Known,
): Checked {
  const own = createReporter();
  const root = shapeFor("project");
  const errors = schemaErrors(unchecked(merged.value, known), "project");
  // All else was told of each file by itself.
  reportSchemaErrors(errors, { data: merged, root, report: own.report, only: OF_THE_WHOLE });
  const bad = badTexts(merged, known, own.add);
  const { spec, lost } = usable(merged, errors, bad);
  remember(merged.value, { errors, bad, known });
  const environment = { ...merged, spec: broken.size === 0 ? spec : undefined, lost };
  return { environment, diagnostics: own.diagnostics().filter(({ file }) => !broken.has(file)) };
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
