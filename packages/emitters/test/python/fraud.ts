/** The fraud example's IR as the python emitter reads it: the spark emitter's, and the model's own programs. */
import type { ColumnRef, DataType, Expr, Ir, Model, Program, ProgramWork } from "@mlspec/compiler";
import { fraudIr } from "../spark/fraud-ir.js";

const double: DataType = { kind: "double" };
const boolean: DataType = { kind: "boolean" };
const node = (id: string, definition: string) => ({ id, definition, origin: { file: "mlspec.yaml", path: [] } });
const metric = (name: string, of: "candidate" | "champion"): Expr => {
  const ref: ColumnRef = { scope: "metric", name, of };
  return { node: "column", ref, type: double, nullable: false };
};
const literal = (value: number, text: string): Expr => ({
  node: "literal",
  value,
  text,
  type: { kind: "decimal", precision: 3, scale: 3 },
  nullable: false,
});
const binary = (op: ">=" | "-", left: Expr, right: Expr, type: DataType): Expr => ({
  node: "binary",
  op,
  left,
  right,
  type,
  nullable: false,
});

function program(id: string, [name, definition, file]: readonly [string, string, string], work: ProgramWork): Program {
  return { ...node(id, definition), name, language: "python", file, exitCodes: [], reads: [], writes: [], secrets: [], ...work };
}

const programs: readonly Program[] = [
  program("gate.fraud_score", ["fraud_score", "models.fraud_score", "gate_fraud_score.py"], { kind: "gate", model: "fraud_score" }),
  program("score.fraud_review", ["fraud_review", "deployments.fraud_review", "score_fraud_review.py"], {
    kind: "score",
    deployment: "fraud_review",
    model: "fraud_score",
    from: "scoring.fraud_review",
    dataset: "predictions.fraud_review",
  }),
  program("serve.fraud_api", ["fraud_api", "deployments.fraud_api", "serve_fraud_api.py"], {
    kind: "serve",
    deployment: "fraud_api",
    model: "fraud_score",
    service: "fraud_api",
  }),
];

const { fraud_score: base } = fraudIr.models;
if (base === undefined) throw new Error("the fixture has no model");

export const fraudScore: Model = {
  ...base,
  owner: "risk-data",
  params: { max_iter: 50, random_state: 7 },
  metrics: ["roc_auc", "average_precision"],
  gate: [
    { text: "average_precision >= 0.05", expr: binary(">=", metric("average_precision", "candidate"), literal(0.05, "0.05"), boolean) },
    {
      text: "roc_auc >= champion.roc_auc - 0.005",
      expr: binary(
        ">=",
        metric("roc_auc", "candidate"),
        binary("-", metric("roc_auc", "champion"), literal(0.005, "0.005"), double),
        boolean,
      ),
    },
  ],
};

export const ir: Ir = {
  ...fraudIr,
  datasets: {
    ...fraudIr.datasets,
    "predictions.fraud_review": {
      ...node("predictions.fraud_review", "deployments.fraud_review"),
      kind: "predictions",
      name: "fraud_review",
      columns: [],
      path: "./lake/fraud_detection/predictions/fraud_review",
    },
  },
  models: { fraud_score: fraudScore },
  programs: { ...fraudIr.programs, ...Object.fromEntries(programs.map((each) => [each.id, each])) },
  services: {
    fraud_api: {
      ...node("fraud_api", "deployments.fraud_api"),
      name: "fraud_api",
      description: "Scores one payment while it is being authorised.",
      model: "fraud_score",
      program: "serve.fraud_api",
      image: "serving.fraud_api",
      port: 8080,
      request: [{ name: "card_id", type: { kind: "string" }, nullable: false }, ...fraudScore.request],
      response: [{ name: "prediction", type: double, nullable: false }],
      stores: ["online.card_profile", "online.card_velocity"],
      scale: { min: 2, max: 12, cpu: 0.7 },
      resources: {},
    },
  },
};
