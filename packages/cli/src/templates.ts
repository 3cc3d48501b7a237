/** What takes the place of built-in templates, where the project has any of its own. */
import type { AnalyzedProject, Templates } from "@mlspec/compiler";
import { templatesFor, type TemplateCompiler } from "@mlspec/emitters";

export function loadTemplates({ templates }: Pick<AnalyzedProject, "templates">, run: boolean): Templates | undefined {
  return templates.length === 0 ? undefined : templatesFor(templateCompiler(), run);
}

function templateCompiler(): TemplateCompiler {
  // A file beside the command.
  return require("./templates.cjs") as TemplateCompiler;
}
