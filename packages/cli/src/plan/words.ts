/** A plan as a person reads it: on a terminal, or as Markdown for a pull request. */
import type { Plan, PlanChange, PlanPart, PlanStep } from "@mlspec/compiler";
import { paint, type Terminal } from "../terminal.js";

/** What a terminal shows of what may be long. */
const MOST = 12;

const STYLES = { none: "dim", metadata: "dim", compatible: "green", backfill: "yellow", online: "yellow", breaking: "red" } as const;

export function prettyPlan(plan: Plan, from: string, terminal: Pick<Terminal, "colour">): string {
  if (plan.changes.length === 0 && !hasFiles(plan)) return `Nothing has changed since ${from}.\n`;
  const lines = [`Since ${from}:`, ""];
  for (const change of plan.changes) {
    lines.push(
      `${paint(terminal, STYLES[change.class], change.class.padEnd(10))} ${paint(terminal, "bold", titleOf(change))}${placesOf(plan, change)}`,
    );
    for (const part of change.parts) lines.push(...partLines(part));
    for (const { on, why, class: kind } of change.effects) lines.push(`  ${kind === "compatible" ? "·" : "!"} ${on}: ${why}`);
    if (change.reaches.length > 0) lines.push(`  reaches ${shortened(change.reaches)}`);
    lines.push("");
  }
  for (const { name, steps, files } of plan.environments) {
    if (files.length === 0) continue;
    lines.push(
      paint(
        terminal,
        "bold",
        `${name}: ${files.length} emitted file${files.length === 1 ? "" : "s"} ${files.length === 1 ? "differs" : "differ"}`,
      ),
    );
    for (const { path, change } of files.slice(0, MOST)) lines.push(`  ${MARKS[change]} ${path}`);
    if (files.length > MOST) lines.push(`  … and ${files.length - MOST} more: --format json`);
    if (steps.length > 0)
      lines.push("", `  In this order, each step when the one before has ended:`, ...steps.flatMap((step, i) => stepLines(step, i, "  ")));
    lines.push("");
  }
  if (usesEnd(plan)) lines.push("$END is the end of the last interval that has run, such as 2026-04-01T02:00:00Z.", "");
  lines.push(`In all: ${paint(terminal, STYLES[plan.class], plan.class)}.`);
  return `${lines.join("\n")}\n`;
}

const MARKS = { added: "+", removed: "-", changed: "~" } as const;

function hasFiles({ environments }: Plan): boolean {
  return environments.some(({ files }) => files.length > 0);
}

function titleOf({ definition, change, was }: PlanChange): string {
  return change === "moved" ? `${definition} (moved, was ${was ?? ""})` : change === "changed" ? definition : `${definition} (${change})`;
}

/** Only where a change is not one of all environments. */
function placesOf({ environments }: Plan, change: PlanChange): string {
  return change.environments.length === environments.length ? "" : ` in ${change.environments.join(", ")}`;
}

function partLines({ path, was, before, after }: PlanPart): readonly string[] {
  if (was !== undefined && before === after) return [`  ${was} → ${path}`];
  const isLong = [before, after].some((text) => text !== undefined && (text.includes("\n") || text.length > 60));
  if (!isLong) return [`  ${path}: ${before ?? "nothing"} → ${after ?? "nothing"}`];
  const [old, now] = [before?.split("\n") ?? [], after?.split("\n") ?? []];
  const [head, tail] = [common(old, now), common(old.toReversed(), now.toReversed())];
  const changed = (lines: readonly string[], mark: string): readonly string[] =>
    lines.slice(head, Math.max(head, lines.length - tail)).map((line) => `    ${mark} ${line}`);
  return [`  ${path}:`, ...changed(old, "-"), ...changed(now, "+")];
}

/** How many lines are the same at the beginning. */
function common(a: readonly string[], b: readonly string[]): number {
  const first = a.findIndex((line, i) => line !== b[i]);
  return first < 0 ? a.length : first;
}

function shortened(list: readonly string[]): string {
  return list.length > MOST ? `${list.slice(0, MOST).join(", ")} and ${list.length - MOST} more` : list.join(", ");
}

function stepLines({ title, programs, commands }: PlanStep, index: number, indent: string): readonly string[] {
  const what = commands.length > 0 ? commands.map((command) => `$ ${command}`) : programs;
  return [`${indent}${index + 1}. ${title}`, ...what.map((line) => `${indent}   ${line}`)];
}

function usesEnd({ environments }: Plan): boolean {
  return environments.some(({ steps }) => steps.some(({ commands }) => commands.some((command) => command.includes("$END"))));
}

/** For a comment or a job's summary. Texts of the project stand in code spans, and become nothing else. */
export function markdownPlan(plan: Plan, from: string): string {
  if (plan.changes.length === 0 && !hasFiles(plan)) return `Nothing has changed since ${code(from)}.\n`;
  const lines = [`**${plan.class}** since ${code(from)}`, "", "| class | definition | what | for whom |", "|---|---|---|---|"];
  for (const change of plan.changes) {
    const parts = change.parts.map(({ path, was, before, after }) =>
      was !== undefined && before === after ? `${code(was)} → ${code(path)}` : `${code(path)}: ${side(before)} → ${side(after)}`,
    );
    const effects = change.effects.map(({ on, why }) => `${code(on)}: ${code(why)}`);
    lines.push(`| ${change.class} | ${code(titleOf(change))}${placesOf(plan, change)} | ${parts.join("<br>")} | ${effects.join("<br>")} |`);
  }
  for (const { name, steps, files } of plan.environments) {
    if (files.length === 0) continue;
    lines.push("", `### ${name}`, "", `${files.length} emitted files differ.`, "");
    for (const [i, step] of steps.entries()) lines.push(`${i + 1}. ${code(step.title)}`, ...fenced(step));
    lines.push(
      "",
      "<details><summary>Files</summary>",
      "",
      ...files.map(({ path, change }) => `- ${change} ${code(path)}`),
      "",
      "</details>",
    );
  }
  if (usesEnd(plan)) lines.push("", "`$END` is the end of the last interval that has run.");
  return `${lines.join("\n")}\n`;
}

function side(text: string | undefined): string {
  return text === undefined ? "nothing" : code(text);
}

/** A code span of one line, whatever the text: its fence is longer than any run of backticks in it, and a table's bars are escaped. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function fenced({ commands, programs }: PlanStep): readonly string[] {
  const lines = commands.length > 0 ? commands : programs;
  if (lines.length === 0) return [];
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`   ${fence}sh`, ...lines.map((line) => `   ${line}`), `   ${fence}`];
}
