/** Pieces of Python that the emitted files share. */
import { call, code, docOf, importFrom, literal, type Py } from "../text/python.js";

/** The code on one line. */
export function flat(value: Py): string {
  return docOf(value).flat;
}

/** `row["spend_1h"]`. */
export function item(name: string, key: string): Py {
  return code(`${name}[${flat(literal(key))}]`);
}

/** `from module import …` with the names sorted as linters want them: constants, classes, functions. */
export function importing(module: string, names: Iterable<string>): Py {
  return importFrom(
    module,
    [...new Set(names)].sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1)),
  );
}

function rank(name: string): number {
  if (name === name.toUpperCase()) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}

const UNITS = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1000],
  ["milliseconds", 1],
] as const;

/** `timedelta(days=1, minutes=10)`. */
export function timedelta(milliseconds: number): Py {
  let left = milliseconds;
  const parts: Record<string, Py> = {};
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) parts[unit] = literal(count);
    left -= count * size;
  }
  return call("timedelta", [], Object.keys(parts).length === 0 ? { milliseconds: literal(0) } : parts);
}
