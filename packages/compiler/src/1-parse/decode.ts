import type { Diagnostic } from "../diagnostic.js";
import { diagnose } from "../diagnostic.js";

/** With a mistake, the text up to the end of its line, so that it can be shown: signs stand for what is unreadable. */
export type Decoded = { readonly text: string } | { readonly diagnostic: Diagnostic; readonly shown: string };

const CHUNK = 8192;

/** Text of a file's bytes. Bytes that are not UTF-8 are a mistake, not replacement characters. */
export function decode(path: string, bytes: Uint8Array): Decoded {
  const parts: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] ?? 0;
    const length = lead < 0x80 ? 1 : sequenceLength(bytes, i);
    if (length === 0) return notUtf8(path, parts.join("") + String.fromCharCode(...units), { bytes, offset: i });
    pushCodePoint(units, length === 1 ? lead : codePoint(bytes, i, length));
    if (units.length >= CHUNK) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
    i += length;
  }
  return { text: parts.join("") + String.fromCharCode(...units) };
}

function notUtf8(path: string, before: string, { bytes, offset }: { readonly bytes: Uint8Array; readonly offset: number }): Decoded {
  let rest = "";
  for (let i = offset; i < bytes.length && bytes[i] !== 0x0a && bytes[i] !== 0x0d; i++) {
    const byte = bytes[i] ?? 0;
    rest += byte < 0x80 ? String.fromCharCode(byte) : "\uFFFD";
  }
  const span = { start: before.length, end: before.length + 1 };
  return { diagnostic: diagnose("not-utf8", { file: path, span }, { offset, encoding: encodingOf(bytes) }), shown: before + rest };
}

/** By its first bytes, which editors write so that it can be told. */
function encodingOf([first, second]: Uint8Array): string | undefined {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? "UTF-16" : undefined;
}

/** Bytes of the sequence at `i`; 0 where it is none (a stray or missing byte, an overlong form, a surrogate, beyond U+10FFFF). */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] ?? 0;
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let k = 1; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return 0;
  const point = length > 2 ? codePoint(bytes, i, length) : 0x80;
  if (length === 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) return 0;
  if (length === 4 && (point < 0x10000 || point > 0x10ffff)) return 0;
  return length;
}

function codePoint(bytes: Uint8Array, i: number, length: number): number {
  let point = (bytes[i] ?? 0) & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) point = (point << 6) | ((bytes[i + k] ?? 0) & 0x3f);
  return point;
}

function pushCodePoint(units: number[], point: number): void {
  if (point < 0x10000) units.push(point);
  else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
}
