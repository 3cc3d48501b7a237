import { expect, it } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

const example = folderTexts("examples/fraud_detection");

/** Codes of the fraud example with another text in its project file, each with the text that is underlined. */
function told(from: string, to: string): readonly (readonly [string, string])[] {
  const spec = example["mlspec.yaml"] ?? "";
  expect(spec).toContain(from);
  const { diagnostics, analyzed } = compileTexts({ ...example, "mlspec.yaml": spec.replace(from, to) });
  return diagnostics.map(({ code, file, span }) => [code, (analyzed.texts.get(file) ?? "").slice(span.start, span.end)]);
}

it.each([
  ["registry: ghcr.io/acme", 'registry: "GHCR.io/acme"', "docker/invalid-registry", '"GHCR.io/acme"'],
  ["namespace: fraud", "namespace: My_Team", "kubernetes/invalid-namespace", "My_Team"],
])("an option that only the emitter can judge is told at its value: %s", (from, to, code, underlined) => {
  expect(told(from, to)).toContainEqual([code, underlined]);
});
