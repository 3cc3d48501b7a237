/** Which columns, outputs and models mean something else, and what a change of a definition reaches. */
import type { Analysis } from "../4-analyze/analysis.js";
import { scoredColumns } from "../4-analyze/scored.js";
import { meaningGraph, meaningHash, type MeaningGraph, type MeaningNode } from "../5-lower/meaning.js";
import type { Moves } from "./moves.js";
import type { PlanSide } from "./plan.js";

export interface Meanings {
  /** Whether a node that was there and is there is made otherwise, by itself or by what it is made of. */
  isStale(id: string): boolean;
  /** Whether a node is there on one side only. */
  isNew(id: string): boolean;
  isGone(id: string): boolean;
  /** Nodes of a definition, as it is called now. */
  nodesOf(definition: string): readonly string[];
  /** What a definition itself says about its nodes, for comparing. */
  ownText(definition: string, side: "before" | "after"): string;
  /** Nodes that read a node, on either side. */
  readersOf(id: string): readonly string[];
  /** All that depends on what a definition says otherwise; sorted. */
  reachedBy(definition: string): readonly string[];
}

type Side = Pick<PlanSide, "analysis" | "ir">;

export function meaningsOf(before: Side, after: Side, moves: Moves): Meanings {
  const graphs = { before: meaningGraph(before.analysis, before.ir.code), after: meaningGraph(after.analysis, after.ir.code) };
  const old = renamed(withDeployments(graphs.before, before.analysis), moves);
  const now = withDeployments(graphs.after, after.analysis);
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  const readers = readersIn([...old.values(), ...now.values()]);
  const moved = new Set([...moves.to.values()].filter((id) => id.split(".").length > 2));
  const differs = (id: string): boolean => textOf(old.get(id)) !== textOf(now.get(id)) || moved.has(id);
  const owned = grouped(ids, (id) => (now.get(id) ?? old.get(id))?.definition ?? "");
  const nodesOf = (definition: string): readonly string[] => owned.get(definition) ?? [];
  return {
    isStale: (id) =>
      old.has(id) &&
      now.has(id) &&
      !id.startsWith("deployments.") &&
      meaningHash(graphs.before, moves.was(id)) !== meaningHash(graphs.after, id),
    isNew: (id) => now.has(id) && !old.has(id),
    isGone: (id) => old.has(id) && !now.has(id),
    nodesOf,
    ownText: (definition, side) => JSON.stringify(nodesOf(definition).map((id) => textOf((side === "before" ? old : now).get(id)))),
    readersOf: (id) => readers.get(id) ?? [],
    reachedBy: (definition) => closure(nodesOf(definition).filter(differs), readers).filter((id) => !OUTSIDE.test(id)),
  };
}

/** What stands for the key of masks and for files of code: no column and no definition. */
const OUTSIDE = /^(?:masking|code)\./;

function textOf(node: MeaningNode | undefined): string | undefined {
  return node && JSON.stringify([node.text, node.reads]);
}

/** Deployments have no meaning of their own: they show where a model goes, and what is read of the rows that it scores. */
function withDeployments(graph: MeaningGraph, analysis: Analysis): MeaningGraph {
  const { deployments, models } = analysis;
  const nodes = Object.values(deployments).map((deployment): [string, MeaningNode] => {
    const { id, model, rows } = deployment;
    const columns = scoredColumns(deployment, analysis).map((column) => column.toLowerCase());
    const reads = [
      ...(Object.hasOwn(models, model) ? [`models.${model}`] : []),
      ...(rows === undefined ? [] : [rows]),
      ...columns.filter((column) => graph.has(column)),
    ];
    return [id, { id, definition: id, text: "", reads }];
  });
  return new Map([...graph, ...nodes]);
}

function renamed(graph: MeaningGraph, { now }: Moves): MeaningGraph {
  return new Map(
    [...graph.values()].map((node) => {
      const id = now(node.id);
      return [id, { ...node, id, definition: now(node.definition), reads: node.reads.map(now) }];
    }),
  );
}

function grouped(ids: readonly string[], keyOf: (id: string) => string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const group = groups.get(keyOf(id)) ?? [];
    group.push(id);
    groups.set(keyOf(id), group);
  }
  return groups;
}

function readersIn(nodes: readonly MeaningNode[]): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const { id, reads } of nodes)
    for (const read of reads) {
      const list = readers.get(read) ?? [];
      if (!list.includes(id)) list.push(id);
      readers.set(read, list);
    }
  return readers;
}

function closure(seeds: readonly string[], readers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set(seeds);
  const open = [...seeds];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const reader of readers.get(id) ?? [])
      if (!seen.has(reader)) {
        seen.add(reader);
        open.push(reader);
      }
  return [...seen].sort();
}
