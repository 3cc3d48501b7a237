/** Columns of sources whose mask is `drop`: who asks for one is told so, and not only that it is not there. */
import type { Analysis, Finding, SourceFacts } from "./analysis.js";
import { atKey, finding } from "./finding.js";
import { nameOf } from "./id.js";
import { sameName } from "./types/name.js";
import { transformsIn } from "./echoes.js";

type Facts = Pick<Analysis, "datasets" | "graph" | "spec">;

export function withDropped(findings: readonly Finding[], facts: Facts): readonly Finding[] {
  if (!Object.values(facts.datasets).some((dataset) => dataset.kind === "source" && dataset.dropped !== undefined)) return findings;
  return findings.map((one) => {
    const missing = missingIn(one, facts);
    const source = missing && droppedBy(missing, facts);
    return source === undefined || missing === undefined ? one : told(one, missing.column, source);
  });
}

/** A column that is asked for, and the datasets that it is asked of. */
interface Missing {
  readonly column: string;
  readonly of: readonly string[];
}

function missingIn({ code, args, at }: Finding, { datasets, graph, spec }: Facts): Missing | undefined {
  const column = String(args["name"]);
  const where = String(args["where"]);
  if (code === "unknown-column") {
    const dataset = Object.hasOwn(datasets, where) ? datasets[where] : undefined;
    return dataset === undefined ? undefined : { column, of: [dataset.id] };
  }
  if (code !== "sql-unresolved-column" || args["qualifier"] !== undefined) return undefined;
  const names = at.in === "spec" ? [String(at.path[1])] : transformsIn(at.file, spec);
  return { column: column.slice(column.lastIndexOf(".") + 1), of: names.flatMap((name) => graph.reads[`transforms.${name}`] ?? []) };
}

/** The source, of these datasets or of what they are computed from, that has the column and does not store it. */
function droppedBy({ column, of }: Missing, { datasets, graph }: Facts): SourceFacts | undefined {
  const seen = new Set(of);
  for (const id of seen) {
    const dataset = datasets[nameOf(id)];
    if (dataset?.kind === "source" && dataset.dropped?.some(({ name }) => sameName(name, column)) === true) return dataset;
    for (const read of graph.reads[id] ?? []) seen.add(read);
  }
  return undefined;
}

function told({ at, also }: Finding, column: string, { name: source, dropped = [] }: SourceFacts): Finding {
  const name = dropped.find((one) => sameName(one.name, column))?.name ?? column;
  const related = [{ message: "its mask is `drop`", at: atKey("sources", source, "columns", name) }];
  return { ...finding("dropped-column", at, { name, source }, { related }), ...(also === undefined ? {} : { also }) };
}
