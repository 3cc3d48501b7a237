/** What a run did, in a page: rows per dataset and verdict, metrics, the gate's answer, where things are. */
import type { Ir, Program } from "@mlspec/compiler";
import type { Step } from "./plan.js";
import type { Outcome } from "./scheduler.js";

/** `200,000`. Made where it is used: to load a locale costs every command some milliseconds, and only a run counts. */
function number(value: unknown): string {
  return Number(value).toLocaleString("en-US");
}

export function summarise(ir: Ir, steps: readonly Step[], outcomes: ReadonlyMap<string, Outcome>): readonly string[] {
  const summaries = steps.flatMap((step) => {
    const summary = outcomes.get(step.id)?.summary;
    return summary === undefined ? [] : [{ step, summary }];
  });
  const lines: string[] = [];
  const datasets = summaries.flatMap(({ step, summary }) => (WRITERS.has(step.kind) ? rowsOf(summary) : []));
  if (datasets.length > 0) lines.push("Rows", ...aligned(datasets), "");
  for (const { step, summary } of summaries) if (step.kind === "gate") lines.push(...gateLines(step, summary));
  lines.push("Where things are", ...aligned(places(ir)));
  return lines;
}

/** Kinds of steps whose `rows` are those of datasets. */
const WRITERS: ReadonlySet<string> = new Set([
  "history",
  "ingest",
  "transform",
  "features",
  "training_set",
  "scoring_set",
  "score",
  "materialise",
  "values",
  "tiles",
] satisfies readonly Program["kind"][]);

/** Each dataset with `accepted 200,000 · duplicate 412`, or with `200,000 rows`. */
function rowsOf(summary: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  const [verdicts, missed] = [record(summary["verdicts"]), record(summary["missed"])];
  return Object.entries(record(summary["rows"])).map(([dataset, rows]) => {
    const source = dataset.replace(/^sources\./, "");
    const late = Number(missed[source] ?? 0) > 0 ? [["missed", missed[source]] as const] : [];
    const counts = [...Object.entries(record(verdicts[source])), ...late].filter(([, count]) => typeof count === "number");
    const text = counts.map(([verdict, count]) => `${verdict} ${number(count)}`).join(" · ");
    return [dataset, text === "" ? `${number(rows)} rows` : text] as const;
  });
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
