import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";

const HOLES = ["py", "ident", "name", "block", "comment", "docstring"];
/** The same as in the emitters' template-source.ts: a test there compares the outcome. */
const OPTIONS = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(HOLES.map((name) => [name, true])),
  preventIndent: true,
};

/** The templates as a module: `.hbs` as source and compiled ahead, all else as text. A package cannot reach outside its folder. */
export function templatesSource(folder: string): string {
  const files = filesBelow(folder).sort();
  const templates = files.filter((path) => path.endsWith(".hbs"));
  const texts = files.filter((path) => !path.endsWith(".hbs"));
  const names = templates.map((path) => JSON.stringify(path.replace(/\.hbs$/, "")));
  return [
    "// @ts-nocheck: Handlebars writes JavaScript.",
    'import type { EmbeddedTemplate } from "../text/template.js";',
    "",
    `export type TemplateName = ${union(names)};`,
    "",
    "/** By emitter and path, without `.hbs`: readable, and compiled ahead. */",
    "export const templates: Readonly<Record<TemplateName, EmbeddedTemplate>> = {",
    ...templates.map((path, index) => embedded(read(folder, path), path, names[index] ?? "")),
    "};",
    "",
    `export type TextName = ${union(texts.map((path) => JSON.stringify(path)))};`,
    "",
    "/** Files that are written as they are, by emitter and path. */",
    "export const texts: Readonly<Record<TextName, string>> = {",
    ...texts.map((path) => `  ${JSON.stringify(path)}: ${JSON.stringify(read(folder, path))},`),
    "};",
    "",
  ].join("\n");
}

function union(names: readonly string[]): string {
  return names.length === 0 ? "never" : names.join(" | ");
}

function embedded(source: string, path: string, name: string): string {
  let main: string;
  try {
    main = String(Handlebars.precompile(source, OPTIONS)).replaceAll("\n", "\n    ");
  } catch (error) {
    throw new Error(`templates/${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return `  ${name}: {\n    source: ${JSON.stringify(source)},\n    main: ${main},\n  },`;
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8").replaceAll("\r\n", "\n");
}

function filesBelow(folder: string, prefix = ""): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.name.startsWith(".") || entry.name === "__pycache__") return [];
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}
