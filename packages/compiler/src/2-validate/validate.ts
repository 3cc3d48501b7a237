import type { Document } from "../1-parse/index.js";
import type { Report } from "../diagnostic.js";
import { includedShape, projectShape } from "../generated/annotations.js";
import * as validators from "../generated/validate.js";
import type { Shape } from "../shape.js";
import { isRecord, located } from "./places.js";
import { reportSchemaErrors, reportSlips, type SchemaError } from "./schema-errors.js";
import { corrected, type Slip } from "./slips.js";
import { checkTexts } from "./texts.js";
import { foundIs } from "./words.js";

/** Which of a project's files: `mlspec.yaml`, or one that it includes. */
export type Role = "project" | "included";

export function shapeFor(role: Role): Shape {
  return role === "project" ? projectShape : includedShape;
}

/** Whether a key of the project holds definitions, which may be split over files. */
export function isSection(key: string): boolean {
  return shapeFor("included").keys?.[key] !== undefined;
}

interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** Checks one file as far as it goes without the others: keys, kinds of values, names, formats. Gives the keys that are misspelt. */
export function validate(document: Document, role: Role, report: Report): readonly Slip[] {
  const { value, file } = document;
  if (value === undefined) return [];
  if (!isRecord(value)) {
    report("not-a-map", document.locate([]), { file: file.path, found: foundIs(value) });
    return [];
  }
  // What stands behind a syntax error is not what was meant: it would be told of its echo.
  if (document.broken) return [];
  const root = shapeFor(role);
  const slips: Slip[] = [];
  // What stands below a misspelt key has slips of its own.
  for (let found: readonly Slip[] | undefined; found === undefined || found.length > 0; slips.push(...found)) {
    const data = located(corrected(document, slips));
    found = reportSlips(schemaErrors(data.value, role), { data, root, report });
  }
  const data = located(corrected(document, slips));
  reportSchemaErrors(schemaErrors(data.value, role), { data, root, report });
  checkTexts(data, root, report);
  return slips;
}

/** What the schema finds wrong with a value. */
export function schemaErrors(value: unknown, role: Role): readonly SchemaError[] {
  // The generated module has no types of its own.
  const check = (role === "project" ? validators.validateProject : validators.validateIncluded) as Validator;
  return check(value) ? [] : (check.errors ?? []);
}
