/** The python emitter: training, the gate, batch scoring and serving, over modules that are the same in every project. */
import { defineEmitter } from "@mlspec/compiler";
import type { Artifact, EmittedText, Emitter, Ir, Program, Provided, PythonTargetSpec } from "@mlspec/compiler";
import { call, literal, tuple, type Py } from "../text/python.js";
import { printer, type Print } from "../text/print.js";
import { pythonDiagnostics } from "./diagnostics.js";
import { serversOf } from "../places.js";
import { describe, modelContext, modelModule } from "./model.js";
import { known } from "./known.js";
import { reportProblems } from "./problems.js";
import { serveContext } from "./serve.js";

const SHARED = ["estimators", "expressions", "programs", "registry", "signature", "specification", "storage"] as const;
const BATCH = ["card", "evaluation", "model_input", "training"] as const;
const ONLINE = ["online_store", "prediction_log", "serving", "serving_state"] as const;

const SERVER = ["server_store", "store_values"] as const;

/** Modules that are the same in every project. */
export const PYTHON_MODULES = [...SHARED, ...BATCH, ...ONLINE] as const;

export const python: Emitter<PythonTargetSpec> = defineEmitter<PythonTargetSpec>({
  name: "python",
  diagnostics: pythonDiagnostics,
  needs: [],
  provide: provided,
  emit: (context) => {
    reportProblems(context);
    return { files: files(context.ir, printer(context)) };
  },
});

function programsOf(ir: Ir): readonly Program[] {
  return Object.values(ir.programs).filter((program) => program.language === "python");
}

function provided(ir: Ir): Provided {
  return Object.fromEntries(
    programsOf(ir).map((program): [`program:${string}`, Artifact] => [
      `program:${program.id}`,
      { kind: "file", path: `python/${program.file}`, argv: ["python3", "{path}"] },
    ]),
  );
}

/** What reads the stores that are on servers. */
function serverModules(ir: Ir) {
  const kinds = serversOf(ir);
  return [...(kinds.length > 0 ? SERVER : []), ...kinds.flatMap((kind) => [`${kind}_reader` as const, `${kind}_server` as const])];
}

function files(ir: Ir, print: Print): readonly EmittedText[] {
  const programs = programsOf(ir);
  if (programs.length === 0) return [];
  const online = programs.some(({ kind }) => kind === "serve");
  const modules = [...SHARED, ...BATCH, ...(online ? ONLINE : []), ...serverModules(ir)];
  return [
    ...modules.map((name) => ({ path: `${name}.py`, text: print.text(`python/${name}.py`), from: ["project"] })),
    ...Object.values(ir.models).map((model) => ({
      path: `${modelModule(model.name)}.py`,
      text: print.template("python/model.py", modelContext(ir, model)),
      from: [model.definition],
    })),
    ...programs.map((program) => ({ path: program.file, text: text(ir, program, print), from: [program.definition] })),
  ];
}

function text(ir: Ir, program: Program, print: Print): string {
  switch (program.kind) {
    case "train":
      return print.template(
        "python/model_program.py",
        modelProgram(ir, program, "train", "Fit the model, measure it and keep it as a candidate."),
      );
    case "gate":
      return print.template("python/model_program.py", modelProgram(ir, program, "gate", "Decide whether the candidate becomes champion."));
    case "score":
      return print.template("python/score.py", { ...common(program, program.model), deployment: batchDeployment(ir, program) });
    case "serve":
      return print.template("python/serve.py", serveContext(ir, program));
    default:
      throw new Error(`${program.id} is not a Python program`);
  }
}

function modelProgram(ir: Ir, program: Extract<Program, { kind: "train" | "gate" }>, action: "train" | "gate", summary: string): object {
  return { ...common(program, known(ir.models, program.model).name), action, summary };
}

const TITLES: Readonly<Partial<Record<Program["kind"], string>>> = {
  train: "Train the model",
  gate: "The gate of the model",
  score: "Score rows for the deployment",
};

function common(program: Program, model: string): object {
  const title = `${TITLES[program.kind] ?? "Run"} ${program.name}`;
  return { title: describe(title, program.description), module: modelModule(model), program: program.id };
}

function batchDeployment(ir: Ir, program: Extract<Program, { kind: "score" }>): Py {
  const scoring = Object.values(ir.programs).find((other) => other.kind === "scoring_set" && other.deployment === program.deployment);
  const rows = scoring?.kind === "scoring_set" ? ir.datasets[scoring.rows] : undefined;
  if (rows === undefined || !("time" in rows) || rows.time === undefined) throw new Error(`${program.id} scores rows without times`);
  const { key, eventTime } = rows.time;
  return call("BatchDeployment", [], {
    name: literal(program.deployment),
    rows: literal(known(ir.datasets, program.from).path ?? ""),
    predictions: literal(known(ir.datasets, program.dataset).path ?? ""),
    key: tuple(key.map((column) => literal(column))),
    event_time: literal(eventTime),
  });
}
