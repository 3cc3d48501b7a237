/** Pieces of Python that the emitted files share. */
import { code, docOf, literal, type Py } from "../text/python.js";

/** The code on one line. */
export function flat(value: Py): string {
  return docOf(value).flat;
}

/** `row["spend_1h"]`. */
export function item(name: string, key: string): Py {
  return code(`${name}[${flat(literal(key))}]`);
}
