import type { Finding, Graph, Where } from "./analysis.js";
import { finding } from "./finding.js";

/** What a definition reads, with the place where it says so. */
export interface Edge {
  readonly to: string;
  readonly at: Where;
}

/** Definitions in order, each after those that it reads; a circle is told once, at the reference that closes it. */
export function buildGraph(edges: ReadonlyMap<string, readonly Edge[]>): { readonly graph: Graph; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of edges.keys()) visit(start);
  const used = new Set([...edges.values()].flatMap((list) => list.map(({ to }) => to)));
  const unused = [...edges.keys()].filter((id) => !used.has(id) && /^(entities|sources|transforms|features)\./.test(id));
  const reads = Object.fromEntries([...edges].map(([id, list]) => [id, [...new Set(list.map(({ to }) => to))]]));
  return { graph: { order, reads, unused }, findings };

  /** Iterative: a chain of definitions may be longer than the stack is deep. */
  function visit(start: string): void {
    if (state.has(start)) return;
    const open: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, "open");
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const edge = (edges.get(top.id) ?? [])[top.next++];
      if (edge === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        open.pop();
      } else if (state.get(edge.to) === "open") {
        const ids = open.map(({ id }) => id);
        findings.push(finding("cycle", edge.at, { path: [...ids.slice(ids.indexOf(edge.to)), edge.to].map(nameOf) }));
      } else if (edges.has(edge.to) && !state.has(edge.to)) {
        state.set(edge.to, "open");
        open.push({ id: edge.to, next: 0 });
      }
    }
  }
}

function nameOf(id: string): string {
  return id.slice(id.indexOf(".") + 1);
}
