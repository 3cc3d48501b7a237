/** The whole compiler over files in memory, with the built-in emitters: what the tests of whole projects share. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import {
  analyze,
  compile,
  lendSha256,
  memoryHost,
  renderPretty,
  type AnalyzedProject,
  type CompiledProject,
  type LoadedEmitter,
  type Policy,
} from "@mlspec/compiler";
import { builtins, templatesFor } from "@mlspec/emitters";
import { nativeSha256 } from "../../packages/cli/src/host.js";
import * as handlebars from "../../packages/emitters/src/text/template-source.js";

// As the command does it: whole projects are hashed over and over.
lendSha256(nativeSha256);

export const root = fileURLToPath(new URL("../../", import.meta.url));

export const emitters: Readonly<Record<string, LoadedEmitter>> = Object.fromEntries(
  Object.entries(builtins).map(([name, emitter]) => [name, { emitter, plugin: false }]),
);

const templates = templatesFor(handlebars, true);

export type Texts = Readonly<Record<string, string>>;

export interface Compiled extends CompiledProject {
  readonly analyzed: AnalyzedProject;
  /** All output, by path below the project folder. */
  readonly output: Texts;
  readonly messages: string;
}

export function compileTexts(
  texts: Texts,
  plugins: Readonly<Record<string, LoadedEmitter>> = {},
  policies: Readonly<Record<string, Policy>> = {},
): Compiled {
  const analyzed = analyze(memoryHost(texts));
  const compiled = compile(analyzed, { emitters: { ...emitters, ...plugins }, templates, policies });
  const output = Object.fromEntries(
    compiled.environments.flatMap(({ folder, files }) => files.map(({ path, text }) => [`${folder}/${path}`, text])),
  );
  return { ...compiled, analyzed, output, messages: renderPretty(compiled.diagnostics, analyzed.texts) };
}

/** The files of a folder of the repository, as a project; generated output is left out. */
export function folderTexts(folder: string): Texts {
  const top = join(root, folder);
  const paths = readdirSync(top, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(top, path)).isFile());
  const files = paths
    .map((path) => path.split(sep).join("/"))
    .filter((path) => !/^(generated|lake|\.mlspec)\//.test(path) && /\.(ya?ml|sql|avsc|py|txt)$/.test(path));
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(top, path), "utf8")]));
}
