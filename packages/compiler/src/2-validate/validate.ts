import type { Document } from "../1-parse/index.js";
import type { Code, Report } from "../diagnostic.js";
import { includedShape, projectShape } from "../generated/annotations.js";
import * as validators from "../generated/validate.js";
import type { Shape } from "../shape.js";
import { isRecord, located, type Located } from "./places.js";
import { reportSchemaErrors, type SchemaError } from "./schema-errors.js";
import { checkTexts } from "./texts.js";
import { foundIs } from "./words.js";

/** Which of a project's files: `mlspec.yaml`, or one that it includes. */
export type Role = "project" | "included";

export function shapeFor(role: Role): Shape {
  return role === "project" ? projectShape : includedShape;
}

interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** What an environment may still add is asked of the merged value, not of a file. */
const OF_THE_WHOLE: ReadonlySet<Code> = new Set(["missing-key", "exactly-one"]);

/** Checks one file as far as it goes without the others: keys, kinds of values, names, formats. */
export function validate(document: Document, role: Role, report: Report): void {
  const { value, file } = document;
  if (value === undefined) return;
  if (!isRecord(value)) {
    report("not-a-map", document.locate([]), { file: file.path, found: foundIs(value) });
    return;
  }
  const data = located(document);
  // What stands behind a syntax error is not what was meant: only texts that were read are checked.
  if (!document.broken) checkSchema(data, role, report, OF_THE_WHOLE);
  checkTexts(data, shapeFor(role), report);
}

/** Checks a value against the schema. */
export function checkSchema(data: Located, role: Role, report: Report, skip?: ReadonlySet<Code>): void {
  // The generated module has no types of its own.
  const check = (role === "project" ? validators.validateProject : validators.validateIncluded) as Validator;
  if (check(data.value)) return;
  reportSchemaErrors(check.errors ?? [], { data, root: shapeFor(role), report, ...(skip === undefined ? {} : { skip }) });
}
