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
  readonly usesWindows: boolean;
  readonly lakehouse: Py;
  readonly usesFields: boolean;
  readonly windows: Py;
  readonly groups: readonly GroupContext[];
  readonly models: readonly ModelContext[];
}

interface GroupContext {
  readonly signature: Py;
  readonly description: string;
  readonly steps: readonly { readonly value: Py }[];
  /** What is returned: the last step. */
  readonly result: Py;
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
  const plans = Object.values(ir.featurePlans);
  const kinds = new Set(plans.map((plan) => plan.kind));
  const usesFields = models.length > 0 || plans.some((plan) => plan.kind === "request" && plan.columns.length > 0);
  return {
    project: ir.project.name,
    usesExpressions: plans.some((plan) => plan.derived.length > 0),
    usesGroups: kinds.has("windowed") || kinds.has("latest"),
    usesWindows: models.length > 0 || kinds.has("windowed") || kinds.has("latest"),
    lakehouse: imported(["field"]),
    usesFields,
    windows: imported([
      ...(models.length > 0 ? ["AT"] : []),
      ...(kinds.has("latest") ? ["with_latest"] : []),
      ...(kinds.has("windowed") ? ["with_windows"] : []),
    ]),
    groups: plans.map((plan) => groupContext(ir, plan)),
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

function featuresFunction(group: string): string {
  return `${group}_features`;
}

function planOf(ir: Ir, id: string): FeaturePlan {
  const plan = ir.featurePlans[id];
  if (plan === undefined) throw new Error(`there is no feature plan ${id}`);
  return plan;
}

/** What is read is read by entity groups alone: the others compute from what the rows have. */
function parametersOf({ kind }: FeaturePlan): string {
  if (kind === "request") return "rows: DataFrame";
  return PARAMETERS + (kind === "windowed" ? SINCE : "");
}

function groupContext(ir: Ir, plan: FeaturePlan): GroupContext {
  const steps = stepsOf(ir, plan);
  return {
    signature: signature(featuresFunction(plan.name), parametersOf(plan), "DataFrame"),
    description:
      plan.kind === "request"
        ? `Add the outputs of \`${plan.name}\` to rows that have the request's columns.`
        : `Add the outputs of \`${plan.name}\` to rows that say as of when they ask.`,
    steps: steps.slice(0, -1).map((value) => ({ value })),
    result: steps.at(-1) ?? code("rows"),
  };
}

function modelContext(ir: Ir, model: Model): ModelContext {
  return {
    constant: constant(model.name, "INPUTS"),
    inputs: model.inputs.map((input) => input.name),
    signature: signature(inputsFunction(model.name), PARAMETERS + (asksWindows(ir, model) ? SINCE : ""), "DataFrame"),
    description: `Add the inputs of \`${model.name}\` to rows that say as of when they ask.`,
    steps: model.plans.map((id) => ({ value: groupCall(planOf(ir, id)) })),
  };
}

function groupCall({ name, kind }: FeaturePlan): Py {
  const rows = kind === "request" ? ["rows"] : ["spark", "rows", "cut", ...(kind === "windowed" ? ["since"] : [])];
  return call(
    featuresFunction(name),
    rows.map((argument) => code(argument)),
  );
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

/** Adds a derived output to rows that have what it reads. */
export function derivedStep(plan: FeaturePlan, derived: FeaturePlan["derived"][number]): Py {
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
