/** The project as a graph: what is made of what. Names are checked identifiers, so they stand in both formats as they are. */
import type { Ir } from "@mlspec/compiler";

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

const MERMAID: Readonly<Record<GraphNode["kind"], readonly [string, string]>> = {
  source: ["[(", ")]"],
  transform: ["[", "]"],
  feature: ["([", "])"],
  model: ["{{", "}}"],
  deployment: ["[/", "/]"],
};

export function mermaid({ nodes, edges }: Graph): string {
  const key = (id: string): string => id.replaceAll(".", "_");
  const lines = nodes.map(({ id, label, kind }) => `  ${key(id)}${MERMAID[kind][0]}${label}${MERMAID[kind][1]}`);
  return ["flowchart LR", ...lines, ...edges.map(([from, to]) => `  ${key(from)} --> ${key(to)}`), ""].join("\n");
}

const DOT: Readonly<Record<GraphNode["kind"], string>> = {
  source: "cylinder",
  transform: "box",
  feature: "oval",
  model: "hexagon",
  deployment: "parallelogram",
};

export function dot({ nodes, edges }: Graph): string {
  const lines = nodes.map(({ id, label, kind }) => `  "${id}" [label="${label}", shape=${DOT[kind]}];`);
  return ["digraph mlspec {", "  rankdir=LR;", ...lines, ...edges.map(([from, to]) => `  "${from}" -> "${to}";`), "}", ""].join("\n");
}
