/** A code's page: what its table says, the mistake as it is told, and the change that puts it right. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyFixes } from "../../packages/compiler/src/fixes.js";
import { diffTexts } from "../../packages/compiler/src/8-write/index.js";
import type { Docs, Severity } from "../../packages/compiler/src/diagnostics/define.js";
import { renderPretty } from "../../packages/compiler/src/render.js";
import type { Edited, Remedy } from "./remedies.js";
import { cases, check, filesOf, type Case, type Outcome } from "./run.js";

export interface Shown {
  readonly before: Outcome;
  readonly after: Outcome;
  /** The change, as Markdown. */
  readonly change: string;
}

/** The case of a remedy, before and after it. */
export function shown(code: string, remedy: Remedy): Shown {
  const one = cases().find((each) => each.code === code && each.name === remedy.case);
  if (one === undefined) throw new Error(`there is no tests/errors/${code}/${remedy.case}`);
  const before = check(one);
  if ("after" in remedy) return { before, after: remedy.after(), change: remedy.shown };
  const files = changed(one, remedy, before);
  const change = [...files].map(([file, text]) => diffOf(file, original(one, file, before), text)).join("\n");
  return { before, after: check(one, files), change: `\`\`\`diff\n${change}\`\`\`` };
}

function changed(one: Case, { edits = {}, fix }: Edited, before: Outcome): ReadonlyMap<string, string> {
  if (fix === true) return applyFixes(before.diagnostics, before.texts).texts;
  return new Map(
    Object.entries(edits).map(([file, changes]) => [
      file,
      changes.reduce((text, [from, to]) => replaced(text, { from, to, file }), original(one, file, before) ?? ""),
    ]),
  );
}

function original({ path }: Case, file: string, { texts }: Outcome): string | undefined {
  return texts.get(file) ?? (filesOf(path).includes(file) ? readFileSync(join(path, file), "utf8") : undefined);
}

function replaced(text: string, { from, to, file }: { readonly from: string | RegExp; readonly to: string; readonly file: string }): string {
  if (from === "") return text + to;
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${String(from)} stands ${parts.length - 1} times in ${file}`);
  return parts.join(to);
}

/** The lines that change, with a few around them. Very long ones are cut. */
export function diffOf(file: string, before: string | undefined, after: string): string {
  const [, , ...all] = diffTexts(file, before, after).trimEnd().split("\n");
  const lines = all.filter((line) => !line.startsWith("\\"));
  const body = lines.map((line) => (line.startsWith("@@") ? "  …" : `${line.slice(0, 1)} ${cut(line.slice(1))}`.trimEnd()));
  return [`  # ${file}`, ...body.filter((line, i) => i > 0 || line !== "  …")].join("\n") + "\n";
}

function cut(line: string): string {
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

export function pageText(code: string, { severity, docs }: { readonly severity: Severity; readonly docs: Docs }, example: Shown): string {
  const { before, change } = example;
  const told = before.diagnostics.filter((diagnostic) => diagnostic.code === code).slice(0, 1);
  return [
    "<!-- Generated from packages/compiler/src/diagnostics and tests/errors by `npm run test:unit -- tests/errors -u`. -->",
    `# ${code}`,
    "",
    `*${severity}*`,
    "",
    docs.what,
    "",
    "## Why",
    "",
    docs.why,
    "",
    "## What to do",
    "",
    docs.fix,
    "",
    "## Example",
    "",
    "```text",
    renderPretty(told, before.texts).trimEnd(),
    "```",
    "",
    "Put right:",
    "",
    change,
    "",
  ].join("\n");
}
