/** Pieces of Python that several emitted files share. */
import { call, code, literal, type Py } from "../text/python.js";
import { LINE_LENGTH } from "../text/layout.js";

const UNITS = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1_000],
  ["milliseconds", 1],
] as const;

/** `timedelta(minutes=10)`: in the largest unit that is exact. */
export function timedelta(milliseconds: number): Py {
  for (const [unit, size] of UNITS) {
    if (milliseconds % size === 0 && milliseconds !== 0) {
      return call("timedelta", [], { [unit]: literal(milliseconds / size) });
    }
  }
  return call("timedelta", [literal(0)]);
}

/** The first line of a function, as the formatter breaks it. */
export function signature(name: string, parameters: string, result: string): Py {
  const flat = `def ${name}(${parameters}) -> ${result}:`;
  return code(flat.length <= LINE_LENGTH ? flat : `def ${name}(\n    ${parameters}\n) -> ${result}:`);
}

/** `card_velocity` → `CARD_VELOCITY_GROUP`. A suffix keeps one-letter names clear of what linters find ambiguous. */
export function constant(name: string, suffix: "SOURCE" | "TOPIC" | "GROUP" | "INPUTS"): string {
  return `${name.toUpperCase()}_${suffix}`;
}

export function reader(dataset: string): string {
  return `read_${dataset}`;
}

/** Named arguments without those that are absent. */
export function present(args: Readonly<Record<string, Py | undefined>>): Readonly<Record<string, Py>> {
  return Object.fromEntries(Object.entries(args).filter((entry): entry is [string, Py] => entry[1] !== undefined));
}

/** Names after `import`, in the order that import sorters want. */
export function imported(names: readonly string[]): Py {
  return code([...names].sort(byCase).join(", "));
}

/** Constants first, then classes, then functions. */
function byCase(left: string, right: string): number {
  return rank(left) - rank(right) || (left < right ? -1 : 1);
}

function rank(name: string): number {
  if (name === name.toUpperCase()) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}
