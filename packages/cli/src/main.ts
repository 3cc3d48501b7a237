/** argv → command → exit code. Mistakes in the call are sentences and exit code 2; anything thrown else is a bug of ours, and says so. */
import { nearest } from "@mlspec/compiler";
import { helpFlag, meant, readArguments, UsageError } from "./args.js";
import type { Command } from "./command.js";
import { check } from "./commands/check.js";
import { compile } from "./commands/compile.js";
import { doctor } from "./commands/doctor.js";
import { eject } from "./commands/eject.js";
import { explain } from "./commands/explain.js";
import { graph } from "./commands/graph.js";
import { init } from "./commands/init.js";
import { plan } from "./commands/plan.js";
import { run } from "./commands/run.js";
import { schema } from "./commands/schema.js";
import { test } from "./commands/test.js";
import { helpOf, helpOfAll } from "./help.js";
import { systemError } from "./system-error.js";
import { nodeTerminal, type Terminal } from "./terminal.js";
import { version } from "./version.js";

export const commands: readonly Command[] = [init, check, compile, plan, run, test, graph, explain, eject, schema, doctor];

export async function main(argv: readonly string[], terminal: Terminal = nodeTerminal(), cwd: string = process.cwd()): Promise<number> {
  try {
    return await dispatch(argv, terminal, cwd);
  } catch (error) {
    if (error instanceof UsageError)
      terminal.say(`mlspec: ${error.message}\nSee: mlspec ${commandNamed(argv)?.name ?? ""} --help`.replace("  ", " "));
    else if (error instanceof Error && error.name === "MissingTool") terminal.say(`mlspec: ${error.message}`);
    else if (systemError(error) !== undefined) terminal.say(`mlspec: ${systemError(error) ?? ""}`);
    else
      terminal.say(
        `mlspec ${version} (Node ${process.versions.node}) met a bug of its own; please report it with what led here.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    return 2;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal, cwd: string): Promise<number> {
  const command = commandNamed(argv);
  if (command !== undefined) {
    const rest = without(argv, command.name);
    if (rest.includes("--help") || rest.includes("-h")) return print(terminal, helpOf(command));
    if (rest.includes("--version") || rest.includes("-V")) return print(terminal, `mlspec ${version}\n`);
    return command.run({ args: readArguments(rest, [...command.flags, helpFlag], command.positionals), argv, terminal, cwd });
  }
  if (argv.includes("--version") || argv.includes("-V")) return print(terminal, `mlspec ${version}\n`);
  const [name, of] = positionals(argv);
  if (name === "help") {
    const asked = commands.find((each) => each.name === of);
    if (of !== undefined && asked === undefined) throw unknownCommand(of);
    return print(terminal, asked === undefined ? helpOfAll(commands) : helpOf(asked));
  }
  if (name !== undefined) throw unknownCommand(name);
  if (argv.includes("--help") || argv.includes("-h")) return print(terminal, helpOfAll(commands));
  terminal.say(helpOfAll(commands));
  return 2;
}

function unknownCommand(name: string): UsageError {
  const names = commands.map((each) => each.name);
  return new UsageError(`there is no command \`${name}\`.${meant(nearest(name, names)) || ` There are ${names.join(", ")}.`}`);
}

function print(terminal: Terminal, text: string): number {
  terminal.out(text);
  return 0;
}

/** The words that are no options; `-C DIR` may stand before the command. */
function positionals(argv: readonly string[]): readonly string[] {
  return argv.filter((word, i) => !word.startsWith("-") && !["-C", "--project", "--format"].includes(argv[i - 1] ?? ""));
}

function commandNamed(argv: readonly string[]): Command | undefined {
  const [name] = positionals(argv);
  return commands.find((command) => command.name === name);
}

function without(argv: readonly string[], name: string): readonly string[] {
  const at = argv.findIndex((word, i) => word === name && !["-C", "--project", "--format"].includes(argv[i - 1] ?? ""));
  return argv.filter((_, i) => i !== at);
}
