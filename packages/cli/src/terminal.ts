/** Where output and talk go, and whether they may be coloured. */

export interface Terminal {
  /** Output: what a pipe should get. */
  out(text: string): void;
  /** Talk: what a person should see. `again` is what is true where nothing has changed since; "" for nothing. */
  say(text: string, again?: string): void;
  /** Colours on stderr. */
  readonly colour: boolean;
  /** Colours on stdout. */
  readonly outColour: boolean;
  /** stderr can redraw its last line. */
  readonly live: boolean;
  readonly columns: number;
}

type Paint = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
const CODES: Readonly<Record<Paint, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** Whether a stream may be coloured: NO_COLOR wins over FORCE_COLOR, a terminal decides else. */
export function coloured(isTTY: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  if (env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "" && env["FORCE_COLOR"] !== "0") return true;
  return isTTY && env["TERM"] !== "dumb";
}

export function paint(terminal: Pick<Terminal, "colour">, style: Paint, text: string): string {
  return terminal.colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

export function nodeTerminal(): Terminal {
  const tty = process.stderr.isTTY === true;
  return {
    out: (text) => void process.stdout.write(text),
    say: (text) => void process.stderr.write(`${text}\n`),
    colour: coloured(tty, process.env),
    outColour: coloured(process.stdout.isTTY === true, process.env),
    live: tty && process.env["TERM"] !== "dumb" && !process.env["CI"],
    // A window may become narrower.
    get columns() {
      return process.stderr.columns || process.stdout.columns || 80;
    },
  };
}

/** A terminal that remembers what would be said again. */
export function recordingTerminal(terminal: Terminal): {
  readonly terminal: Terminal;
  said(): { readonly stdout: string; readonly stderr: string };
} {
  let stdout = "";
  let stderr = "";
  return {
    terminal: {
      ...terminal,
      out: (text) => {
        stdout += text;
        terminal.out(text);
      },
      say: (text, again = text) => {
        if (again !== "") stderr += `${again}\n`;
        terminal.say(text);
      },
    },
    said: () => ({ stdout, stderr }),
  };
}
