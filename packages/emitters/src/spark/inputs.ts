/** `model_inputs.py`: which columns a model reads, and how they come to its rows. */
import type { ColumnRef, FeaturePlan, Ir, Model } from "@mlspec/compiler";
import { call, code, literal, type Py } from "../text/python.js";
import { constant, imported, reader, signature } from "./code.js";
import { tableOf } from "./datasets.js";
import { sqlExpression } from "./sql.js";

export interface InputsContext {
  readonly project: string;
  readonly usesExpressions: boolean;
  readonly usesGroups: boolean;
  readonly lakehouse: Py;
  readonly windows: Py;
  readonly models: readonly ModelContext[];
}

interface ModelContext {
  readonly constant: string;
  readonly inputs: readonly string[];
  readonly signature: Py;
  readonly description: string;
  readonly steps: readonly { readonly value: Py }[];
}

/** The column of a row that says as of when its features are wanted: `AT` in `windows.py`. */
const AT = "__at";

export function inputsContext(ir: Ir): InputsContext {
  const models = Object.values(ir.models);
  const plans = models.flatMap((model) => model.plans.map((id) => planOf(ir, id)));
  const kinds = new Set(plans.map((plan) => plan.kind));
  const windows = ["AT"];
  if (kinds.has("windowed")) windows.push("with_windows");
  if (kinds.has("latest")) windows.push("with_latest");
  return {
    project: ir.project.name,
    usesExpressions: plans.some((plan) => plan.derived.length > 0),
    usesGroups: kinds.has("windowed") || kinds.has("latest"),
    lakehouse: imported(["field"]),
    windows: imported(windows),
    models: models.map((model) => modelContext(ir, model)),
  };
}

const PARAMETERS = "spark: SparkSession, rows: DataFrame, cut: datetime";
const SINCE = ", since: datetime | None = None";

/** Whether a model reads windows: only these can leave out what is too old for the rows that ask. */
export function asksWindows(ir: Ir, model: Model): boolean {
  return model.plans.some((id) => planOf(ir, id).kind === "windowed");
}

export function inputsFunction(model: string): string {
  return `${model}_inputs`;
}

function planOf(ir: Ir, id: string): FeaturePlan {
  const plan = ir.featurePlans[id];
  if (plan === undefined) throw new Error(`there is no feature plan ${id}`);
  return plan;
}

function modelContext(ir: Ir, model: Model): ModelContext {
  return {
    constant: constant(model.name, "INPUTS"),
    inputs: model.inputs.map((input) => input.name),
    signature: signature(inputsFunction(model.name), PARAMETERS + (asksWindows(ir, model) ? SINCE : ""), "DataFrame"),
    description: `Add the inputs of \`${model.name}\` to rows that say as of when they ask.`,
    steps: model.plans.flatMap((id) => stepsOf(ir, planOf(ir, id))).map((value) => ({ value })),
  };
}

function stepsOf(ir: Ir, plan: FeaturePlan): readonly Py[] {
  return [...plainSteps(ir, plan), ...plan.derived.map((derived) => derivedStep(plan, derived))];
}

function plainSteps(ir: Ir, plan: FeaturePlan): readonly Py[] {
  if (plan.kind === "request") {
    return plan.columns.map((column) => withColumn(plan.name, column.name, call("field", [literal(column.name)])));
  }
  const group = code(`feature_groups.${constant(plan.name, "GROUP")}`);
  const events = call(`datasets.${reader(tableOf(ir, plan.from).name)}`, [code("spark"), code("cut")]);
  const rows = [code("rows"), group, events];
  return [plan.kind === "windowed" ? call("with_windows", rows, { since: code("since") }) : call("with_latest", rows)];
}

function derivedStep(plan: FeaturePlan, derived: FeaturePlan["derived"][number]): Py {
  const sql = sqlExpression(derived.expr, nameOf);
  return withColumn(plan.name, derived.name, call("F.expr", [literal(sql)]));
}

function nameOf(ref: ColumnRef): string {
  switch (ref.scope) {
    case "at":
      return AT;
    case "output":
      return `${ref.group}__${ref.name}`;
    case "dataset":
      return ref.name;
    case "metric":
      throw new Error(`a feature cannot read the metric ${ref.name}`);
  }
}

function withColumn(group: string, name: string, value: Py): Py {
  return call("rows.withColumn", [literal(`${group}__${name}`), value]);
}
