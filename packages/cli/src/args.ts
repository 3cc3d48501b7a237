/** Arguments: node:util splits them, a table says what they mean. Mistakes are sentences, never stacks. */
import { parseArgs } from "node:util";
import { nearest } from "@mlspec/compiler";

export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in help; absent for switches. */
  readonly value?: string;
  /** The only values that are taken. */
  readonly oneOf?: readonly string[];
  readonly many?: boolean;
  readonly help: string;
}

export interface Arguments {
  readonly positionals: readonly string[];
  has(flag: string): boolean;
  /** The last value given. */
  value(flag: string): string | undefined;
  values(flag: string): readonly string[];
}

/** A mistake in how the command was called: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const helpFlag: Flag = { name: "help", short: "h", help: "show this help" };
export const projectFlag: Flag = {
  name: "project",
  short: "C",
  value: "DIR",
  help: "the project folder; default: the nearest one upwards with an mlspec.yaml",
};
export const formatFlag: Flag = {
  name: "format",
  value: "FORMAT",
  oneOf: ["pretty", "json", "github", "sarif"],
  help: "how diagnostics are printed: pretty (default), json, github (annotations of a workflow) or sarif",
};
/** Of commands that read a project. A command takes only the flags that change what it does. */
export const projectFlags: readonly Flag[] = [
  projectFlag,
  formatFlag,
  { name: "no-plugins", help: "refuse the project's own emitters and templates" },
];

/** Reads the arguments of a command by its table of flags. */
export function readArguments(argv: readonly string[], flags: readonly Flag[], positionals: number): Arguments {
  const options = Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      {
        type: flag.value === undefined ? ("boolean" as const) : ("string" as const),
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const found = new Map<string, string[]>();
  const rest: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") rest.push(token.value);
    if (token.kind !== "option") continue;
    const flag = flags.find((each) => each.name === token.name);
    if (flag === undefined) throw new UsageError(unknownFlag(token.rawName, flags));
    found.set(flag.name, [...(found.get(flag.name) ?? []), checkedValue(flag, token.rawName, token.value)]);
  }
  if (rest.length > positionals) throw new UsageError(`unexpected argument \`${rest[positionals] ?? ""}\``);
  return {
    positionals: rest,
    has: (name) => found.has(name),
    value: (name) => found.get(name)?.at(-1),
    values: (name) => found.get(name) ?? [],
  };
}

function checkedValue(flag: Flag, raw: string, value: string | undefined): string {
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`${raw} takes no value`);
    return "";
  }
  if (value === undefined || value === "") throw new UsageError(`${raw} needs a value: ${raw} ${flag.value}`);
  if (flag.oneOf !== undefined && !flag.oneOf.includes(value))
    throw new UsageError(`${raw} is one of ${flag.oneOf.join(", ")}; not \`${value}\`.${meant(nearest(value, flag.oneOf))}`);
  return value;
}

function unknownFlag(raw: string, flags: readonly Flag[]): string {
  const near = nearest(
    raw.replace(/^-+/, ""),
    flags.map((flag) => flag.name),
  );
  return `unknown option ${raw}.${meant(near === undefined ? undefined : `--${near}`)}`;
}

/** The last part of a message where something near exists. */
export function meant(near: string | undefined): string {
  return near === undefined ? "" : ` Did you mean ${near}?`;
}
