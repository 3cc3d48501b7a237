/** Progress: a line for each task that ends; on a terminal, a last line with what is running now. */
import { paint, type Terminal } from "../terminal.js";
import type { Step } from "./plan.js";
import type { Outcome } from "./scheduler.js";

export interface Progress {
  begin(total: number): void;
  started(step: Step): void;
  ended(step: Step, outcome: Outcome, log: string): void;
  /** Nothing more is shown: of what is stopped, nobody wants to see how each part ends. */
  close(): void;
}

const MARKS = { done: ["✓", "green"], kept: ["=", "dim"], failed: ["✗", "red"], skipped: ["-", "yellow"] } as const;

export function openProgress(terminal: Terminal): Progress {
  let total = 0;
  let closed = false;
  const running = new Map<string, number>();
  let ended = 0;
  const clear = (): void => {
    if (terminal.live) process.stderr.write("\r\u001b[2K");
  };
  const draw = (): void => {
    if (!terminal.live || closed || running.size === 0) return;
    const names = [...running].map(([id, begin]) => `${id} ${Math.round((Date.now() - begin) / 1000)} s`).join(", ");
    process.stderr.write(`\r\u001b[2K${`  ${ended}/${total}  ${names}`.slice(0, terminal.columns - 1)}`);
  };
  const timer = terminal.live ? setInterval(draw, 500) : undefined;
  return {
    begin: (count) => {
      total = count;
    },
    started: (step) => {
      running.set(step.id, Date.now());
      if (!terminal.live) terminal.say(`  > ${step.id}`);
      draw();
    },
    ended: (step, outcome, log) => {
      running.delete(step.id);
      ended++;
      if (closed) return;
      clear();
      const [mark, style] = MARKS[outcome.status];
      const time = outcome.seconds === undefined || outcome.status === "kept" ? "" : ` ${outcome.seconds.toFixed(1)} s`;
      terminal.say(`  ${paint(terminal, style, mark)} ${step.id}${time}${outcome.status === "kept" ? " (done before)" : ""}`);
      if (outcome.message !== undefined) terminal.say(`      ${outcome.message.split("\n")[0] ?? ""}`);
      if (outcome.status === "failed") terminal.say(`      ${meaning(step, outcome.code)}log: ${log}`);
      draw();
    },
    close: () => {
      closed = true;
      clear();
      clearInterval(timer);
    },
  };
}

/** What the program says with the code, where that is more than that it has failed. */
function meaning({ exitCodes }: Step, code: number | undefined): string {
  const exit = exitCodes.find((each) => each.code === code);
  return exit === undefined || code === 1 ? "" : `${exit.meaning}; `;
}
