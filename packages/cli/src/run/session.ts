/** A Python process that hosts Spark and answers questions: a line of JSON each, in both directions. */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline";

export interface Machine {
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface SessionOptions {
  readonly machine: Machine;
  /** Working directory of programs. */
  readonly project: string;
  /** The Python file that hosts the session. */
  readonly runner: string;
  /** Its arguments. */
  readonly parallel?: number;
  /** Where the session itself logs. */
  readonly log: string;
}

export interface Answer {
  readonly id: string;
  readonly code: number;
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

interface Session {
  readonly child: ChildProcess;
  readonly waiting: Map<string, (answer: Answer) => void>;
  readonly closed: Promise<void>;
}

export interface SessionHost {
  ask(request: Readonly<Record<string, unknown>>): Promise<Answer>;
  close(): Promise<void>;
  /** Ends everything at once, and waits until it has ended. */
  kill(): Promise<void>;
}

export function openSession(options: SessionOptions): SessionHost {
  let session: Session | undefined;
  let asked = 0;
  return {
    ask: (request) => {
      // A session that died is replaced: the tasks that it took with it have failed, the others need not.
      if (session === undefined || session.child.exitCode !== null || session.child.signalCode !== null) session = startSession(options);
      const { child, waiting } = session;
      const id = String(++asked);
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.stdin?.write(`${JSON.stringify({ ...request, id })}\n`);
      });
    },
    close: async () => {
      session?.child.stdin?.end();
      await session?.closed;
    },
    kill: async () => {
      if (session !== undefined) await endGroup(session.child);
    },
  };
}

/** How long a program may take to end when it is told to; Spark puts its folders away. */
const PATIENCE = 10_000;

/** Ends a program and all that it has started: Spark's JVM is a grandchild. Its output is closed when the last of them is gone. */
export function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.stdout?.closed === true) return Promise.resolve();
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(-pid, name);
    } catch (error) {
      // All of the group may be gone by now.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  };
  return new Promise((resolve) => {
    const timer = setTimeout(() => signal("SIGKILL"), PATIENCE);
    child.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    signal("SIGTERM");
  });
}

function startSession(options: SessionOptions): Session {
  const log = openSync(options.log, "a");
  const child = spawn(
    options.machine.python,
    ["-u", options.runner, ...(options.parallel === undefined ? [] : [String(options.parallel)])],
    {
      cwd: options.project,
      env: { ...process.env, ...options.machine.env },
      stdio: ["pipe", "pipe", log],
      // A group of its own: the terminal's ctrl-C comes to us alone, and we end all of it.
      detached: true,
    },
  );
  closeSync(log);
  const waiting = new Map<string, (answer: Answer) => void>();
  const fail = (message: string): void => {
    for (const [id, resolve] of waiting) resolve({ id, code: 1, message });
    waiting.clear();
  };
  const closed = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      fail(`Spark's host could not be started: ${error.message}`);
      resolve();
    });
    child.on("close", (code, signal) => {
      fail(`Spark's host ended (${signal ?? `exit code ${String(code)}`}); its log: ${options.log}`);
      resolve();
    });
  });
  // A write to a host that just died is answered by `close`.
  child.stdin?.on("error", () => undefined);
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on("line", (line) => {
      const answer = jsonObject(line);
      const resolve = typeof answer?.["id"] === "string" ? waiting.get(answer["id"]) : undefined;
      if (answer === undefined || resolve === undefined) return;
      waiting.delete(String(answer["id"]));
      // The runner is ours: its answers have this shape.
      resolve(answer as unknown as Answer);
    });
  return { child, waiting, closed };
}

export function jsonObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
