/** Which process keeps streams of an environment going: a history, and a group's tiles, have one writer. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeState } from "../state.js";
import { jsonObject } from "./session.js";

export interface Going {
  readonly pid: number;
  /** Ids of programs. */
  readonly streams: readonly string[];
}

const place = (project: string, environment: string): string => join(project, ".mlspec", "streams", `${environment}.json`);

/** Who keeps them going now. */
export function goingStreams(project: string, environment: string): Going | undefined {
  const going = readGoing(place(project, environment));
  return going !== undefined && isRunning(going.pid) ? going : undefined;
}

/** Says that this process does from now on; what comes back says that it no longer does. */
export function claimStreams(project: string, environment: string, streams: readonly string[]): () => void {
  makeState(project, "streams");
  const file = place(project, environment);
  writeFileSync(file, JSON.stringify({ pid: process.pid, streams } satisfies Going));
  return () => rmSync(file, { force: true });
}

function readGoing(file: string): Going | undefined {
  try {
    const read = jsonObject(readFileSync(file, "utf8"));
    const whole = typeof read?.["pid"] === "number" && read["pid"] > 0 && Array.isArray(read["streams"]);
    // A file of our own, in a folder of our own: its shape is what `claimStreams` wrote.
    return whole ? (read as unknown as Going) : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It may be another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
