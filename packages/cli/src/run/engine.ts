/** Starts programs: Spark ones in one long-lived session, others as processes. What they say goes to their logs. */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Step } from "./plan.js";
import type { Outcome } from "./scheduler.js";

export interface Machine {
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface EngineOptions {
  readonly machine: Machine;
  /** Working directory of programs. */
  readonly project: string;
  readonly parallel: number;
  /** The Python file that hosts the session. */
  readonly runner: string;
  /** Where the session itself logs. */
  readonly log: string;
}

interface Answer {
  readonly id: string;
  readonly code: number;
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

export interface Newest {
  /** Folder of emitted Spark programs. */
  readonly folder: string;
  /** A path, or of a table in a database its source. */
  readonly input: string;
  /** Of files; `jdbc` of a table in a database. */
  readonly format: string;
  readonly column: string;
}

export interface Engine {
  run(step: Step, log: string): Promise<Outcome>;
  /** The newest value of a timestamp column of raw files in ms, or why it cannot be told. */
  newest(question: Newest): Promise<number | string>;
  close(): Promise<void>;
  /** Ends everything at once, and waits until it has ended. */
  kill(): Promise<void>;
}

interface Session {
  readonly child: ChildProcess;
  readonly waiting: Map<string, (answer: Answer) => void>;
  readonly closed: Promise<void>;
}

export function openEngine(options: EngineOptions): Engine {
  let session: Session | undefined;
  let asked = 0;
  const children = new Set<ChildProcess>();
  const ask = (request: Readonly<Record<string, string>>): Promise<Answer> => {
    // A session that died is replaced: the tasks that it took with it have failed, the others need not.
    if (session === undefined || session.child.exitCode !== null || session.child.signalCode !== null) session = startSession(options);
    const { child, waiting } = session;
    const id = String(++asked);
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      child.stdin?.write(`${JSON.stringify({ ...request, id })}\n`);
    });
  };
  return {
    run: (step, log) =>
      step.language === "python" ? runProcess(options, step, { log, children }) : runInSession(options, step, { log, ask }),
    newest: async (question) => {
      const answer = await ask({ op: "newest", ...question });
      const micros = answer.summary?.["micros"];
      return answer.code === 0 && typeof micros === "number" ? Math.floor(micros / 1000) : (answer.message ?? "there are no rows");
    },
    close: async () => {
      session?.child.stdin?.end();
      await session?.closed;
    },
    kill: async () => {
      await Promise.all([...children, ...(session === undefined ? [] : [session.child])].map(endGroup));
    },
  };
}

/** How long a program may take to end when it is told to; Spark puts its folders away. */
const PATIENCE = 10_000;

/** Ends a program and all that it has started: Spark's JVM is a grandchild. Its output is closed when the last of them is gone. */
function endGroup(child: ChildProcess): Promise<void> {
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

function startSession(options: EngineOptions): Session {
  const log = openSync(options.log, "a");
  const child = spawn(options.machine.python, ["-u", options.runner, String(options.parallel)], {
    cwd: options.project,
    env: { ...process.env, ...options.machine.env },
    stdio: ["pipe", "pipe", log],
    // A group of its own: the terminal's ctrl-C comes to us alone, and we end all of it.
    detached: true,
  });
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

async function runInSession(
  options: EngineOptions,
  step: Step,
  { log, ask }: { readonly log: string; readonly ask: (request: Readonly<Record<string, string>>) => Promise<Answer> },
): Promise<Outcome> {
  const begin = Date.now();
  const answer = await ask({
    op: "run",
    path: join(options.project, step.path),
    start: flagOf(step, "--interval-start") ?? step.start,
    end: flagOf(step, "--interval-end") ?? step.end,
    log,
  });
  return {
    status: answer.code === 0 ? "done" : "failed",
    code: answer.code,
    seconds: since(begin),
    ...(answer.summary === undefined ? {} : { summary: answer.summary }),
    ...(answer.message === undefined ? {} : { message: answer.message }),
  };
}

function flagOf(step: Step, flag: string): string | undefined {
  const at = step.args.indexOf(flag);
  return at < 0 ? undefined : step.args[at + 1];
}

function runProcess(
  options: EngineOptions,
  step: Step,
  { log, children }: { readonly log: string; readonly children: Set<ChildProcess> },
): Promise<Outcome> {
  const begin = Date.now();
  const file = openSync(log, "a");
  return new Promise((resolve) => {
    const child = spawn(options.machine.python, [step.path, ...step.args], {
      cwd: options.project,
      env: { ...process.env, ...options.machine.env, PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["ignore", "pipe", file],
      detached: true,
    });
    closeSync(file);
    children.add(child);
    let last = "";
    if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", (line) => (last = line));
    child.on("error", (error) => resolve({ status: "failed", message: error.message }));
    child.on("close", (code, signal) => {
      children.delete(child);
      const summary = jsonObject(last);
      const message = signal === null ? undefined : `killed by ${signal}`;
      resolve({
        status: code === 0 ? "done" : "failed",
        code: code ?? 1,
        seconds: since(begin),
        ...(summary === undefined ? {} : { summary }),
        ...(message === undefined ? {} : { message }),
      });
    });
  });
}

function jsonObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function since(begin: number): number {
  return Math.round((Date.now() - begin) / 100) / 10;
}
