/** The project as a graph: what is made of what. Names are checked identifiers, so they stand in both formats as they are. */
import { groupsOf, type Ir, type ProjectLineage } from "@mlspec/compiler";

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

/** Columns of the definitions of a graph: what a value is computed from (drawn as a line), what only decides over it (dotted). */
export interface ColumnGraph {
  readonly graph: Graph;
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly direct: readonly (readonly [string, string])[];
  readonly indirect: readonly (readonly [string, string])[];
}

export function columnGraphOf(ir: Ir, lineage: ProjectLineage, withIndirect: boolean): ColumnGraph {
  const graph = graphOf(ir);
  const columns = new Map<string, string[]>();
  const direct: (readonly [string, string])[] = [];
  const indirect: (readonly [string, string])[] = [];
  for (const [id, made] of lineage) {
    const [section = "", name = ""] = id.split(".");
    const definition = `${section}.${name}`;
    columns.set(definition, [...(columns.get(definition) ?? []), id.slice(definition.length + 1)]);
    for (const { column } of made.from) direct.push([column, id]);
    const directly = new Set(made.from.map(({ column }) => column));
    if (withIndirect) for (const { column } of made.indirect) if (!directly.has(column)) indirect.push([column, id]);
  }
  return { graph, columns, direct, indirect };
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
  return [
    "flowchart LR",
    ...nodes.map(({ id, label, kind }) => `  ${key(id)}${LOOKS[kind].open}${label}${LOOKS[kind].close}:::${kind}`),
    ...edges.map(([from, to]) => `  ${key(from)} --> ${key(to)}`),
    ...classes({ nodes }),
    "",
  ].join("\n");
}

function classes({ nodes }: Pick<Graph, "nodes">): readonly string[] {
  return [...new Set(nodes.map(({ kind }) => kind))].map(
    (kind) => `  classDef ${kind} fill:${LOOKS[kind].fill},stroke:${LOOKS[kind].line},color:#111827`,
  );
}

/** Columns may have any name: ids are made of their places, labels are escaped as Mermaid does it. */
export function mermaidColumns({ graph, columns, direct, indirect }: ColumnGraph): string {
  const ids: ReadonlyMap<string, string> = new Map(
    [...columns].flatMap(([definition, names], d) => names.map((name, c) => [`${definition}.${name}`, `c${d}_${c}`] as const)),
  );
  const of = (id: string): string => ids.get(id) ?? "";
  const label = (text: string): string => `"${text.replace(/[^\p{L}\p{N}_ ]/gu, (char) => `#${char.codePointAt(0) ?? 0};`)}"`;
  return [
    "flowchart LR",
    ...graph.nodes.flatMap(({ id, label: name, kind }) => [
      `  subgraph ${id.replaceAll(".", "_")}["${name}"]`,
      "    direction TB",
      ...(columns.get(id) ?? []).map((column) => `    ${of(`${id}.${column}`)}[${label(column)}]:::${kind}`),
      "  end",
    ]),
    ...direct.map(([from, to]) => `  ${of(from)} --> ${of(to)}`),
    ...indirect.map(([from, to]) => `  ${of(from)} -.-> ${of(to)}`),
    ...classes(graph),
    "",
  ].join("\n");
}

/** A record for each definition, with a port for each column. */
export function dotColumns({ graph, columns, direct, indirect }: ColumnGraph): string {
  const ports: ReadonlyMap<string, string> = new Map(
    [...columns].flatMap(([definition, names]) => names.map((name, c) => [`${definition}.${name}`, `"${definition}":c${c}`] as const)),
  );
  const of = (id: string): string => ports.get(id) ?? "";
  const nodes = graph.nodes.map(({ id, label, kind }) => {
    const fields = (columns.get(id) ?? []).map((column, c) => `<c${c}>  ${column.replace(/[\\{}|<>"]/g, "\\$&")}  \\l`);
    return `  "${id}" [shape=record, label="${[`${label}\\n`, ...fields].join("|")}", fillcolor="${LOOKS[kind].fill}", color="${LOOKS[kind].line}"];`;
  });
  return [
    "digraph mlspec {",
    "  rankdir=LR;",
    '  node [style=filled, fontname="Helvetica", fontcolor="#111827"];',
    ...nodes,
    ...direct.map(([from, to]) => `  ${of(from)} -> ${of(to)};`),
    ...indirect.map(([from, to]) => `  ${of(from)} -> ${of(to)} [style=dotted];`),
    "}",
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
