/** Prints by the project's own file where it has one in place of a template, else by ours. */
import type { EmitContext } from "@mlspec/compiler";
import { templates, texts, type TemplateName, type TextName } from "../generated/templates.js";
import { fromEmbedded } from "./template.js";

export interface Print {
  /** A file with holes. */
  template(name: TemplateName, data: object): string;
  /** A file that is the same in every project. */
  text(name: TextName): string;
}

export function printer(context: Pick<EmitContext, "template">): Print {
  return {
    template: (name, data) => (context.template(name) ?? fromEmbedded(name, templates[name]))(data),
    text: (name) => context.template(name)?.({}) ?? texts[name],
  };
}
