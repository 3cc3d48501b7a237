/** The fraud example with feature groups on servers in production, and what is written for it. */
import { expect } from "vitest";
import { compileTexts, folderTexts, type Texts } from "../support/compile.js";

type Output = Readonly<Record<string, string>>;

export const example = folderTexts("tests/support/fraud_files");

/** With these secrets, these lines of `stores`, and each group where it is said to be. */
export function onServers(secrets: readonly string[], stores: readonly string[], groups: Readonly<Record<string, string>>): Texts {
  const online = Object.entries(groups).map(([group, kind]) => `${group}: { online: ${kind} }`);
  const project = (example["mlspec.yaml"] ?? "")
    .replace("\nenvironments:\n", `\nsecrets: [${secrets.join(", ")}]\n\nenvironments:\n`)
    .replace("local: { runtime: local }", "local: { runtime: local, secrets: { from: env } }")
    .replace(
      "    runtime: kubernetes\n",
      `    runtime: kubernetes
    secrets: { from: kubernetes, name: fraud-secrets }
    stores:
${stores.map((line) => `      ${line}\n`).join("")}`,
    )
    .replace("overrides: {", `overrides: { features: { ${online.join(", ")} },`);
  return { ...example, "mlspec.yaml": project };
}

export function outputOf(texts: Texts): Output {
  const { output, diagnostics } = compileTexts(texts);
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return output;
}

export const file = (output: Output, path: string): string => output[`generated/production/${path}`] ?? "";

/** Paths of emitted files that have a word. */
export const mentions = (output: Output, word: RegExp): readonly string[] =>
  Object.entries(output)
    .filter(([path, text]) => path.startsWith("generated/") && word.test(text))
    .map(([path]) => path);
