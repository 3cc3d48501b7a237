/** Strings in a text of Spark SQL, as Spark's lexer reads them: quotes of either kind, escapes by backslash. */
export function sqlTexts(sql: string): readonly string[] {
  return [...sql.matchAll(/'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"/g)].map(([, single, double]) => unescaped(single ?? double ?? ""));
}

const ESCAPES: Readonly<Record<string, string>> = { "0": "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\u001a", "%": "\\%", _: "\\_" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-3][0-7]{2})|([^]))/g, (_, ...found: (string | undefined)[]) => {
    const [short, long, octal, other = ""] = found;
    if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
    if (long !== undefined) return String.fromCodePoint(Number.parseInt(long, 16));
    return octal === undefined ? (ESCAPES[other] ?? other) : String.fromCharCode(Number.parseInt(octal, 8));
  });
}
