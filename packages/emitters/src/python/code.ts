/** Pieces of Python that the emitted files share. */
import { code, docOf, importFrom, literal, type Py } from "../text/python.js";

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
