import type { Document, Path } from "../1-parse/index.js";
import { isRecord, shapeFor } from "../2-validate/index.js";
import { nameFix, nearest, type Report } from "../diagnostic.js";
import { shapeAt, type Shape } from "../shape.js";
import type { Place } from "../text.js";
import type { ProjectFile } from "./files.js";
import { find, namesOf, type SymbolTable } from "./symbols.js";
import { checkSubstitutions, type Vars } from "./vars.js";

interface Context {
  readonly document: Document;
  readonly symbols: SymbolTable;
  readonly vars: Vars;
  /** Names that stand in a file which could not be read as a whole: nothing is said about those. */
  readonly lost: (name: string) => boolean;
  readonly report: Report;
}

/** Checks every name in a slot that refers, every `${…}`, and that overrides change what exists. */
export function checkReferences(files: readonly ProjectFile[], symbols: SymbolTable, vars: Vars, report: Report): void {
  const broken = files.filter(({ document }) => document.broken).map(({ document }) => document.file.text);
  const lost = (name: string): boolean => broken.some((text) => text.includes(name));
  for (const { document, role } of files) visit(document.value, shapeFor(role), [], { document, symbols, vars, lost, report });
}

function visit(value: unknown, shape: Shape | undefined, path: Path, context: Context): void {
  if (typeof value === "string") {
    checkSubstitutions(value, shape?.vars === true, path, context);
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

function unknown(name: string, kinds: readonly string[], place: () => Place, { symbols, lost, report }: Context): void {
  if (find(symbols, kinds, name) !== undefined || lost(name)) return;
  const at = place();
  const known = namesOf(symbols, kinds);
  const near = nearest(name, known);
  report("unknown-reference", at, { kind: kinds.join(" or "), name, nearest: near, known }, nameFix(at, name, near, known));
}
