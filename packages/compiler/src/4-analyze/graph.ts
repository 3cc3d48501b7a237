import type { Memo } from "../memo.js";
import type { Finding, Graph, Where } from "./analysis.js";
import { finding } from "./finding.js";
import { nameOf } from "./id.js";

/** What a definition reads, with the place where it says so. */
export interface Edge {
  readonly to: string;
  readonly at: Where;
}

export interface Ordered extends Graph {
  /** Some read each other in a circle. */
  readonly circular: boolean;
}

/** Definitions in order, each after those that it reads. */
export function graphOf(reads: ReadonlyMap<string, readonly string[]>, memo: Memo): Ordered {
  return memo.keep("graph", [reads], () =>
    memo.keep("graph", [undefined, ...reads.keys(), ...reads.values()], () => {
      let circular = false;
      const order = ordered(reads, () => (circular = true));
      const used = new Set<string>();
      for (const list of reads.values()) for (const id of list) used.add(id);
      const unused = [...reads.keys()].filter((id) => !used.has(id) && /^(entities|sources|transforms|features)\./.test(id));
      return { order, reads: Object.fromEntries(reads), unused, circular };
    }),
  );
}

/** A circle is told once, at the reference that closes it. */
export function cyclesOf(edges: ReadonlyMap<string, readonly Edge[]>): readonly Finding[] {
  const findings: Finding[] = [];
  const reads = new Map([...edges].map(([id, list]) => [id, list.map(({ to }) => to)]));
  ordered(reads, (path, index) => {
    const at = edges.get(path.at(-1) ?? "")?.[index]?.at;
    const to = reads.get(path.at(-1) ?? "")?.[index] ?? "";
    if (at !== undefined) findings.push(finding("cycle", at, { path: [...path.slice(path.indexOf(to)), to].map(nameOf) }));
  });
  return findings;
}

/** Iterative: a chain of definitions may be longer than the stack is deep. `closes` is told the way to a reader, and by which of its references a circle closes. */
function ordered(
  reads: ReadonlyMap<string, readonly string[]>,
  closes: (path: readonly string[], index: number) => void,
): readonly string[] {
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of reads.keys()) {
    if (state.has(start)) continue;
    const open: { readonly id: string; readonly list: readonly string[]; next: number }[] = [{ id: start, list: reads.get(start) ?? [], next: 0 }]; // prettier-ignore
    state.set(start, "open");
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const to = top.list[top.next++];
      if (to === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        open.pop();
        continue;
      }
      const known = state.get(to);
      if (known === "open") closes(open.map(({ id }) => id), top.next - 1); // prettier-ignore
      const list = known === undefined ? reads.get(to) : undefined;
      if (list === undefined) continue;
      state.set(to, "open");
      open.push({ id: to, list, next: 0 });
    }
  }
  return order;
}
