/** What a run did, in a page: rows per dataset and verdict, metrics, the gate's answer, where things are. */
import type { Ir } from "@mlspec/compiler";
import type { Step } from "./plan.js";
import type { Outcome } from "./scheduler.js";

const number = new Intl.NumberFormat("en-US");

export function summarise(ir: Ir, steps: readonly Step[], outcomes: ReadonlyMap<string, Outcome>): readonly string[] {
  const summaries = steps.flatMap((step) => {
    const summary = outcomes.get(step.id)?.summary;
    return summary === undefined ? [] : [{ step, summary }];
  });
  const lines: string[] = [];
  const datasets = summaries
    .flatMap(({ step, summary }) =>
      ["ingest", "transform", "features", "training_set", "scoring_set", "score", "materialise"].includes(step.kind)
        ? [[step.id, rowsOf(summary)] as const]
        : [],
    )
    .filter(([, text]) => text !== "");
  if (datasets.length > 0) lines.push("Rows", ...aligned(datasets), "");
  for (const { step, summary } of summaries) if (step.kind === "gate") lines.push(...gateLines(step, summary));
  lines.push("Where things are", ...aligned(places(ir)));
  return lines;
}

/** `accepted 200,000 · duplicate 412`, or the counts of `rows`. */
function rowsOf(summary: Readonly<Record<string, unknown>>): string {
  const verdicts = Object.values(record(summary["verdicts"])).map(record);
  const counts = verdicts.length > 0 ? verdicts : [record(summary["rows"])];
  const texts = counts.flatMap((each) =>
    Object.entries(each)
      .filter(([, value]) => typeof value === "number")
      .map(([name, value]) => `${name} ${number.format(Number(value))}`),
  );
  return texts.join(" · ");
}

function gateLines(step: Step, summary: Readonly<Record<string, unknown>>): readonly string[] {
  const metrics = record(summary["metrics"]);
  const candidate = record(metrics["candidate"]);
  const gate = record(summary["gate"]);
  const comparisons = Array.isArray(gate["comparisons"]) ? gate["comparisons"].map(record) : [];
  return [
    `Model ${String(summary["model"] ?? step.id)}, version ${String(summary["version"] ?? "?")}`,
    ...aligned(
      Object.entries(candidate).map(([name, value]) => [name, typeof value === "number" ? value.toFixed(4) : "cannot be computed"]),
    ),
    `  gate: ${gate["passed"] === true ? "passed" : "not passed"}`,
    ...comparisons.map(
      (each) => `    ${each["passed"] === true ? "✓" : "✗"} ${String(each["text"])}${each["note"] ? ` (${String(each["note"])})` : ""}`,
    ),
    "",
  ];
}

function places(ir: Ir): readonly (readonly [string, string])[] {
  return [
    ...Object.values(ir.datasets).flatMap((dataset) => (dataset.path === undefined ? [] : [[dataset.id, dataset.path] as const])),
    ...Object.values(ir.models).map((model) => [`models.${model.name}`, model.registryPath] as const),
    ...Object.values(ir.stores).map((store) => [store.id, store.path] as const),
  ];
}

function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
