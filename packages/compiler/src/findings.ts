/** Gives findings of analysis their places, texts and fixes. */
import type { Finding, Where } from "./4-analyze/analysis.js";
import type { MergedEnvironment } from "./3-resolve/index.js";
import { nameFix, pageOf, type Diagnostic } from "./diagnostic.js";
import type { DiagnosticDef } from "./diagnostics/define.js";
import { diagnosticTable } from "./diagnostics/index.js";
import type { Place } from "./text.js";

export function diagnosticOf(finding: Finding, environment: MergedEnvironment): Diagnostic {
  // Analysis and the table are bound by tests: each code that a finding has is in the table, with these parameters.
  const def = (diagnosticTable as Readonly<Record<string, unknown>>)[finding.code] as DiagnosticDef<Finding["args"]> | undefined;
  if (def === undefined) throw new Error(`no diagnostic has the code ${finding.code}`);
  const words = namesIn(finding);
  const [at, also] = inOrder(
    placeOf(finding.at, environment),
    (finding.also ?? []).map((where) => placeOf(where, environment)),
  );
  const related = [
    ...(finding.related ?? []).map(({ message, at: where }) => ({ ...placeOf(where, environment), message })),
    ...also.map((place) => ({ ...place, message: "and here" })),
  ];
  return {
    code: finding.code,
    severity: def.severity,
    message: def.message(finding.args),
    file: at.file,
    span: at.span,
    ...(related.length === 0 ? {} : { related }),
    ...nameFix([at, ...also], words.name, finding.replacement, words.known),
    environments: [environment.name],
    ...pageOf(finding.code),
  };
}

/** What stands at several places is told at the first that one reads: definitions are looked at in another order. */
function inOrder(at: Place, also: readonly Place[]): readonly [Place, readonly Place[]] {
  if (also.length === 0) return [at, also];
  const { file } = at;
  const all = [at, ...also].sort(
    (a, b) =>
      Number(b.file === file) - Number(a.file === file) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start),
  );
  return [all[0] ?? at, all.slice(1)];
}

/** The name that was written, and those that there are. */
function namesIn({ args }: Finding): { readonly name: string; readonly known: readonly string[] } {
  const { name, known } = args;
  return { name: String(name ?? ""), known: Array.isArray(known) ? known.map(String) : [] };
}

export function placeOf(where: Where, environment: MergedEnvironment): Place {
  if (where.in === "file") return { file: where.file, span: where.span };
  if (where.span === undefined) return environment.locate(where.path, where.part);
  return environment.locateInside(where.path, where.span.start, where.span.end - where.span.start);
}

/** What holds in every environment is said without naming them. */
export function withoutNeedlessEnvironments(diagnostics: readonly Diagnostic[], all: readonly string[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { environments = [], ...rest } = diagnostic;
    return all.every((name) => environments.includes(name)) ? rest : diagnostic;
  });
}
