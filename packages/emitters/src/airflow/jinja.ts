/** Texts that Airflow renders: what looks like a template in a spec must arrive as it is. */

/** Endings that make Airflow load a file in place of the text. */
const FILE_ENDINGS = /\.(?:sh|bash|json|ya?ml)$/;

/** A text that renders to `value`. */
export function jinjaText(value: string): string {
  if (!/[{}\r]|\n$/.test(value) && !FILE_ENDINGS.test(value)) return value;
  return `{{ "${value.replace(/[^A-Za-z0-9 _.,:;/=+-]/gsu, escape)}" }}`;
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** A word of a shell command. */
export function shellWord(value: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}
