import { isWide } from "./layout.js";

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/**
 * A Python string literal on one line, in the quotes that `ruff format` prefers. Characters that are
 * invisible, change the direction of text or that editors show badly are escaped.
 */
export function stringLiteral(value: string): string {
  const quote = count(value, '"') > count(value, "'") ? "'" : '"';
  return quote + escaped(value, quote) + quote;
}

/** The text between the quotes: `quote` itself is escaped. */
export function escaped(value: string, quote: string): string {
  let out = "";
  for (const character of value) {
    if (character === quote) out += `\\${quote}`;
    else out += SHORT[character] ?? (isPlain(character) ? character : codeEscape(character));
  }
  return out;
}

/** A character that may stand in source text as itself. The set is closed, so that no Unicode version matters. */
export function isPlain(character: string): boolean {
  if (character.length !== 1) return false;
  const unit = character.charCodeAt(0);
  return (
    (unit >= 0x20 && unit <= 0x7e) ||
    (unit >= 0xa1 && unit <= 0x24f && unit !== 0xad) ||
    (unit >= 0x386 && unit <= 0x3ce && unit !== 0x387 && unit !== 0x38b && unit !== 0x38d && unit !== 0x3a2) ||
    (unit >= 0x400 && unit <= 0x481) ||
    (unit >= 0x2010 && unit <= 0x2027) ||
    unit === 0x20ac ||
    isWide(unit)
  );
}

function codeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

function count(value: string, character: string): number {
  return value.split(character).length - 1;
}
