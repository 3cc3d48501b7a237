/** What a command is. */
import type { Arguments, Flag } from "./args.js";
import type { Terminal } from "./terminal.js";

export interface Context {
  readonly args: Arguments;
  /** As typed. */
  readonly argv: readonly string[];
  readonly terminal: Terminal;
  /** Folder that the command was called in. */
  readonly cwd: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments as help shows them. */
  readonly operands?: string;
  /** How many positional arguments are taken. */
  readonly positionals: number;
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  /** The exit code: 0 fine, 1 diagnostics, 2 usage. */
  run(context: Context): Promise<number>;
}

export const environmentFlag: Flag = { name: "env", short: "e", value: "NAME", help: "only this environment" };
