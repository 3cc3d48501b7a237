/** A small project for the emitters of what runs where: two schedules, three images, one service. And a core that links as the real one does. */
import {
  sha256,
  type ArtifactId,
  type EmitContext,
  type EmitResult,
  type EmittedFile,
  type Emitter,
  type EmitterDiagnostic,
  type Ir,
  type LinkedArtifact,
  type Program,
  type ProgramWork,
  type Task,
} from "@mlspec/compiler";

const origin = { file: "mlspec.yaml", path: [] };
const ROOT = "s3a://bucket/lake/shop";

const AGAIN = [{ code: 75, meaning: "not yet", outcome: "again" }] as const;
const EXITS: Partial<Record<ProgramWork["kind"], Program["exitCodes"]>> = { ready: AGAIN, await: AGAIN };

function program(work: ProgramWork, file: string, definition: string): Program {
  const language = work.kind === "train" || work.kind === "serve" ? "python" : "pyspark";
  const name = definition.slice(definition.indexOf(".") + 1);
  return {
    id: `${work.kind}.${name}`,
    ...work,
    definition,
    origin,
    name,
    language,
    file,
    exitCodes: EXITS[work.kind] ?? [],
    reads: [],
    writes: [],
    secrets: [],
  };
}

const programs: readonly Program[] = [
  program({ kind: "ready", source: "sources.orders" }, "ready_orders.py", "sources.orders"),
  program({ kind: "ingest", source: "sources.orders" }, "ingest_orders.py", "sources.orders"),
  program({ kind: "await", dataset: "sources.orders" }, "await_sources_orders.py", "sources.orders"),
  program({ kind: "train", model: "churn" }, "train_churn.py", "models.churn"),
  program({ kind: "serve", deployment: "api_v1", model: "churn", service: "api_v1" }, "serve_api_v1.py", "deployments.api_v1"),
];

function task(id: string, schedule: string, parts: Partial<Task> = {}): Task {
  const definition = programs.find((each) => each.id === id)?.definition ?? "project";
  return {
    id,
    definition,
    origin,
    program: id,
    schedule,
    args: [
      { flag: "--interval-start", value: { kind: "interval_start" } },
      { flag: "--interval-end", value: { kind: "interval_end", lag: 0 } },
    ],
    after: [],
    settled: [],
    reads: [],
    writes: [],
    retries: 2,
    retryDelay: 300_000,
    sequential: false,
    mode: "work",
    resources: { cpu: "1", memory: "4Gi" },
    ...parts,
  };
}

const tasks: readonly Task[] = [
  task("ready.orders", "daily_0200", { mode: "sensor", resources: { cpu: "1", memory: "2Gi" } }),
  task("ingest.orders", "daily_0200", { after: ["ready.orders"], writes: ["sources.orders"], description: "Orders, one a row." }),
  task("await.orders", "sundays_0400", {
    mode: "sensor",
    resources: { cpu: "1", memory: "2Gi" },
    args: [{ flag: "--interval-end", value: { kind: "interval_end", lag: 7_200_000 } }],
  }),
  task("train.churn", "sundays_0400", { after: ["await.orders"], reads: ["sources.orders"], resources: { cpu: "2", memory: "3Gi" } }),
];

const image = (id: string, base: "spark" | "training" | "serving", members: readonly string[]): Ir["images"][string] => ({
  id,
  definition: "project",
  origin,
  repository: `shop-${id.replaceAll(/[._]/g, "-")}`,
  base,
  programs: members,
});

const byId = <T extends { readonly id: string }>(items: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(items.map((item) => [item.id, item]));

const images = [
  image("serving.api_v1", "serving", ["serve.api_v1"]),
  image("spark", "spark", ["await.orders", "ingest.orders", "ready.orders"]),
  image("training", "training", ["train.churn"]),
];

export const clusterIr: Ir = {
  project: { name: "shop", description: "Who will leave.", owner: "crm" },
  environment: { name: "production", runtime: "kubernetes" },
  storage: { path: "s3a://bucket/lake", format: "delta", root: ROOT, marks: `${ROOT}/marks` },
  entities: {},
  schedules: byId([
    { id: "daily_0200", cron: "0 2 * * *", timezone: "UTC", start: "2026-01-01", longest: 86_400_000 },
    { id: "sundays_0400", cron: "0 4 * * 0", timezone: "Europe/Paris", start: "2026-02-01", longest: 604_800_000 },
  ]),
  datasets: {},
  featurePlans: {},
  models: {},
  programs: byId(programs),
  tasks: byId(tasks),
  images: byId(images),
  services: byId([
    {
      id: "api_v1",
      definition: "deployments.api_v1",
      origin,
      name: "api_v1",
      model: "churn",
      program: "serve.api_v1",
      image: "serving.api_v1",
      port: 8080,
      request: [],
      response: [],
      stores: [],
      scale: { min: 2, max: 6, cpu: 0.7 },
      resources: { cpu: "500m", memory: "1Gi" },
    },
  ]),
  metrics: {},
  stores: {},
  secrets: {},
  principals: byId(
    images.map(({ id, programs: members }) => ({
      id,
      name: id.replace(/^serving\./, ""),
      programs: members,
      reads: [`${ROOT}/sources/orders`],
      writes: [],
      connects: [],
    })),
  ),
  code: [
    { path: "requirements.txt", sha256: "aa" },
    { path: "src/train.py", sha256: "bb" },
  ],
};

export const localIr: Ir = {
  ...clusterIr,
  environment: { name: "local", runtime: "local" },
  storage: { ...clusterIr.storage, path: "./lake" },
};

export interface Emitted {
  readonly files: readonly EmittedFile[];
  readonly links: NonNullable<EmitResult["links"]>;
  readonly diagnostics: readonly EmitterDiagnostic[];
}

/** Runs one emitter among providers of what it links to. */
export function emitAlone<Options>(
  emitter: Emitter<Options>,
  ir: Ir,
  options: Options,
  others: readonly ArtifactId[] | Readonly<Record<string, string>> = [],
): Emitted {
  const diagnostics: EmitterDiagnostic[] = [];
  const known = new Set<string>([
    ...Object.keys(emitter.provide(ir, options)),
    ...(Array.isArray(others) ? others : Object.keys(others)),
    ...Object.keys(ir.programs).map((id) => `program:${id}`),
    ...Object.keys(ir.images).map((id) => `image:${id}`),
  ]);
  const link = (id: ArtifactId): LinkedArtifact => {
    const given = Array.isArray(others) ? undefined : Reflect.get(others, id);
    if (typeof given === "string") return { kind: "reference", reference: given };
    const found = ir.programs[id.slice("program:".length)];
    if (!id.startsWith("program:") || found === undefined)
      return { kind: "reference", reference: `registry.example/${id.replace(":", "-")}` };
    const path = `${found.language === "pyspark" ? "spark" : "python"}/${found.file}`;
    return { kind: "file", path, argv: ["python3", `generated/${ir.environment.name}/${path}`] };
  };
  const context: EmitContext<Options> = {
    ir,
    options,
    has: (id) => known.has(id),
    link,
    folder: `generated/${ir.environment.name}`,
    contentHash: (parts) => sha256(JSON.stringify([parts, parts.code ? ir.code : []])),
    template: () => undefined,
    emitted: () => Object.values(ir.programs).map(({ file, language }) => `${language === "pyspark" ? "spark" : "python"}/${file}`),
    report: (diagnostic) => diagnostics.push(diagnostic),
  };
  const { files, links = {} } = emitter.emit(context);
  return { files, links, diagnostics };
}

export function textOf({ files }: Emitted, path: string): string {
  const file = files.find((each) => each.path === path);
  if (file === undefined || !("text" in file)) throw new Error(`no text at ${path}: ${files.map((each) => each.path).join(", ")}`);
  return file.text;
}

export function dataOf({ files }: Emitted, path: string): unknown {
  const file = files.find((each) => each.path === path);
  if (file === undefined || !("data" in file)) throw new Error(`no data at ${path}: ${files.map((each) => each.path).join(", ")}`);
  return file.data;
}

export function existing<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("the fixture lacks it");
  return thing;
}
