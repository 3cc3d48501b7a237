/** Programs that run for ever, beside each other, until one of them ends or all are told to. */
import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { endGroup, type Machine } from "./session.js";

export interface StreamProgram {
  readonly id: string;
  /** Program file below the project folder. */
  readonly path: string;
}

export interface Supervision {
  /** In the order in which they are started. */
  readonly programs: readonly StreamProgram[];
  readonly machine: Machine;
  readonly project: string;
  /** Where a program's output is kept. */
  log(id: string): string;
  /** A line of a program's standard output. */
  line(id: string, text: string): void;
}

/** How a program ended that was not told to. */
export interface Ended {
  readonly id: string;
  readonly code: number;
  readonly message: string;
}

export interface Supervised {
  /** The first that ends by itself. */
  readonly ended: Promise<Ended>;
  /** Ends all, with all that they have started, and waits until they have ended. */
  stop(): Promise<void>;
}

export function supervise(supervision: Supervision): Supervised {
  const children: ChildProcess[] = [];
  const ended = new Promise<Ended>((resolve) => {
    for (const program of supervision.programs) children.push(startStream(supervision, program, resolve));
  });
  return { ended, stop: async () => void (await Promise.all(children.map(endGroup))) };
}

function startStream({ machine, project, log, line }: Supervision, { id, path }: StreamProgram, end: (ended: Ended) => void): ChildProcess {
  const place = log(id);
  const file = openSync(place, "a");
  const child = spawn(machine.python, ["-u", path], {
    cwd: project,
    env: { ...process.env, ...machine.env, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", "pipe", file],
    // A group of its own: the terminal's ctrl-C comes to us alone, and we end all of it.
    detached: true,
  });
  closeSync(file);
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on("line", (text) => {
      appendFileSync(place, `${text}\n`);
      line(id, text);
    });
  child.on("error", (error) => end({ id, code: 1, message: `it could not be started: ${error.message}` }));
  // What it has started may outlive it, with its output open.
  child.on("exit", (code, signal) => {
    if (signal !== null) end({ id, code: 1, message: `killed by ${signal}` });
    // It is to run for ever: that it has ended is a failure, whatever it says.
    else end({ id, code: code === 0 || code === null ? 1 : code, message: code === 0 ? "it ended by itself" : lastWords(place) });
  });
  return child;
}

/** Why a program says it has failed: the first line of its last exception, or its last line. */
function lastWords(log: string): string {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  const traceback = lines.lastIndexOf("Traceback (most recent call last):");
  const exception = traceback < 0 ? undefined : lines.slice(traceback + 1).find((line) => /^\S/.test(line));
  return exception ?? lines.at(-1) ?? "";
}
