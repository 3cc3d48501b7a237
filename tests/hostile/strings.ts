/** Strings that want to be something else: code, markup, structure. */
import fc from "fast-check";

const PIECES = [
  '"',
  "'",
  '"""',
  "'''",
  "\\",
  "\\n",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\0",
  "\u2028",
  "\u2029",
  "\u0085",
  "\ufeff",
  "\u202e",
  "\ud800",
  "\udc00",
  "\u{1f4a9}",
  "é",
  "İ",
  "{{ x }}",
  "{% x %}",
  "{{",
  "}}",
  "{#",
  "${x}",
  "$(id)",
  "`id`",
  "$HOME",
  "%(x)s",
  "%s",
  "{0}",
  "*/",
  "/*",
  "//",
  "-- ",
  "#",
  " #",
  ": ",
  "- ",
  "? ",
  "&a",
  "*a",
  "!!python/object:os.system",
  "<<",
  "|",
  ">",
  "%YAML",
  "on",
  "off",
  "yes",
  "no",
  "null",
  "~",
  "true",
  "1_000",
  "0x1f",
  "1e3",
  "012",
  "2026-01-01",
  ".inf",
  "=",
  "@",
  "---",
  "...",
  ";",
  "&&",
  "||",
  "\nRUN id",
  "\nimport os",
  "\n    return 1",
  "os.system('id')",
  "' OR 1=1 --",
  "<script>",
  "&amp;",
  "]]>",
  "\\u0000",
  "\\x",
  "\\",
  " ",
  "",
  "a".repeat(300),
] as const;

const mixed: fc.Arbitrary<string> = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) }),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(""));

/** Tried everywhere. */
const ALWAYS = [
  '"',
  "'",
  "\\",
  "\n",
  "{{ x }}",
  "$(id)",
  "`id`",
  "\0",
  "\u2028",
  "*/",
  '"""',
  "\ud800",
  "!!python/object:os.system",
  "on",
  "1_000",
] as const;

/** `count` different strings: those of always, then single pieces and mixed ones. Another `shift`, another beginning. */
export function hostileStrings(count: number, shift: number): readonly string[] {
  const rotated = <T>(list: readonly T[]): readonly T[] => list.map((each, i) => list[(i + shift) % list.length] ?? each);
  const strings = new Set<string>(rotated(ALWAYS).slice(0, count));
  const pieces = rotated([...new Set<string>(PIECES)].filter((piece) => !strings.has(piece)));
  for (const piece of pieces.slice(0, Math.ceil((count - strings.size) / 2))) strings.add(piece);
  for (const each of fc.sample(mixed, { numRuns: 3 * count, seed: 20_260_101 + shift })) if (strings.size < count) strings.add(each);
  return [...strings];
}
