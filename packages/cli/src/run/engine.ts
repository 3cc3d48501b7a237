/** Starts programs: Spark ones in one long-lived session, others as processes. What they say goes to their logs. */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Step } from "./plan.js";
import type { Outcome } from "./scheduler.js";
import { endGroup, jsonObject, openSession, type Answer, type SessionOptions } from "./session.js";

export interface EngineOptions extends SessionOptions {
  readonly parallel: number;
}

export interface Newest {
  /** Folder of emitted Spark programs. */
  readonly folder: string;
  /** A path, or of a table in a database or a topic its source. */
  readonly input: string;
  /** Of files; `jdbc` of a table in a database, `kafka` of a topic. */
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

export function openEngine(options: EngineOptions): Engine {
  const children = new Set<ChildProcess>();
  const { ask, close, kill } = openSession(options);
  return {
    run: (step, log) =>
      step.language === "python" ? runProcess(options, step, { log, children }) : runInSession(options, step, { log, ask }),
    newest: async (question) => {
      const answer = await ask({ op: "newest", ...question });
      const micros = answer.summary?.["micros"];
      return answer.code === 0 && typeof micros === "number" ? Math.floor(micros / 1000) : (answer.message ?? "there are no rows");
    },
    close,
    kill: async () => {
      await Promise.all([...[...children].map(endGroup), kill()]);
    },
  };
}

async function runInSession(
  options: EngineOptions,
  step: Step,
  { log, ask }: { readonly log: string; readonly ask: (request: Readonly<Record<string, unknown>>) => Promise<Answer> },
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

function since(begin: number): number {
  return Math.round((Date.now() - begin) / 100) / 10;
}
