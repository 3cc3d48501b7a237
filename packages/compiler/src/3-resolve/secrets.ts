import type { Document, Path } from "../1-parse/index.js";
import { isRecord, valueAt } from "../2-validate/index.js";
import { nameFix, nearest, type Report } from "../diagnostic.js";
import { secretName } from "../shorthand/index.js";
import type { Place } from "../text.js";
import type { ProjectFile } from "./files.js";

/** Names that the project lists, in its order. */
export function secretNames(files: readonly ProjectFile[]): readonly string[] {
  const list = valueAt(files.find(({ role }) => role === "project")?.document.value, ["secrets"]);
  return Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];
}

interface Context {
  readonly document: Document;
  readonly secrets: readonly string[];
  readonly report: Report;
}

/** A text where a secret belongs. */
export function checkSecretSlot(text: string, path: Path, { document, secrets, report }: Context): void {
  const name = secretName(text);
  if (name === undefined) report("secret-literal", document.locate(path), { key: String(path.at(-1)) });
  else if (!secrets.includes(name)) unknownSecret(name, document.locateInside(path, "${secret.".length, name.length), secrets, report);
}

/** Secrets that environments place by name. */
export function checkPlacedSecrets(root: Document, secrets: readonly string[], report: Report): void {
  const environments = valueAt(root.value, ["environments"]);
  for (const environment of Object.keys(isRecord(environments) ? environments : {})) {
    const path = ["environments", environment, "secrets", "connections"];
    const connections = valueAt(root.value, path);
    for (const name of Object.keys(isRecord(connections) ? connections : {}))
      if (!secrets.includes(name) && !name.startsWith("x-")) unknownSecret(name, root.locate([...path, name], "key"), secrets, report);
  }
}

function unknownSecret(name: string, at: Place, secrets: readonly string[], report: Report): void {
  const near = nearest(name, secrets);
  report("unknown-secret", at, { name, nearest: near, known: secrets }, nameFix(at, name, near, secrets));
}

/** Names that are listed twice, or that no file mentions. */
export function checkSecretList(files: readonly ProjectFile[], report: Report): void {
  const root = files.find(({ role }) => role === "project")?.document;
  if (root === undefined) return;
  const listed = valueAt(root.value, ["secrets"]);
  const list: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const silent = files.some(({ document }) => document.broken);
  for (const [index, name] of list.entries()) {
    if (typeof name !== "string") continue;
    const used = files.some(({ document }) => document.file.text.includes(`\${secret.${name}}`));
    if (list.indexOf(name) < index) report("duplicate-secret", root.locate(["secrets", index]), { name });
    else if (!used && !silent) report("unused-secret", root.locate(["secrets", index]), { name });
  }
}
