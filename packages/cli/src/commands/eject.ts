/** `mlspec eject`: a template of ours becomes a file of the project's own, to be changed there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nearest, PROJECT_FILE, type AnalyzedProject } from "@mlspec/compiler";
import { builtinTemplates } from "@mlspec/emitters";
import { meant, projectFlag, UsageError } from "../args.js";
import type { Command, Context } from "../command.js";
import { analyzeFolder, projectFolder } from "../project.js";

export const eject: Command = {
  name: "eject",
  summary: "Copies a template into the project, to be changed there; lists them without a name.",
  operands: "[TEMPLATE]",
  positionals: 1,
  flags: [projectFlag],
  examples: ["mlspec eject", "mlspec eject airflow/dag.py"],
  run: async (context) => {
    const name = context.args.positionals[0];
    if (name !== undefined) return copy(context, name);
    context.terminal.out([...builtinTemplates.keys()].map((each) => `${each}\n`).join(""));
    return 0;
  },
};

function copy(context: Context, name: string): number {
  const template = builtinTemplates.get(name);
  if (template === undefined)
    throw new UsageError(
      `there is no template \`${name}\`.${meant(nearest(name, builtinTemplates.keys())) || " `mlspec eject` lists them."}`,
    );
  const folder = projectFolder(context);
  const project = analyzeFolder(folder);
  const known = project.templates.find((each) => each.name === name);
  if (known !== undefined) throw new UsageError(`\`${name}\` is replaced already, by ${known.path}.`);
  const path = `templates/${name}${template.holes ? ".hbs" : ""}`;
  if (existsSync(join(folder, path))) throw new UsageError(`${path} is there already, and is not replaced.`);
  const spec = join(folder, PROJECT_FILE);
  const named = withEntry(readFileSync(spec, "utf8"), `${name}: ${path}`, project);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), template.text);
  context.terminal.say(`${path}: written; what it says is what is emitted from now on`);
  if (named === undefined) context.terminal.say(`${PROJECT_FILE}: add \`templates: { ${name}: ${path} }\``);
  else writeFileSync(spec, named);
  return 0;
}

/** The project's text with one more entry of `templates`; undefined where its form leaves no sure place for it. */
function withEntry(text: string, entry: string, { environments }: AnalyzedProject): string | undefined {
  const [first] = environments;
  if (first === undefined || /^\s*\{/.test(text)) return undefined;
  const value = (first.resolved.value as { readonly templates?: unknown }).templates;
  if (value === undefined) return `${text.replace(/\n*$/, "\n")}templates:\n  ${entry}\n`;
  const key = Object.keys(Object(value))[0];
  if (key === undefined) return undefined;
  const { start } = first.resolved.locate(["templates", key], "key").span;
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return `${text.slice(0, start)}${entry}${line.trim() === "" ? `\n${line}` : ", "}${text.slice(start)}`;
}
