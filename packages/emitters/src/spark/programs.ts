/** One small file per program: what it is called with, and which template prints it. */
import type { Ir, Model, Program } from "@mlspec/compiler";
import type { TemplateName } from "../generated/templates.js";
import { literal, starred, tuple, type Py } from "../text/python.js";
import { serverStore, storeImports } from "../text/server.js";
import { constant, reader, timedelta } from "./code.js";
import { tableOf } from "./datasets.js";
import { isEntityPlan, type EntityPlan } from "./groups.js";
import { tilesContext } from "./tiles.js";
import { asksWindows, derivedStep, inputsFunction } from "./inputs.js";

/** Names of the templates in `templates/spark`. */
export type SparkTemplate = TemplateName extends infer Name ? (Name extends `spark/${infer Rest}` ? Rest : never) : never;

export interface Printed {
  /** Name in `templates/spark`. */
  readonly template: SparkTemplate;
  readonly context: object;
}

export function printed(ir: Ir, program: Program): Printed {
  const { template, context } = work(ir, program);
  return { template, context: { ...context, program: program.id, description: describe(ir, program) } };
}

function work(ir: Ir, program: Program): Printed {
  switch (program.kind) {
    case "history":
      return { template: "history_program.py", context: { topic: constant(tableOf(ir, program.source).name, "TOPIC") } };
    case "ready":
      return ready(ir, program.source);
    case "ingest":
      return { template: `${program.kind}.py`, context: { source: constant(tableOf(ir, program.source).name, "SOURCE") } };
    case "await":
      return { template: "await.py", context: { dataset: program.dataset } };
    case "transform":
      return transform(ir, program.transform);
    case "features":
      return { template: "features.py", context: groupContext(ir, entityPlan(ir, program.plan)) };
    case "values":
      return values(ir, program);
    case "tiles":
      return { template: "tiles_program.py", context: tilesContext(ir, program) };
    case "materialise":
      return materialise(ir, program.plan, program.store);
    case "training_set":
      return trainingSet(ir, program.model, program.dataset);
    case "scoring_set":
      return scoringSet(ir, program);
    default:
      throw new Error(`${program.id} is not a Spark program`);
  }
}

function ready(ir: Ir, id: string): Printed {
  const table = tableOf(ir, id);
  const isTopic = table.kind === "source" && table.input.kind === "kafka";
  const context = { source: constant(table.name, "SOURCE"), topic: constant(table.name, "TOPIC") };
  return { template: isTopic ? "ready_history.py" : "ready.py", context };
}

function transform(ir: Ir, id: string): Printed {
  const table = tableOf(ir, id);
  const { time } = table;
  const key = time === undefined ? [] : [...time.key, ...[time.eventTime].filter((column) => !time.key.includes(column))];
  const context = { dataset: id, reader: reader(table.name), path: table.path ?? "", key };
  if (table.kind === "source" || table.incremental === undefined) return { template: "transform.py", context };
  const { lookBack, lateness } = table.incremental;
  return {
    template: "incremental.py",
    context: { ...context, lookBack: timedelta(lookBack), lateness: timedelta(lateness), eventTime: time?.eventTime ?? "" },
  };
}

/** What nobody fills any more is of no use once services refuse it; so much longer is time for whoever looks for the reason. */
function materialise(ir: Ir, planId: string, storeId: string): Printed {
  const plan = entityPlan(ir, planId);
  const store = ir.stores[storeId];
  if (store === undefined) throw new Error(`there is no store ${storeId}`);
  const { place } = store;
  return {
    template: `materialise_${plan.kind}.py`,
    context: {
      ...groupContext(ir, plan),
      ...storeImports([place]),
      server: place.kind !== "sqlite",
      store: place.kind === "sqlite" ? literal(store.path) : serverStore(ir, place, timedelta(2 * store.maxAge)),
    },
  };
}

function values(ir: Ir, { plan: id, dataset, outputs }: Extract<Program, { kind: "values" }>): Printed {
  const plan = entityPlan(ir, id);
  const derived = plan.derived.filter(({ name }) => outputs.includes(name)).map((each) => ({ value: derivedStep(plan, each) }));
  const context = {
    ...groupContext(ir, plan),
    windowed: plan.kind === "windowed",
    derived,
    dataset,
    path: ir.datasets[dataset]?.path ?? "",
    outputs: tuple(outputs.map((name) => literal(name))),
  };
  return { template: "values.py", context };
}

function trainingSet(ir: Ir, modelId: string, dataset: string): Printed {
  const model = ir.models[modelId];
  if (model === undefined) throw new Error(`there is no model ${modelId}`);
  const context = {
    dataset,
    path: ir.datasets[dataset]?.path ?? "",
    reader: reader(tableOf(ir, model.observations).name),
    function: inputsFunction(model.name),
    knownAfter: timedelta(model.label.knownAfter),
    columns: storedColumns(model, [...model.time.key, model.time.eventTime, model.label.column]),
    eventTime: model.time.eventTime,
    ingestedAt: literal(model.time.ingestedAt ?? null),
  };
  return { template: "training.py", context };
}

function scoringSet(ir: Ir, program: Extract<Program, { kind: "scoring_set" }>): Printed {
  const rows = tableOf(ir, program.rows);
  const model = ir.models[program.model];
  if (model === undefined || rows.time === undefined) throw new Error(`${program.id} has no model, or rows without times`);
  const context = {
    dataset: program.dataset,
    path: ir.datasets[program.dataset]?.path ?? "",
    reader: reader(rows.name),
    function: inputsFunction(model.name),
    windows: asksWindows(ir, model),
    columns: storedColumns(model, [...rows.time.key, rows.time.eventTime]),
    eventTime: rows.time.eventTime,
  };
  return { template: "scoring.py", context };
}

/** What is kept of rows for a model: what says which they are, and its inputs. Whatever else they hold stays where it is. */
function storedColumns(model: Model, own: readonly string[]): Py {
  const named = [...new Set(own)].map((name) => literal(name));
  return tuple([...named, starred(`model_inputs.${constant(model.name, "INPUTS")}`)]);
}

function groupContext(ir: Ir, plan: EntityPlan): { readonly group: string; readonly reader: string } {
  return { group: constant(plan.name, "GROUP"), reader: reader(tableOf(ir, plan.from).name) };
}

function entityPlan(ir: Ir, id: string): EntityPlan {
  const plan = ir.featurePlans[id];
  if (plan === undefined || !isEntityPlan(plan)) throw new Error(`${id} is no feature group of an entity`);
  return plan;
}

/** What the program does, for the top of its file. */
function describe(ir: Ir, program: Program): string {
  const summary = summarise(ir, program);
  const { description } = program;
  return description === undefined ? summary : `${summary}\n\n${description}`;
}

const KEPT = { windowed: "the tiles", latest: "the latest values" } as const;

function summarise(ir: Ir, program: Program): string {
  switch (program.kind) {
    case "history":
      return `Keep the history of \`${tableOf(ir, program.source).name}\`: every message of its topic, as it came.`;
    case "ready":
      return `Wait until the rows of \`${tableOf(ir, program.source).name}\` that an interval needs have arrived.`;
    case "ingest":
      return `Ingest \`${tableOf(ir, program.source).name}\`: judge raw rows, store those that are accepted.`;
    case "await":
      return `Wait until \`${program.dataset}\` has been written for an interval.`;
    case "transform":
      return `Compute the table \`${tableOf(ir, program.transform).name}\`.`;
    case "features":
      return `Bring the tiles of \`${entityPlan(ir, program.plan).name}\` up to date.`;
    case "materialise":
      return `Write what serving needs of \`${entityPlan(ir, program.plan).name}\` to its online store.`;
    case "values":
      return `Write the values of \`${entityPlan(ir, program.plan).name}\` as of the end of an interval, for another feature store.`;
    case "tiles":
      return `Keep ${KEPT[entityPlan(ir, program.plan).kind]} of \`${entityPlan(ir, program.plan).name}\` current from the messages of \`${tableOf(ir, program.source).name}\`.`;
    case "training_set":
      return `Make the training set of \`${program.name}\`: observations with what was known at the time.`;
    case "scoring_set":
      return `Gather the rows that \`${program.name}\` scores, with their features.`;
    default:
      return program.name;
  }
}
