/** Services that answer requests, their metrics, and the images that programs run in. */
import type { DeploymentFacts } from "../4-analyze/analysis.js";
import type { Image, Metric, Program, Resources, Service } from "../ir.js";
import type { ResourcesSpec } from "../spec.js";
import { known, node, type LowerInput } from "./context.js";
import { keyFields, unique } from "./dataset.js";
import { servedOnline, storeId } from "./feature.js";

const PORT = 8080;
const DEFAULT_RESOURCES: Resources = { cpu: "500m", memory: "1Gi" };
const DEFAULT_CPU = 0.7;

export function lowerServices(input: LowerInput): readonly Service[] {
  return Object.values(input.analysis.deployments)
    .filter((deployment) => deployment.serve === "online")
    .map((deployment) => service(input, deployment));
}

function service(input: LowerInput, { id, name, model }: DeploymentFacts): Service {
  const spec = known(input.analysis.spec.deployments ?? {}, name);
  const facts = known(input.analysis.models, model);
  const served = servedOnline(input);
  const keys = facts.plans.flatMap((plan) => keyFields(input, known(input.analysis.groups, plan)));
  return {
    ...node(input, name, id),
    name,
    model,
    program: `serve.${name}`,
    image: `serving.${name}`,
    port: PORT,
    request: unique([...keys, ...facts.request]),
    response: [{ name: "prediction", type: { kind: "double" }, nullable: false }],
    stores: facts.plans.filter((plan) => served.has(plan)).map(storeId),
    scale: { min: spec.scale?.min ?? 1, max: spec.scale?.max ?? 1, cpu: share(spec.scale?.cpu) },
    resources: { ...DEFAULT_RESOURCES, ...resourcesOf(spec.resources ?? {}) },
  };
}

export function resourcesOf({ cpu, memory }: ResourcesSpec): Resources {
  return { ...(cpu === undefined ? {} : { cpu: String(cpu) }), ...(memory === undefined ? {} : { memory }) };
}

function share(percent: string | undefined): number {
  return percent === undefined ? DEFAULT_CPU : Number(percent.slice(0, -1)) / 100;
}

/** What every serving program exports. */
const SERVING_METRICS: readonly Pick<Metric, "name" | "kind" | "labels" | "help">[] = [
  { name: "predictions_total", kind: "counter", labels: ["model", "version"], help: "Answered predictions." },
  { name: "prediction_errors_total", kind: "counter", labels: ["model", "reason"], help: "Requests that could not be answered." },
  { name: "prediction_seconds", kind: "histogram", labels: ["model"], help: "Time from request to answer." },
  { name: "prediction_value", kind: "histogram", labels: ["model", "version"], help: "What was predicted." },
  { name: "model_loaded", kind: "gauge", labels: ["model", "version"], help: "1 for the version that answers." },
  {
    name: "online_store_as_of_seconds",
    kind: "gauge",
    labels: ["group"],
    help: "Moment up to which the online store is complete, in Unix time.",
  },
  {
    name: "online_store_age_seconds",
    kind: "gauge",
    labels: ["group"],
    help: "Time since the moment up to which the online store is complete.",
  },
  {
    name: "refresh_failing",
    kind: "gauge",
    labels: ["part"],
    help: "1 while the model, or the online store of a group, cannot be loaded anew.",
  },
];

export function lowerMetrics(services: readonly Service[]): readonly Metric[] {
  return services.flatMap(({ name, program }) => SERVING_METRICS.map((metric) => ({ id: `${name}.${metric.name}`, ...metric, program })));
}

export function lowerImages(input: LowerInput, programs: readonly Program[], services: readonly Service[]): readonly Image[] {
  const project = kebab(input.analysis.spec.project);
  const image = (base: "spark" | "training", members: readonly Program[]): readonly Image[] =>
    members.length === 0
      ? []
      : [{ ...node(input, base, "project"), repository: `${project}-${base}`, base, programs: members.map(({ id }) => id).sort() }];
  return [
    ...image(
      "spark",
      programs.filter((program) => program.language === "pyspark"),
    ),
    ...image(
      "training",
      programs.filter((program) => program.language === "python" && program.kind !== "serve"),
    ),
    ...services.map((served): Image => ({
      ...node(input, served.image, served.definition),
      repository: `${project}-serving-${kebab(served.name)}`,
      base: "serving",
      programs: [served.program],
    })),
  ];
}

function kebab(name: string): string {
  return name.replaceAll("_", "-");
}
