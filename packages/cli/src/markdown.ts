/** Markdown as a terminal shows it: paragraphs wrapped, code as it stands. */
import { stripVTControlCharacters } from "node:util";
import { lexer, type Token, type Tokens } from "marked";
import { paint, type Terminal } from "./terminal.js";

/** Wider than this nobody reads a paragraph. */
const WIDEST = 100;

type Style = Parameters<typeof paint>[1];
type Ink = (style: Style, text: string) => string;

export function renderMarkdown(markdown: string, terminal: Pick<Terminal, "outColour" | "columns">): string {
  const ink: Ink = (style, text) => (text === "" ? "" : paint({ colour: terminal.outColour }, style, text));
  const width = Math.max(20, Math.min(terminal.columns, WIDEST));
  const blocks = lexer(markdown)
    .map((token) => block(token, width, ink))
    .filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function block(token: Token, width: number, ink: Ink): readonly string[] {
  switch (token.type) {
    case "heading":
      return [ink("bold", inline(token.tokens ?? [], ink)).replaceAll(GLUE, " ")];
    case "code":
      return code(token as Tokens.Code, ink);
    case "list":
      return (token as Tokens.List).items.flatMap((item) =>
        item.tokens.flatMap((part) => block(part, width - 2, ink)).map((line, i) => `${i === 0 ? "- " : "  "}${line}`),
      );
    case "space":
    case "html":
      return [];
    default:
      return wrap(inline("tokens" in token ? (token.tokens ?? []) : [token], ink), width);
  }
}

/** Code is never wrapped: what is copied from it has to work. */
function code({ text, lang = "" }: Tokens.Code, ink: Ink): readonly string[] {
  return text.split("\n").map((line) => {
    const style = lang === "diff" ? (line.startsWith("+") ? "green" : line.startsWith("-") ? "red" : undefined) : undefined;
    return `    ${style === undefined ? line : ink(style, line)}`.trimEnd();
  });
}

function inline(tokens: readonly Token[], ink: Ink): string {
  return tokens
    .map((token) => {
      switch (token.type) {
        case "codespan":
          return codeSpan(token as Tokens.Codespan, ink);
        case "strong":
        case "em":
          return ink("bold", inline(token.tokens ?? [], ink));
        case "link":
          return `${inline(token.tokens ?? [], ink)} (${(token as Tokens.Link).href})`;
        default:
          return "tokens" in token ? inline(token.tokens ?? [], ink) : "text" in token ? String(token.text) : token.raw;
      }
    })
    .join("");
}

/** Stands for a space where no line is broken. */
const GLUE = "\u00A0";

/** Without colours its quotes say that it is code. */
function codeSpan({ text, raw }: Tokens.Codespan, ink: Ink): string {
  const inked = ink("cyan", text);
  return (inked === text ? raw : inked).replaceAll(" ", GLUE);
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \n\t]+/).filter((each) => each !== "")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && stripVTControlCharacters(longer).length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll(GLUE, " "));
}
