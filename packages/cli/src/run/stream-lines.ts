/** What streams say, a line for each step that did something; each line begins with the stream's name. */
import { paint, type Terminal } from "../terminal.js";
import { jsonObject } from "./session.js";

export function streamLines(terminal: Pick<Terminal, "say" | "colour">, ids: readonly string[]): (id: string, text: string) => void {
  const width = Math.max(0, ...ids.map((id) => id.length));
  return (id, text) => {
    const report = jsonObject(text);
    const said = report === undefined ? text : stepLine(report);
    if (said !== "") terminal.say(`  ${paint(terminal, "cyan", id.padEnd(width))}  ${said}`);
  };
}

/** `batch 3 · rows 1,200`; nothing of a step that found nothing new. */
export function stepLine(report: Readonly<Record<string, unknown>>): string {
  const leaves: readonly (readonly [string, unknown])[] = Object.entries(report).flatMap(([name, value]): [string, unknown][] =>
    typeof value === "object" && value !== null ? Object.entries(value) : [[name, value]],
  );
  // A batch's number is none of its counts.
  const counted = leaves.some(([name, value]) => typeof value === "number" && value !== 0 && name !== "batch");
  const told = leaves.flatMap(([name, value]) => {
    if (typeof value === "string") return `${name} ${value}`;
    // Made where it is used: to load a locale costs every command some milliseconds.
    return typeof value === "number" && (value !== 0 || name === "batch") ? `${name} ${value.toLocaleString("en-US")}` : [];
  });
  return counted ? told.join(" · ") : "";
}
