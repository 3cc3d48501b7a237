import { Ajv2020 } from "ajv/dist/2020.js";
import * as standalone from "ajv/dist/standalone/index.js";
import type { Schema } from "./schema.js";

/** What our own checks say better, with places inside the text, is not asked of ajv. */
const NOT_FOR_AJV: ReadonlySet<string> = new Set([
  "pattern",
  "propertyNames",
  "description",
  "markdownDescription",
  "x-declares",
  "x-format",
  "x-references",
  "x-vars",
  "$id",
  "title",
]);

/** The standalone validators as a TypeScript module: no eval, no imports. */
export function validatorSource(schemas: Readonly<Record<string, Schema>>): string {
  const ajv = new Ajv2020({ code: { source: true, esm: true }, allErrors: true, strict: false, inlineRefs: false });
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema({ ...(strip(schema) as object), $id: name }, name);
  const print = standalone.default as unknown as (instance: Ajv2020, names: Record<string, string>) => string;
  const code = print(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [name, name])));
  if (/\brequire\(|^import /m.test(code)) throw new Error("the validator would import something at run time");
  return [
    "// @ts-nocheck: ajv writes JavaScript.",
    code.replace(/^"use strict";\s*/, "").replaceAll(";export const ", ";\nexport const "),
    "",
  ].join("\n");
}

function strip(value: unknown, inProperties = false): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => inProperties || !NOT_FOR_AJV.has(key));
  return Object.fromEntries(
    kept.map(([key, inner]) => [
      key,
      strip(inner, !inProperties && (key === "properties" || key === "$defs" || key === "patternProperties")),
    ]),
  );
}
