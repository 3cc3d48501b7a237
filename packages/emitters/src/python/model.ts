/** `model_NAME.py`: a model as data, shared by training, the gate, scoring and serving. */
import type { ColumnRef, Expr, Ir, Model } from "@mlspec/compiler";
import { call, code, literal, tuple, type Py } from "../text/python.js";
import { pythonExpression, type PrintedExpression } from "./expression.js";
import { timedelta } from "../text/python-time.js";
import { flat, importing, item } from "./code.js";
import { typeName } from "./types.js";

export interface ModelContext {
  readonly title: string;
  readonly hasExpressions: boolean;
  readonly expressions: Py;
  readonly specification: Py;
  readonly model: Py;
}

/** Estimators that take pandas categories and NaN as they are; all others stand behind an encoding. */
const NATIVE = /^(?:sklearn\.ensemble\.HistGradientBoosting(?:Classifier|Regressor)|lightgbm\.LGBM\w+)$/;

export function modelModule(model: string): string {
  return `model_${model}`;
}

export function modelContext(ir: Ir, model: Model): ModelContext {
  const gate = model.gate.map(({ text, expr }) => comparison(text, expr));
  const names = new Set(gate.flatMap((each) => [...each.names]));
  const trainer = trainerCode(model);
  const description = model.description ?? "";
  return {
    title: describe(`The model ${model.name}`, model.description),
    hasExpressions: names.size > 0,
    expressions: importing("expressions", names),
    specification: importing("specification", ["Model", "Split", trainer.name, ...(gate.length > 0 ? ["Comparison"] : [])]),
    model: call("Model", [], {
      name: literal(model.name),
      task: literal(model.task),
      description: literal(description),
      owner: literal(model.owner ?? ir.project.owner ?? ""),
      definition: literal(model.hash),
      training_set: literal(ir.datasets[`training.${model.name}`]?.path ?? ""),
      registry: literal(model.registryPath),
      key: tuple(model.time.key.map((column) => literal(column))),
      event_time: literal(model.time.eventTime),
      label: literal(model.label.column),
      inputs: tuple(model.inputs.map(({ name, type }) => call("Column", [literal(name), literal(typeName(type))]))),
      trainer: trainer.value,
      split: call("Split", [], { test: literal(model.split.test), gap: timedelta(model.split.gap) }),
      metrics: tuple(model.metrics.map((metric) => literal(metric))),
      ...(Object.keys(model.params).length === 0 ? {} : { params: literal(model.params) }),
      ...(gate.length === 0 ? {} : { gate: tuple(gate.map(({ value }) => value)) }),
    }),
  };
}

/** A module's docstring: what it is, then the user's own words. */
export function describe(title: string, description: string | undefined): string {
  return description === undefined ? `${title}.` : `${title}.\n\n${description}`;
}

function trainerCode({ trainer }: Model): { readonly name: string; readonly value: Py } {
  switch (trainer.kind) {
    case "class": {
      const categories = NATIVE.test(`${trainer.module}.${trainer.name}`) ? "native" : "encoded";
      return {
        name: "EstimatorClass",
        value: call("EstimatorClass", [literal(trainer.module), literal(trainer.name), literal(categories)]),
      };
    }
    case "factory":
      return { name: "Factory", value: call("Factory", [literal(trainer.file), literal(trainer.function)]) };
    case "function":
      return { name: "TrainFunction", value: call("TrainFunction", [literal(trainer.file), literal(trainer.function)]) };
  }
}

const OPERATORS: ReadonlySet<string> = new Set(["<", "<=", "=", "<>", ">=", ">"]);

function comparison(text: string, expr: Expr): PrintedExpression {
  const sides =
    expr.node === "binary" && OPERATORS.has(expr.op)
      ? { left: expr.left, op: expr.op, right: expr.right }
      : { left: expr, op: "=", right: TRUE };
  const metrics: string[] = [];
  const column = (ref: ColumnRef): Py => {
    if (ref.scope !== "metric") throw new Error(`a gate reads metrics, not ${ref.scope}`);
    const name = ref.of === "champion" ? `champion.${ref.name}` : ref.name;
    if (!metrics.includes(name)) metrics.push(name);
    return item("metrics", name);
  };
  const left = side(sides.left, column);
  const right = side(sides.right, column);
  const value = call("Comparison", [], {
    text: literal(text),
    left: left.value,
    operator: literal(sides.op),
    right: right.value,
    metrics: tuple(metrics.map((metric) => literal(metric))),
  });
  return { value, names: new Set([...left.names, ...right.names]) };
}

const TRUE: Expr = { node: "literal", value: true, type: { kind: "boolean" }, nullable: false };

/** A literal stands for itself; all else is computed from the metrics. */
function side(expr: Expr, column: (ref: ColumnRef) => Py): PrintedExpression {
  const printed = pythonExpression(asDouble(expr), column);
  return expr.node === "literal" ? printed : { ...printed, value: code(`lambda metrics: ${flat(printed.value)}`) };
}

/** Metrics are doubles, so numbers beside them are too. */
function asDouble(expr: Expr): Expr {
  return expr.node === "literal" && typeof expr.value === "number" ? { ...expr, type: { kind: "double" } } : expr;
}
