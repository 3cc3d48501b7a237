import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { annotationsSource } from "../src/annotations.js";
import { parseComment } from "../src/jsdoc.js";
import { readSpec } from "../src/read-spec.js";
import { schemaOf } from "../src/schema.js";
import { validatorSource } from "../src/validator.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const spec = join(root, "packages/compiler/src/spec.ts");

function read(text: string): ReturnType<typeof readSpec> {
  const folder = mkdtempSync(join(tmpdir(), "mlspec-gen-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "spec.ts");
  // A comment belongs to what stands on the next line.
  writeFileSync(path, text.replaceAll("{ /**", "{\n/**").replaceAll("; /**", ";\n/**"));
  return readSpec(path);
}

it.each([
  ["a type outside of the subset", "/** A. */ export interface A { /** b. */ b: Date | 1 }", /A\.b: .* is not/],
  ["a mapped type", "/** A. */ export interface A { /** b. */ b: Partial<A> }", /Partial is not in spec\.ts/],
  ["a property without a comment", "/** A. */ export interface A { b: string }", /A\.b has no comment/],
  ["an unknown tag", "/** A. */ export interface A { /** b. @refs x */ b: string }", /A\.b: unknown tag @refs/],
  ["a method", "/** A. */ export interface A { /** b. */ b(): string }", /members that are not properties/],
])("refuses %s", (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});

it("reads tags on the line of the text, and packages in backticks as text", () => {
  const comment = parseComment("Emitters: `@acme/x`. @default none @example a b @example c", "x");
  expect(comment.text).toBe("Emitters: `@acme/x`.");
  expect([...comment.tags]).toEqual([
    ["default", ["none"]],
    ["example", ["a b", "c"]],
  ]);
});

it("carries tags into lists, maps and unions, but not into interfaces", () => {
  const language = read(`
    /** A name. @pattern ^a$ */ export type Name = string;
    /** B. */ export interface B { /** c. */ c?: string }
    /** A. @exactlyOne d e */ export interface A { /** d. @format x @minItems 1 */ d?: (string | B)[]; /** e. @references k @minimum 2 */ e?: Record<string, Name>; /** f. @minimum 1 */ f: number }
  `);
  const schema = schemaOf(language, "A", "a");
  expect(schema).toMatchObject({
    required: ["f"],
    oneOf: [{ required: ["d"] }, { required: ["e"] }],
    properties: {
      d: { type: "array", minItems: 1, items: { anyOf: [{ type: "string", "x-format": "x" }, { $ref: "#/$defs/B" }] } },
      e: { additionalProperties: { pattern: "^a$", "x-references": ["k"] } },
      f: { type: "integer", minimum: 1 },
    },
    $defs: { B: { properties: { c: { type: "string" } } } },
  });
});

it("writes a validator that neither evaluates nor imports", () => {
  const source = validatorSource({ validateA: schemaOf(readSpec(spec), "DefinitionsSpec", "x") });
  expect(source).not.toMatch(/\beval\(|new Function|\brequire\(|^import /m);
});

it("what is committed is what spec.ts gives", () => {
  const language = readSpec(spec);
  const generated = (name: string): string => readFileSync(join(root, "packages/compiler/src/generated", name), "utf8");
  expect(generated("schema.json")).toBe(`${JSON.stringify(schemaOf(language, "ProjectSpec", "mlspec"), null, 2)}\n`);
  expect(generated("annotations.ts").endsWith(annotationsSource(language))).toBe(true);
});
