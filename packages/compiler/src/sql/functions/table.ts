/** Every function of Spark 4.1 by its name, with what 4.0 lacks of them: a name that is not here, Spark does not have. Lines are read when a function is first asked for. */
import { AGGREGATES } from "./aggregates.js";
import { NESTED } from "./nested.js";
import { NUMBERS } from "./numbers.js";
import { parseFunction, type FunctionDef } from "./signature.js";
import { TEXT } from "./text.js";
import { TIMES } from "./times.js";

let lines: ReadonlyMap<string, string> | undefined;
const parsed = new Map<string, FunctionDef>();

function allLines(): ReadonlyMap<string, string> {
  lines ??= new Map(
    [TEXT, NUMBERS, TIMES, NESTED, AGGREGATES].flatMap((family) =>
      family
        .split("\n")
        .filter((line) => line !== "")
        .map((line): [string, string] => [/^[^\s(]+/.exec(line)?.[0] ?? "", line]),
    ),
  );
  return lines;
}

export function findFunction(name: string): FunctionDef | undefined {
  const lower = name.toLowerCase();
  const line = allLines().get(lower);
  if (line === undefined) return undefined;
  const def = parsed.get(lower) ?? parseFunction(line);
  parsed.set(lower, def);
  return def;
}

export function functionNames(): Iterable<string> {
  return allLines().keys();
}
