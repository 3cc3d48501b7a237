import fc from "fast-check";
import type { Literal } from "../../src/text/python.js";

/** Pieces that break careless printers. */
const NASTY = [
  '"',
  "'",
  '"""',
  "'''",
  "\\",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\0",
  "\u0001",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u00ad",
  "\u2028",
  "\u2029",
  "\u202e",
  "\ufeff",
  "\ud800",
  "\udc00",
  "\u{1f600}",
  "{{ ds }}",
  "{% raw %}",
  "{# #}",
  "$(id)",
  "${HOME}",
  "`id`",
  "*/",
  "#",
  " #",
  ": ",
  "- ",
  "!!python/object",
  "on",
  "No",
  "1_000",
  "0o17",
  "12:30:45",
  "=",
  "<<",
  "~",
  "null",
  ".inf",
  "1e3",
  "0x1F",
  "3.10",
  "2026-01-01",
  "|",
  ">",
  "&a",
  "*a",
  "%",
  "@",
  "? ",
  "\\N{BULLET}",
  "é",
  "漢字",
  "Ж",
  "…",
];

export const hostileString: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.constantFrom("a", "word", " ")),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

export const hostileValue: fc.Arbitrary<Literal> = fc.letrec<{ value: Literal }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    hostileString,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(fc.tuple(hostileString, tie("value")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

export const SAMPLES = { numRuns: 2500, seed: 20260110 } as const;
