import { escaped, isPlain } from "./python-string.js";

/** `# …` lines. What could end a line, or is invisible, becomes a blank or its code point. */
export function commentLines(value: string): readonly string[] {
  return value
    .trimEnd()
    .split(/\r\n|[\n\r]/)
    .map((line) => `# ${visible(line)}`.trimEnd());
}

/** A docstring with its quotes. Its text is not exact in white space: lines are trimmed and indented to `indent`. */
export function docstringText(value: string, indent: number): string {
  const lines = value.trim().split(/\r\n|[\n\r]/);
  const body = lines
    .map((line) => escaped(line.replaceAll("\t", "    ").trimEnd(), '"'))
    .map((line, index) => (index === 0 || line === "" ? line.trimStart() : " ".repeat(indent) + line));
  return lines.length === 1 ? `"""${body.join("")}"""` : `"""${body.join("\n")}\n${" ".repeat(indent)}"""`;
}

function visible(line: string): string {
  let out = "";
  for (const character of line) {
    if (isPlain(character)) out += character;
    else if (character === "\t") out += " ";
    else out += `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  }
  return out;
}
