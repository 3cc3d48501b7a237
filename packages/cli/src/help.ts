/** Help, from the same tables that arguments are read by. */
import { helpFlag, type Flag } from "./args.js";
import type { Command } from "./command.js";

export function helpOf(command: Command): string {
  const usage = ["mlspec", command.name, command.operands ?? "", "[options]"].filter((part) => part !== "").join(" ");
  return [
    command.summary,
    "",
    `Usage: ${usage}`,
    "",
    "Options:",
    ...table([...command.flags, helpFlag].map((flag) => [spelled(flag), flag.help])),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

export function helpOfAll(commands: readonly Command[]): string {
  return [
    "mlspec compiles one YAML project into the files of the tools that you already run.",
    "",
    "Usage: mlspec COMMAND [options]",
    "",
    "Commands:",
    ...table(commands.map((command) => [[command.name, command.operands ?? ""].join(" ").trim(), command.summary])),
    "",
    "`mlspec COMMAND --help` shows the options of a command, with examples.",
    "Exit codes: 0 fine, 1 diagnostics or a failed run, 2 usage or crash.",
    "",
    "Examples:",
    "  mlspec init fraud && cd fraud && mlspec compile",
    "  mlspec check --format json",
    "  mlspec run --interval 2026-01-01/2026-02-01",
    "",
  ].join("\n");
}

function spelled(flag: Flag): string {
  const short = flag.short === undefined ? "    " : `-${flag.short}, `;
  return `${short}--${flag.name}${flag.value === undefined ? "" : ` ${flag.value}`}`;
}

/** What a help text is wrapped to. */
const COLUMNS = 100;

function table(rows: readonly (readonly [string, string] | readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([left = ""]) => left.length));
  return rows.flatMap(([left = "", right = ""]) =>
    wrapped(right, COLUMNS - width - 4).map((line, number) => `  ${(number === 0 ? left : "").padEnd(width)}  ${line}`),
  );
}

function wrapped(text: string, width: number): readonly string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
