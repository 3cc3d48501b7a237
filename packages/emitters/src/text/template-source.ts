/** Templates from their source: for the generator, and for a project that replaces one of ours. Brings the Handlebars compiler. */
import Handlebars from "handlebars";
import type { TemplatePlace } from "@mlspec/compiler";
import { fromSpecification, HOLES, placeOf, type Template } from "./template.js";

const KNOWN: Record<string, boolean> = Object.fromEntries(HOLES.map((name) => [name, true]));
const BLOCKS: ReadonlySet<string> = new Set(["if", "unless", "each", "with"]);
const OPTIONS = { strict: true, noEscape: true, knownHelpersOnly: true, knownHelpers: KNOWN, preventIndent: true };

/** A mistake in a template: not ours, so it is a value with the place that causes it. */
export interface TemplateMistake extends TemplatePlace {
  readonly message: string;
}

/** What a template must not contain: raw holes, unknown helpers, partials, decorators, NUL. */
export function checkTemplate(source: string): readonly TemplateMistake[] {
  if (source.includes("\0")) return [{ message: "NUL is not text", line: 1 }];
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (error) {
    return [unreadable(error instanceof Error ? error.message : String(error))];
  }
  const mistakes: TemplateMistake[] = [];
  const report = (node: hbs.AST.Node, message: string): void => {
    mistakes.push({ message, ...placeOf(node.loc) });
  };
  new Checker(report).accept(program);
  return mistakes;
}

/** Handlebars says `Parse error on line 3:` with a picture and what it expects, or a sentence that ends with ` - 3:7`. */
function unreadable(message: string): TemplateMistake {
  const line = Number((/ on line (\d+)/.exec(message) ?? / - (\d+):\d+$/.exec(message))?.[1] ?? 1);
  const said = (message.split("\n").at(-1) ?? "").replace(/ - \d+:\d+$/, "");
  // What it expects are names of its grammar, a dozen of them.
  const got = /^Expecting .*, got '(\w+)'$/.exec(said)?.[1];
  const why = got === undefined ? said : got === "EOF" ? "it ends within a block or a hole" : "something here is not expected";
  const end = got === undefined ? "" : ". A hole ends with `}}`, and a block with its name: `{{#if x}}…{{/if}}`";
  return { message: `Handlebars cannot read it: ${why}${end}`, line };
}

/** JavaScript source of the compiled template: an object literal. Throws on a template with mistakes. */
export function precompileTemplate(source: string): string {
  refuse(source);
  return String(Handlebars.precompile(source, OPTIONS));
}

/** A template ready to print. Throws on a template with mistakes: ask `checkTemplate` first where a user wrote it. */
export function fromSource(name: string, source: string): Template {
  refuse(source);
  const build = Function(`return (${String(Handlebars.precompile(source, OPTIONS))});`) as () => TemplateSpecification;
  return fromSpecification(name, build());
}

function refuse(source: string): void {
  const [mistake] = checkTemplate(source);
  if (mistake !== undefined) throw new Error(`line ${mistake.line}: ${mistake.message}`);
}

type Report = (node: hbs.AST.Node, message: string) => void;

/** Handlebars asks for a class here. */
class Checker extends Handlebars.Visitor {
  constructor(private readonly report: Report) {
    super();
  }

  override MustacheStatement(node: hbs.AST.MustacheStatement): void {
    const name = pathOf(node.path);
    if (!node.escaped) this.report(node, "a hole has two braces, not three");
    if (KNOWN[name] !== true) this.report(node, `{{${name}}} is a raw hole: write {{py ${name}}} or another of ${HOLES.join(", ")}`);
    else if (node.params.length !== 1 || node.hash !== undefined) this.report(node, `{{${name}}} takes exactly one value`);
    if (node.params.some((param) => param.type !== "PathExpression")) this.report(node, `{{${name}}} takes the path of a value`);
  }

  override BlockStatement(node: hbs.AST.BlockStatement): void {
    const name = pathOf(node.path);
    if (!BLOCKS.has(name)) this.report(node, `{{#${name}}} is unknown: use ${[...BLOCKS].join(", ")}`);
    if (node.params.some((param) => param.type !== "PathExpression")) this.report(node, `{{#${name}}} takes the path of a value`);
    super.BlockStatement(node);
  }

  override PartialStatement(node: hbs.AST.PartialStatement): void {
    this.report(node, "partials are not supported");
  }

  override PartialBlockStatement(node: hbs.AST.PartialBlockStatement): void {
    this.report(node, "partials are not supported");
  }

  override DecoratorBlock(node: hbs.AST.DecoratorBlock): void {
    this.report(node, "decorators are not supported");
  }

  override Decorator(node: hbs.AST.Decorator): void {
    this.report(node, "decorators are not supported");
  }
}

function pathOf(node: { readonly type: string }): string {
  return "original" in node ? String(node.original) : "";
}
