/** The templates of the built-in emitters, for hosts: their names and texts, and how a project's own files take their place. */
import type { Templates } from "@mlspec/compiler";
import { templates, texts } from "./generated/templates.js";
import { fromSpecification } from "./text/template.js";

/** What reads templates: `@mlspec/emitters/handlebars`. It brings a parser, so it is loaded where a project has a template of its own. */
export interface TemplateCompiler {
  checkTemplate(source: string): readonly { readonly message: string; readonly line: number }[];
  /** JavaScript of the compiled template: an object literal. */
  precompileTemplate(source: string): string;
}

const TEXTS: ReadonlyMap<string, string> = new Map(Object.entries(texts).filter(([name]) => !name.startsWith("init/")));
const TEMPLATES: ReadonlyMap<string, string> = new Map(Object.entries(templates).map(([name, { source }]) => [name, source]));

/** By name, with its text and whether it has holes. */
export const builtinTemplates: ReadonlyMap<string, { readonly text: string; readonly holes: boolean }> = new Map(
  [...TEMPLATES, ...TEXTS].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => [name, { text, holes: TEMPLATES.has(name) }]),
);

/** `run`: whether templates of the project may print. */
export function templatesFor({ checkTemplate, precompileTemplate }: TemplateCompiler, run: boolean): Templates {
  const replace = (name: string, source: string): ((data: object) => string) => {
    const text = source.replaceAll("\r\n", "\n");
    if (!TEMPLATES.has(name)) return () => text;
    // Handlebars compiles to JavaScript; a checked template has typed holes only.
    const build = Function(`return (${precompileTemplate(text)});`) as () => TemplateSpecification;
    return fromSpecification(name, build());
  };
  return {
    names: [...builtinTemplates.keys()],
    check: (name, source) => (TEMPLATES.has(name) ? checkTemplate(source) : []),
    ...(run ? { replace } : {}),
  };
}
