/**
 * Data as YAML that readers of version 1.1 (PyYAML, Kubernetes) and 1.2 take alike: a plain scalar only where no version could see anything
 * else in it, no aliases, no folding, keys in the order given.
 */
import type { Json } from "../ir.js";

/** One document, with a final newline. */
export function printYaml(data: Json): string {
  return isNested(data) ? node(data, 0) : `${scalar(data, 0)}\n`;
}

/** Several documents of a stream. */
export function printYamlStream(documents: readonly Json[]): string {
  return documents.map((data) => `---\n${printYaml(data)}`).join("");
}

type Nested = readonly Json[] | { readonly [key: string]: Json };

/** Every line of a mapping or sequence that is not empty, each with its newline. */
function node(data: Nested, indent: number): string {
  const pad = " ".repeat(indent);
  if (isList(data)) return data.map((item) => `${pad}- ${listItem(item, indent)}`).join("");
  return Object.entries(data)
    .map(([key, value]) => pad + entry(key, value, indent))
    .join("");
}

function listItem(value: Json, indent: number): string {
  return isNested(value) ? node(value, indent + 2).slice(indent + 2) : `${scalar(value, indent + 2)}\n`;
}

function entry(key: string, value: Json, indent: number): string {
  const name = text(key);
  // A key longer than this could pass the limit that readers set for keys on one line.
  const before = name.length > 128 ? `? ${name}\n${" ".repeat(indent)}:` : `${name}:`;
  if (isNested(value)) return `${before}\n${node(value, indent + 2)}`;
  return `${before} ${scalar(value, indent + 2)}\n`;
}

function scalar(value: Json, indent: number): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "number":
      return number(value);
    case "string":
      return isBlockText(value) ? blockText(value, indent) : text(value);
    default:
      return isList(value) ? "[]" : "{}";
  }
}

/** YAML 1.1 wants a point and a signed exponent. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`not a finite number: ${value}`);
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${exponent}`;
}

/** Words that some version reads as a boolean or null. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
const WORD = /^[A-Za-z/][\w./@:+()-]*(?: [\w./@+()<>=,;'"-][\w./@:+()<>=,;'"-]*)*$/;
const QUANTITY = /^[1-9][0-9]*(?:m|[KMGT]i?|%)$/;

function text(value: string): string {
  const plain = (WORD.test(value) && !WORDS.test(value) && !/:(?: |$)/.test(value)) || QUANTITY.test(value);
  return plain && value.length <= 1000 ? value : quoted(value);
}

function quoted(value: string): string {
  let out = "";
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") out += `\\${character}`;
    else if (character === "\n") out += "\\n";
    else if (isPrintable(code)) out += character;
    else if (code <= 0xff) out += `\\x${hex(code, 2)}`;
    else out += code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  }
  return `"${out}"`;
}

/** What stands as itself: a closed set, so that no Unicode version matters. */
function isPrintable(code: number): boolean {
  return (
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa1 && code <= 0x24f && code !== 0xad) ||
    (code >= 0x386 && code <= 0x481) ||
    (code >= 0x2010 && code <= 0x2026) ||
    code === 0x20ac ||
    (code >= 0x3041 && code <= 0x30fa) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3)
  );
}

/** Several lines that a literal block scalar holds exactly. */
function isBlockText(value: string): boolean {
  if (!value.includes("\n") || /^[\s]/.test(value) || /[ \t]\n|\n\n$|\s\n$|[ \t]$/.test(value)) return false;
  for (const character of value) {
    if (character !== "\n" && !isPrintable(character.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

function blockText(value: string, indent: number): string {
  const clip = value.endsWith("\n");
  const lines = (clip ? value.slice(0, -1) : value).split("\n");
  const pad = " ".repeat(indent);
  return `${clip ? "|" : "|-"}\n${lines.map((line) => (line === "" ? "" : pad + line)).join("\n")}`;
}

function isNested(data: Json): data is Nested {
  return typeof data === "object" && data !== null && (isList(data) ? data.length > 0 : Object.keys(data).length > 0);
}

function isList(data: object): data is readonly Json[] {
  return Array.isArray(data);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
