import type { Field } from "../data-type.js";
import { nearest } from "../diagnostic.js";
import type { ModelInput } from "../ir.js";
import { parseCallable, parseDuration, parseEstimator, parsePercent } from "../shorthand/index.js";
import type { FeatureSpec, ModelSpec } from "../spec.js";
import type { DatasetFacts, Finding, GateFacts, GroupFacts, ModelFacts, SpecPath } from "./analysis.js";
import type { Scope } from "./expr/check.js";
import { checkCondition } from "./expr/unfailing.js";
import { isIntegral, isNumeric } from "../sql/types.js";
import { typedColumns } from "./dataset.js";
import { atValue, expressionFindings, finding, type Found } from "./finding.js";
import { datasetTime } from "./group.js";
import { unknownColumn } from "./source.js";
import { findName } from "./types/name.js";
import { printDataType } from "./types/text.js";

/** Metrics by task, as the emitted `evaluation.py` computes them. */
export const METRICS: Readonly<Record<ModelSpec["task"], readonly string[]>> = {
  binary_classification: ["roc_auc", "average_precision", "log_loss", "brier_score", "accuracy", "precision", "recall", "f1"],
  multiclass_classification: ["accuracy", "log_loss", "f1_macro"],
  regression: ["mae", "mse", "rmse", "r2", "median_absolute_error", "mape"],
};

export interface ModelInputs {
  readonly name: string;
  readonly spec: ModelSpec;
  readonly schedule: string;
  readonly observations?: DatasetFacts;
  readonly groups: ReadonlyMap<string, GroupFacts>;
  /** As written: what a group names with a mistake is not unknown. */
  readonly features: Readonly<Record<string, FeatureSpec>>;
}

export function analyzeModel({ name, spec, schedule, observations, groups, features }: ModelInputs): Found<ModelFacts> {
  const path = ["models", name];
  const findings: Finding[] = [];
  const time = observations && datasetTime(observations, name, [...path, "observations"], findings);
  const inputs = expandInputs(spec.features, { groups, features }, [...path, "features"], findings);
  const gate = analyzeGate(spec, path, findings);
  const trainer = trainerOf(spec);
  const split = splitOf(spec);
  const knownAfter = parseDuration(spec.label.known_after);
  const plans = plansOf(
    inputs.map((input) => input.group),
    groups,
  );
  if (observations === undefined || time === undefined) return { findings };
  const columns = typedColumns(observations);
  const at = [...path, "observations"];
  const entities = [
    ...new Set(
      plans.flatMap((plan) => {
        const group = groups.get(plan);
        return group && group.kind !== "request" ? [group.entity] : [];
      }),
    ),
  ];
  const request = requestOf(plans, groups, { columns, where: observations.name, path: at }, findings);
  const label = labelOf(spec, { columns, where: observations.name, path }, findings);
  if (label === undefined || trainer === undefined || split === undefined || !knownAfter.ok) return { findings };
  return {
    facts: {
      id: `models.${name}`,
      name,
      observations: observations.id,
      time,
      label: { column: label.name, field: label, knownAfter: knownAfter.value },
      inputs,
      plans,
      entities,
      request,
      trainer,
      split,
      metrics: spec.metrics,
      gate,
      schedule,
    },
    findings,
  };
}

interface Table {
  readonly columns: readonly Field[];
  readonly where: string;
  readonly path: SpecPath;
}

/** Each missing column once. */
export function missingColumns(names: readonly string[], { columns, where, path }: Table): readonly Finding[] {
  return [...new Set(names)].flatMap((name) =>
    findName(columns, name, (column) => column.name) === undefined ? [unknownColumn(name, columns, where, path)] : [],
  );
}

function isWritten(group: FeatureSpec | undefined, output: string): boolean {
  return Object.hasOwn(group?.derived ?? {}, output) || [...(group?.request ?? []), ...(group?.columns ?? [])].includes(output);
}

function expandInputs(
  wanted: readonly string[],
  { groups, features }: Pick<ModelInputs, "groups" | "features">,
  path: SpecPath,
  findings: Finding[],
): readonly ModelInput[] {
  const inputs: ModelInput[] = [];
  wanted.forEach((feature, i) => {
    const [group = "", output] = feature.split(".");
    // A group that is not there was reported with the references; one with mistakes has those.
    const facts = groups.get(group);
    if (facts === undefined) return;
    const outputs = output === undefined ? facts.outputs : facts.outputs.filter((one) => one.name === output);
    if (outputs.length === 0 && output !== undefined && !isWritten(features[group], output)) {
      const known = facts.outputs.map((one) => one.name);
      const near = nearest(output, known);
      findings.push(
        finding(
          "unknown-column",
          atValue([...path, i], { start: group.length + 1, end: feature.length }),
          { name: output, where: group, known, nearest: near },
          near === undefined ? {} : { replacement: near },
        ),
      );
    }
    for (const { name: column, type, nullable } of outputs) {
      const name = `${group}__${column}`;
      if (inputs.some((input) => input.name === name))
        findings.push(finding("duplicate-input", atValue([...path, i]), { name: `${group}.${column}` }));
      else inputs.push({ name, group, column, type, nullable });
    }
  });
  return inputs;
}

/** Groups that inputs need, each after those that it reads. */
export function plansOf(wanted: readonly string[], groups: ReadonlyMap<string, GroupFacts>): readonly string[] {
  const plans = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    const group = groups.get(name);
    if (group === undefined || plans.has(name) || open.has(name)) return;
    open.add(name);
    for (const other of group.readsGroups) visit(other);
    plans.add(name);
  };
  for (const name of wanted) visit(name);
  return [...plans];
}

function requestOf(
  plans: readonly string[],
  groups: ReadonlyMap<string, GroupFacts>,
  { columns, where, path }: Table,
  findings: Finding[],
): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const plan of plans) {
    const group = groups.get(plan);
    if (group?.kind !== "request") continue;
    for (const { name } of group.columns) {
      const column = findName(columns, name, (field) => field.name);
      if (column === undefined) findings.push(unknownColumn(name, columns, where, path));
      else fields.set(name, { ...column, name });
    }
  }
  return [...fields.values()];
}

function labelOf({ label, task }: ModelSpec, { columns, where, path }: Table, findings: Finding[]): Field | undefined {
  const at = [...path, "label", "column"];
  const column = findName(columns, label.column, (field) => field.name);
  if (column === undefined) {
    findings.push(unknownColumn(label.column, columns, where, at));
    return undefined;
  }
  const { type } = column;
  const fits =
    task === "regression"
      ? isNumeric(type)
      : task === "binary_classification"
        ? type.kind === "boolean" || isIntegral(type)
        : type.kind === "string" || isIntegral(type);
  if (!fits) findings.push(finding("label-type", atValue(at), { column: column.name, type: printDataType(type), task }));
  return column;
}

function trainerOf(spec: ModelSpec): ModelFacts["trainer"] | undefined {
  if (spec.train !== undefined) {
    const train = parseCallable(spec.train);
    return train.ok ? { kind: "function", ...train.value } : undefined;
  }
  const estimator = parseEstimator(spec.estimator ?? "");
  return estimator.ok ? estimator.value : undefined;
}

function splitOf({ split }: ModelSpec): ModelFacts["split"] | undefined {
  const test = parsePercent(split.test);
  const gap = parseDuration(split.gap ?? "0s");
  return test.ok && gap.ok ? { test: test.value, gap: gap.value } : undefined;
}

/** What other tools call metrics. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  auc: "roc_auc",
  auroc: "roc_auc",
  pr_auc: "average_precision",
  auprc: "average_precision",
  logloss: "log_loss",
  brier: "brier_score",
};

function analyzeGate(spec: ModelSpec, path: SpecPath, findings: Finding[]): readonly GateFacts[] {
  const known = METRICS[spec.task];
  spec.metrics.forEach((metric, i) => {
    if (!known.includes(metric))
      findings.push(
        finding("unknown-metric", atValue([...path, "metrics", i]), {
          name: metric,
          nearest: known.find((one) => one === ELSEWHERE[metric.toLowerCase()]) ?? nearest(metric, known),
          known,
          task: spec.task,
        }),
      );
  });
  return (spec.gate ?? []).flatMap((text, i): GateFacts[] => {
    const at = [...path, "gate", i];
    const { expr, findings: found } = checkCondition(text, gateScope(spec.metrics));
    findings.push(...expressionFindings(found, at));
    if (expr === undefined) return [];
    if (expr.node === "binary" && ["=", "<>", "<", "<=", ">", ">="].includes(expr.op)) return [{ text, expr }];
    findings.push(finding("gate-shape", atValue(at), {}));
    return [];
  });
}

/** Metrics of this run by name, those of the champion after `champion.`. */
function gateScope(metrics: readonly string[]): Scope {
  return {
    resolve(path) {
      const of = path.length === 2 && path[0] === "champion" ? "champion" : "candidate";
      const name = path.at(-1) ?? "";
      if (path.length === (of === "champion" ? 2 : 1) && metrics.includes(name))
        return { ref: { scope: "metric", name, of }, type: { kind: "double" }, nullable: false };
      return { unknown: of === "champion" ? 1 : 0, names: metrics, where: "`metrics`" };
    },
  };
}
