import type { Document, Path } from "../1-parse/index.js";
import { isRecord, shapeFor, valueAt } from "../2-validate/index.js";
import type { Report } from "../diagnostic.js";
import { shapeAt, type Shape } from "../shape.js";
import type { Place } from "../text.js";
import type { ProjectFile } from "./files.js";
import { find, namesOf, type SymbolTable } from "./symbols.js";
import { checkSecretSlot } from "./secrets.js";
import { collectUnknowns, reportUnknown, type Unknowns } from "./unknown.js";
import { checkEnvironmentVars, checkSubstitutions, type Vars } from "./vars.js";

interface Context {
  readonly document: Document;
  readonly symbols: SymbolTable;
  readonly vars: Vars;
  readonly secrets: readonly string[];
  readonly unknown: Unknowns;
  readonly report: Report;
}

type Names = Pick<Context, "symbols" | "vars" | "secrets">;

/** Checks every `${…}`, and collects every name that nothing defines: in a slot that refers, or in overrides, which change what exists. */
export function checkReferences(files: readonly ProjectFile[], names: Names, report: Report): Unknowns {
  const unknown = collectUnknowns();
  for (const { document, role } of files) {
    if (role === "project") checkEnvironmentVars(document, names.vars, unknown, report);
    // Behind a mistake of syntax, nothing stands where it belongs.
    if (!document.broken) visit(document.value, shapeFor(role), [], { ...names, document, unknown, report });
  }
  return unknown;
}

/** Says of each name once that nothing defines it. Of files that could not be read as a whole, and of sections that are no map, nothing is known. */
export function reportUnknowns(files: readonly ProjectFile[], symbols: SymbolTable, unknown: Unknowns, report: Report): void {
  const broken = files.filter(({ document }) => document.broken).map(({ document }) => document.file.text);
  const incomplete = files.some((file) => file.incomplete);
  const wrong = wrongSections(files);
  const written = files.flatMap(({ document }) => Object.keys(Object(valueAt(document.value, ["vars"])) as object));
  for (const one of unknown.all()) {
    const { kinds, name } = one;
    const isVar = kinds.includes("var");
    if (broken.some((text) => text.includes(name)) || kinds.some((kind) => wrong.has(kind))) continue;
    if (isVar ? written.includes(name) : incomplete) continue;
    reportUnknown(one, isVar ? written : namesOf(symbols, kinds), report);
  }
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
    if (shape?.references !== undefined) checkReference(value, shape.references, path, context);
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
function checkReference(value: string, kinds: readonly string[], path: Path, context: Context): void {
  const name = kinds.includes("output") ? (value.split(".")[0] ?? value) : value;
  unknown(
    name,
    kinds.filter((kind) => kind !== "output"),
    () => context.document.locateInside(path, 0, name.length),
    context,
  );
}

function checkOverridden(name: string, kind: string, path: Path, context: Context): void {
  unknown(name, [kind], () => context.document.locate(path, "key"), context);
}

function unknown(name: string, kinds: readonly string[], place: () => Place, { symbols, unknown: unknowns }: Context): void {
  if (find(symbols, kinds, name) === undefined) unknowns.add(kinds, name, place());
}
