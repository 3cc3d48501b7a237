/** What a plan would change, for people: unified diffs. */
import type { OutputHost } from "../host.js";
import type { Change, WritePlan } from "./plan.js";

const CONTEXT = 3;

export function diffPlan(host: OutputHost, { folder, changes }: WritePlan, decode: (bytes: Uint8Array) => string): string {
  return changes.map((change) => diffChange(host, folder, { change, decode })).join("");
}

function diffChange(
  host: OutputHost,
  folder: string,
  { change, decode }: { readonly change: Change; readonly decode: (bytes: Uint8Array) => string },
): string {
  const path = `${folder}/${change.path}`;
  const bytes = change.was === undefined ? undefined : host.read(path);
  return diffTexts(path, bytes === undefined ? undefined : decode(bytes), change.text);
}

/** A unified diff of a file, which `git apply` takes; undefined stands for no file. */
export function diffTexts(path: string, before: string | undefined, after: string | undefined): string {
  const from = before === undefined ? "/dev/null" : `a/${path}`;
  const to = after === undefined ? "/dev/null" : `b/${path}`;
  return `--- ${from}\n+++ ${to}\n${hunks(edits(lines(before ?? ""), lines(after ?? "")))}`;
}

function lines(text: string): readonly string[] {
  const all = text.split("\n");
  const last = all.pop() ?? "";
  return last === "" ? all : [...all, `${last}\n\\ No newline at end of file`];
}

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** Longest common subsequence between what differs; beginnings and ends that agree are cut off first. */
function edits(a: readonly string[], b: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const same = (text: string): Line => ({ sign: " ", text });
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

/** Above this many pairs of lines a block is shown as replaced whole: it would be unreadable anyway. */
const LIMIT = 4_000_000;

function middle(a: readonly string[], b: readonly string[]): readonly Line[] {
  const gone = (text = ""): Line => ({ sign: "-", text });
  const come = (text = ""): Line => ({ sign: "+", text });
  if (a.length * b.length > LIMIT) return [...a.map(gone), ...b.map(come)];
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      length[at] = a[i] === b[j] ? (length[at + width + 1] ?? 0) + 1 : Math.max(length[at + width] ?? 0, length[at + 1] ?? 0);
    }
  const result: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const at = i * width + j;
    if (i < a.length && j < b.length && a[i] === b[j]) {
      result.push({ sign: " ", text: a[i++] ?? "" });
      j++;
    } else if (j >= b.length || (i < a.length && (length[at + width] ?? 0) >= (length[at + 1] ?? 0))) result.push(gone(a[i++]));
    else result.push(come(b[j++]));
  }
  return result;
}

function hunks(all: readonly Line[]): string {
  let text = "";
  let [before, after] = [1, 1];
  let at = 0;
  while (at < all.length) {
    const next = all.findIndex((line, i) => i >= at && line.sign !== " ");
    if (next < 0) break;
    const from = Math.max(at, next - CONTEXT);
    before += from - at;
    after += from - at;
    const to = hunkEnd(all, next);
    const hunk = all.slice(from, to);
    const [removed, added] = [hunk.filter(({ sign }) => sign !== "+").length, hunk.filter(({ sign }) => sign !== "-").length];
    text += `@@ -${removed === 0 ? before - 1 : before},${removed} +${added === 0 ? after - 1 : after},${added} @@\n${hunk.map((line) => `${line.sign}${line.text}\n`).join("")}`;
    before += removed;
    after += added;
    at = to;
  }
  return text;
}

function hunkEnd(all: readonly Line[], first: number): number {
  let last = first;
  for (let i = first; i < all.length && i - last <= 2 * CONTEXT; i++) if (all[i]?.sign !== " ") last = i;
  return Math.min(all.length, last + 1 + CONTEXT);
}
