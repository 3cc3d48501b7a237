/** The project as a graph: what is made of what. Names are checked identifiers, so they stand in both formats as they are. */
import { groupsOf, type Ir } from "@mlspec/compiler";

export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** From what is read to what reads it. Sorted. */
  readonly edges: readonly (readonly [string, string])[];
}

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly kind: "source" | "transform" | "feature" | "model" | "deployment";
}

export function graphOf(ir: Ir): Graph {
  const nodes: GraphNode[] = [];
  const edges = new Map<string, readonly [string, string]>();
  const edge = (from: string, to: string): void => {
    if (from !== to) edges.set(`${from} ${to}`, [from, to]);
  };
  for (const dataset of Object.values(ir.datasets)) {
    if (dataset.kind !== "source" && dataset.kind !== "transform") continue;
    nodes.push({ id: dataset.id, label: dataset.name, kind: dataset.kind });
    if (dataset.kind === "transform") for (const read of dataset.reads) edge(read, dataset.id);
  }
  for (const plan of Object.values(ir.featurePlans)) {
    nodes.push({ id: `features.${plan.name}`, label: plan.name, kind: "feature" });
    if (plan.kind !== "request") edge(plan.from, `features.${plan.name}`);
    for (const { expr } of plan.derived) for (const group of groupsOf(expr)) edge(`features.${group}`, `features.${plan.name}`);
  }
  for (const model of Object.values(ir.models)) {
    nodes.push({ id: `models.${model.name}`, label: model.name, kind: "model" });
    edge(model.observations, `models.${model.name}`);
    for (const plan of model.plans) edge(`features.${ir.featurePlans[plan]?.name ?? plan}`, `models.${model.name}`);
  }
  for (const program of Object.values(ir.programs)) {
    if (program.kind !== "serve" && program.kind !== "scoring_set") continue;
    nodes.push({ id: `deployments.${program.deployment}`, label: program.deployment, kind: "deployment" });
    edge(`models.${program.model}`, `deployments.${program.deployment}`);
    if (program.kind === "scoring_set") edge(program.rows, `deployments.${program.deployment}`);
  }
  return { nodes, edges: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair) };
}

interface Look {
  readonly open: string;
  readonly close: string;
  readonly dot: string;
  readonly fill: string;
  readonly line: string;
}

/** A kind has a shape and a pale colour, so that black text is readable on it in light and dark pages. */
const LOOKS: Readonly<Record<GraphNode["kind"], Look>> = {
  source: { open: "[(", close: ")]", dot: "cylinder", fill: "#dbeafe", line: "#2563eb" },
  transform: { open: "[", close: "]", dot: "box", fill: "#e5e7eb", line: "#4b5563" },
  feature: { open: "([", close: "])", dot: "oval", fill: "#dcfce7", line: "#16a34a" },
  model: { open: "{{", close: "}}", dot: "hexagon", fill: "#fef3c7", line: "#d97706" },
  deployment: { open: "[/", close: "/]", dot: "parallelogram", fill: "#fae8ff", line: "#a21caf" },
};

export function mermaid({ nodes, edges }: Graph): string {
  const key = (id: string): string => id.replaceAll(".", "_");
  const kinds = new Set(nodes.map(({ kind }) => kind));
  return [
    "flowchart LR",
    ...nodes.map(({ id, label, kind }) => `  ${key(id)}${LOOKS[kind].open}${label}${LOOKS[kind].close}:::${kind}`),
    ...edges.map(([from, to]) => `  ${key(from)} --> ${key(to)}`),
    ...[...kinds].map((kind) => `  classDef ${kind} fill:${LOOKS[kind].fill},stroke:${LOOKS[kind].line},color:#111827`),
    "",
  ].join("\n");
}

export function dot({ nodes, edges }: Graph): string {
  const lines = nodes.map(
    ({ id, label, kind }) =>
      `  "${id}" [label="${label}", shape=${LOOKS[kind].dot}, fillcolor="${LOOKS[kind].fill}", color="${LOOKS[kind].line}"];`,
  );
  return [
    "digraph mlspec {",
    "  rankdir=LR;",
    '  node [style=filled, fontname="Helvetica", fontcolor="#111827"];',
    ...lines,
    ...edges.map(([from, to]) => `  "${from}" -> "${to}";`),
    "}",
    "",
  ].join("\n");
}
