import type { Document, Path } from "../1-parse/index.js";
import { foundIs, isRecord, valueAt } from "../2-validate/index.js";
import type { Extra, Report } from "../diagnostic.js";
import type { Place } from "../text.js";
import type { ProjectFile } from "./files.js";
import type { Unknowns } from "./unknown.js";

export type VarValue = string | number | boolean;
/** Values by name. */
export type Vars = ReadonlyMap<string, VarValue>;

const SUBSTITUTION = /\$\{([^{}]*)\}/g;
const VAR = /^var\.([A-Za-z_][A-Za-z0-9_]*)$/;

/** The project's variables with their defaults. */
export function defaultVars(files: readonly ProjectFile[]): Vars {
  return varsAt(files.find(({ role }) => role === "project")?.document, ["vars"]);
}

function varsAt(document: Document | undefined, path: Path): Vars {
  const map = valueAt(document?.value, path);
  return new Map(Object.entries(isRecord(map) ? map : {}).filter((entry): entry is [string, VarValue] => isVarValue(entry[1])));
}

function isVarValue(value: unknown): value is VarValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Whether an environment's values of variables are wrong, which is reported: what follows from the defaults is no mistake. */
export function hasWrongVars(root: Document, environment: string, defaults: Vars): boolean {
  const written = valueAt(root.value, ["environments", environment, "vars"]);
  if (!isRecord(written)) return written !== undefined;
  return Object.entries(written).some(([name, value]) => typeof value !== typeof defaults.get(name));
}

/** The variables as they are in one environment. */
export function environmentVars(root: Document, environment: string, defaults: Vars): Vars {
  const own = varsAt(root, ["environments", environment, "vars"]);
  return new Map([...defaults].map(([name, value]) => [name, own.get(name) ?? value]));
}

/** An environment may change the value of a variable, neither its kind nor invent one. */
export function checkEnvironmentVars(root: Document, defaults: Vars, unknown: Unknowns, report: Report): void {
  const environments = valueAt(root.value, ["environments"]);
  for (const environment of Object.keys(isRecord(environments) ? environments : {})) {
    const path = ["environments", environment, "vars"];
    for (const [name, value] of varsAt(root, path)) {
      const wanted = defaults.get(name);
      if (wanted === undefined) unknown.add(["var"], name, root.locate([...path, name], "key"));
      else if (typeof wanted !== typeof value)
        report("var-type", root.locate([...path, name]), { name, wanted: kindOf(wanted), found: foundIs(value) });
    }
  }
}

function kindOf(value: VarValue): string {
  return typeof value === "string" ? "a text" : typeof value === "number" ? "a number" : "`true` or `false`";
}

export function checkSubstitutions(
  text: string,
  takesVars: boolean,
  path: Path,
  {
    document,
    vars,
    unknown,
    report,
  }: { readonly document: Document; readonly vars: Vars; readonly unknown: Unknowns; readonly report: Report },
): void {
  if (takesVars) checkForeign(text, path, { document, vars, report });
  if (!text.includes("${")) return;
  for (const match of text.matchAll(SUBSTITUTION)) {
    if (text[match.index - 1] === "{" || FOREIGN_AT.test(text.slice(match.index))) continue;
    const at = (): Place => document.locateInside(path, match.index, match[0].length);
    const name = VAR.exec(match[1] ?? "")?.[1];
    if (match[1]?.startsWith("secret.") === true) report("secret-here", at(), { text: match[0] });
    else if (!takesVars) report("substitution-here", at(), { text: match[0] });
    else if (name === undefined) {
      const meant = meantBy(match[0], vars);
      report("bad-substitution", at(), { text: match[0], meant }, fixOf(at(), meant));
    } else if (!vars.has(name)) unknown.add(["var"], name, document.locateInside(path, match.index + "${var.".length, name.length));
  }
}

/** Variables as other tools write them, and those that are never closed: they would stay in the text, and become a folder of that name. */
const FOREIGN = /\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|\$\{[^{}]*$|\$\{[^{}]*(?=\{)|\$[A-Za-z_][A-Za-z0-9_]*/g;
const FOREIGN_AT = /^\$\{\{/;

function checkForeign(
  text: string,
  path: Path,
  { document, vars, report }: { readonly document: Document; readonly vars: Vars; readonly report: Report },
): void {
  for (const { 0: written, index } of text.matchAll(FOREIGN)) {
    const plain = /^\$[A-Za-z_]/.test(written);
    // Where it is not closed, up to where the name ends.
    const part = plain || written.endsWith("}") ? written : (/^\$\{[\w. ]*/.exec(written)?.[0] ?? written);
    const meant = meantBy(part, vars);
    // A folder may be called `$x`, where there is no variable of that name.
    if (plain && meant === undefined) continue;
    const at = document.locateInside(path, index, part.length);
    report("bad-substitution", at, { text: part, meant }, fixOf(at, meant));
  }
}

/** The variable whose name stands in what was written, whatever is around it. */
function meantBy(written: string, vars: Vars): string | undefined {
  const name = written.match(/[A-Za-z_][A-Za-z0-9_]*/g)?.at(-1) ?? "";
  const known = vars.has(name) ? name : vars.has(name.toLowerCase()) ? name.toLowerCase() : undefined;
  return known === undefined ? undefined : `\${var.${known}}`;
}

function fixOf(at: Place, meant: string | undefined): Extra {
  return meant === undefined ? {} : { fix: { title: `Write \`${meant}\``, guess: true, edits: [{ ...at, newText: meant }] } };
}

/** The text with its variables replaced; what cannot be replaced stays, and was reported. */
export function substitute(text: string, vars: Vars): string {
  if (!text.includes("${")) return text;
  return text.replace(SUBSTITUTION, (whole, inner: string) => {
    const value = vars.get(VAR.exec(inner)?.[1] ?? "");
    return value === undefined ? whole : String(value);
  });
}

/** Variables that no file mentions. */
export function reportUnusedVars(files: readonly ProjectFile[], vars: Vars, report: Report): void {
  const root = files.find(({ role }) => role === "project")?.document;
  if (root === undefined || files.some(({ document }) => document.broken)) return;
  for (const name of vars.keys()) {
    const used = files.some(({ document }) => document.file.text.includes(`\${var.${name}}`));
    if (!used) report("unused-var", root.locate(["vars", name], "key"), { name });
  }
}
