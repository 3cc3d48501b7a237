/** Reads templates of a project's own. A file of its own: few projects have any, and the parser of templates is large. */
export { checkTemplate, precompileTemplate } from "@mlspec/emitters/handlebars";
