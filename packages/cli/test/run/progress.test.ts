import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openProgress } from "../../src/run/progress.js";
import type { Step } from "../../src/run/plan.js";
import type { Terminal } from "../../src/terminal.js";

const exitCodes: Step["exitCodes"] = [{ code: 3, meaning: "a check failed", outcome: "failed" }];
const step = { id: "ingest.payments", exitCodes } as Step;
let drawn: string;
let said: string[];

beforeEach(() => {
  vi.useFakeTimers();
  drawn = "";
  said = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    drawn += String(text);
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const terminal = (options: Partial<Terminal>): Terminal => ({
  out: () => undefined,
  say: (text) => void said.push(text),
  colour: false,
  outColour: false,
  live: false,
  columns: 40,
  ...options,
});

it("says where it is not live when a task starts and how it ends, without any control character", () => {
  const progress = openProgress(terminal({}));
  progress.begin(2);
  progress.started(step);
  progress.ended(step, { status: "done", code: 0, seconds: 1.25 }, "x.log");
  progress.ended(step, { status: "failed", code: 3, seconds: 2, message: "CheckFailed: late\nmore" }, "x.log");
  progress.close();
  expect(said).toEqual([
    "  > ingest.payments",
    "  ✓ ingest.payments 1.3 s",
    "  ✗ ingest.payments 2.0 s",
    "      CheckFailed: late",
    "      a check failed; log: x.log",
  ]);
  expect(drawn).toBe("");
});

it("keeps on a terminal a last line of what is running, no longer than the line, and clears it", () => {
  const progress = openProgress(terminal({ live: true, colour: true }));
  progress.begin(2);
  progress.started(step);
  vi.advanceTimersByTime(3_000);
  expect(drawn.endsWith("\r\u001b[2K  0/2  ingest.payments 3 s")).toBe(true);
  progress.started({ id: "features.a_name_that_is_very_long" } as Step);
  expect(drawn.split("\u001b[2K").every((line) => line.length < 41)).toBe(true);
  progress.ended(step, { status: "done", code: 0, seconds: 3 }, "x.log");
  expect(said).toEqual(["  \u001b[32m✓\u001b[0m ingest.payments 3.0 s"]);
  progress.close();
  expect(drawn.endsWith("\r\u001b[2K")).toBe(true);
  const end = drawn.length;
  vi.advanceTimersByTime(10_000);
  expect(drawn.length).toBe(end);
});
