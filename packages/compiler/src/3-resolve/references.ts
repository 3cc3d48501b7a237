import type { Document, Path } from "../1-parse/index.js";
import { isRecord, shapeFor, valueAt, type Role } from "../2-validate/index.js";
import { createReporter, type Diagnostic, type Report } from "../diagnostic.js";
import type { Memo } from "../memo.js";
import { shapeAt, type Shape } from "../shape.js";
import type { Place } from "../text.js";
import type { ProjectFile } from "./files.js";
import { find, namesOf, type SymbolTable } from "./symbols.js";
import { checkSecretSlot } from "./secrets.js";
import { collectUnknowns, reportUnknown, type Unknown, type Unknowns } from "./unknown.js";
import { checkEnvironmentVars, checkSubstitutions, type Vars } from "./vars.js";

interface Context extends Names {
  readonly document: Document;
  readonly found: Reference[];
  readonly unknown: Unknowns;
  readonly report: Report;
}

export interface Names {
  readonly vars: Vars;
  readonly secrets: readonly string[];
}

/** A name in a slot that refers. */
interface Reference {
  readonly kinds: readonly string[];
  readonly name: string;
  readonly place: () => Place;
}

/** Checks every `${…}`, and collects every name that nothing defines: in a slot that refers, or in overrides, which change what exists. */
export function checkReferences(
  files: readonly ProjectFile[],
  { symbols, vars, secrets }: Names & { readonly symbols: SymbolTable },
  { report, add, memo }: { readonly report: Report; readonly add: (diagnostic: Diagnostic) => void; readonly memo: Memo },
): Unknowns {
  const unknown = collectUnknowns();
  for (const { document, role } of files) {
    if (role === "project") checkEnvironmentVars(document, vars, unknown, report);
    // Behind a mistake of syntax, nothing stands where it belongs.
    if (document.broken) continue;
    const { missing, nowhere, diagnostics } = memo.keep("unknown", [document, symbols, vars, secrets], () => {
      const { found, ...own } = memo.keep("references", [document, vars, secrets], () => referencesIn(document, role, { vars, secrets }));
      return { ...own, nowhere: found.filter(({ kinds, name }) => find(symbols, kinds, name) === undefined) };
    });
    for (const diagnostic of diagnostics) add(diagnostic);
    for (const { kinds, name, places } of missing) for (const place of places) unknown.add(kinds, name, place);
    for (const { kinds, name, place } of nowhere) unknown.add(kinds, name, place());
  }
  return unknown;
}

/** What one file says of names, whatever others define. */
function referencesIn(
  document: Document,
  role: Role,
  names: Names,
): { readonly found: readonly Reference[]; readonly missing: readonly Unknown[]; readonly diagnostics: readonly Diagnostic[] } {
  const own = createReporter();
  const unknown = collectUnknowns();
  const found: Reference[] = [];
  visit(document.value, shapeFor(role), [], { ...names, document, found, unknown, report: own.report });
  return { found, missing: unknown.all(), diagnostics: own.diagnostics() };
}

/** Says of each name once that nothing defines it. Of files that could not be read as a whole, and of sections that are no map, nothing is known. */
export function reportUnknowns(files: readonly ProjectFile[], symbols: SymbolTable, unknown: Unknowns, report: Report): void {
  const all = unknown.all();
  if (all.length === 0) return;
  const broken = files.filter(({ document }) => document.broken).map(({ document }) => document.file.text);
  const incomplete = files.some((file) => file.incomplete);
  const wrong = wrongSections(files);
  const written = files.flatMap(({ document }) => Object.keys(Object(valueAt(document.value, ["vars"])) as object));
  for (const one of all) {
    const { kinds, name } = one;
    const isVar = kinds.includes("var");
    if (broken.some((text) => text.includes(name)) || kinds.some((kind) => wrong.has(kind))) continue;
    if (isVar ? written.includes(name) : incomplete) continue;
    const known = isVar ? written : namesOf(symbols, kinds);
    reportUnknown(one, { known, meant: meantBy(one, known, files), is: isVar ? undefined : otherKind(name, symbols) }, report);
  }
}

/** `transforms.payments` where `payments` is enough; `credit_limit` where its group belongs before it. */
function meantBy({ kinds, name }: Unknown, known: readonly string[], files: readonly ProjectFile[]): string | undefined {
  const last = name.split(".").at(-1) ?? name;
  if (last !== name && known.includes(last)) return last;
  if (!kinds.includes("feature")) return undefined;
  const groups = files.flatMap(({ document }) => Object.entries(Object(valueAt(document.value, ["features"])) as Record<string, unknown>));
  const having = groups.filter(([, group]) =>
    ["columns", "request", "derived"].some((key) => {
      const outputs = valueAt(group, [key]);
      return Array.isArray(outputs) ? outputs.includes(name) : isRecord(outputs) && Object.hasOwn(outputs, name);
    }),
  );
  const [first, second] = having;
  return first !== undefined && second === undefined ? `${first[0]}.${name}` : undefined;
}

function otherKind(name: string, symbols: SymbolTable): string | undefined {
  return symbols.definitions.find((one) => one.name === name)?.kind;
}

/** Kinds whose definitions are written as something else than a map, which was reported. */
function wrongSections(files: readonly ProjectFile[]): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ document: { value }, role }) =>
      Object.entries(shapeFor(role).keys ?? {}).flatMap(([section, { declares }]) =>
        declares !== undefined && isRecord(value) && Object.hasOwn(value, section) && !isRecord(value[section]) ? [declares] : [],
      ),
    ),
  );
}

function visit(value: unknown, shape: Shape | undefined, path: Path, context: Context): void {
  if (typeof value === "string") {
    if (shape?.secret === true) checkSecretSlot(value, path, context);
    else checkSubstitutions(value, shape?.vars === true, path, context);
    // A substitution that this key does not take is told of.
    if (shape?.references !== undefined && !value.includes("${")) checkReference(value, shape.references, path, context);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, shapeAt(shape, index), [...path, index], context);
  } else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.startsWith("x-")) continue;
      if (shape?.declares !== undefined && path.includes("overrides")) checkOverridden(key, shape.declares, [...path, key], context);
      visit(inner, shapeAt(shape, key), [...path, key], context);
    }
  }
}

/** `group.output` names a group; the output is looked up where outputs are known. */
function checkReference(value: string, kinds: readonly string[], path: Path, { document, found }: Context): void {
  const name = kinds.includes("output") ? (value.split(".")[0] ?? value) : value;
  found.push({ kinds: kinds.filter((kind) => kind !== "output"), name, place: () => document.locateInside(path, 0, name.length) });
}

function checkOverridden(name: string, kind: string, path: Path, { document, found }: Context): void {
  found.push({ kinds: [kind], name, place: () => document.locate(path, "key") });
}
