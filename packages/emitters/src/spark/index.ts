/** The spark emitter: PySpark programs, the modules that they share, and the project's SQL. */
import { defineEmitter, newestSpark } from "@mlspec/compiler";
import type { Artifact, EmitContext, EmittedText, Emitter, Ir, Program, Provided, SparkTargetSpec } from "@mlspec/compiler";
import { databasesOf, schemasOf, serversOf, topicsOf } from "../places.js";
import { printer, type Print } from "../text/print.js";
import { datasetsContext, hasFunctions, hasMasks, isTable } from "./datasets.js";
import { groupsContext } from "./groups.js";
import { inputsContext } from "./inputs.js";
import { printed, type SparkTemplate } from "./programs.js";
import { settingsContext } from "./settings.js";
import { sourcesContext } from "./sources.js";

/** Modules that are the same in every project. */
export const SPARK_MODULES = [
  "aggregates",
  "arrival",
  "feature_store",
  "lakehouse",
  "marks",
  "model_data",
  "quality",
  "queries",
  "raw_rows",
  "secret_values",
  "windows",
] as const;

/** Options of the target; the compiler has checked the version. */
export type SparkOptions = SparkTargetSpec;

export const spark: Emitter<SparkOptions> = defineEmitter<SparkOptions>({
  name: "spark",
  needs: [],
  provide: provided,
  emit: (context) => ({ files: files(context, printer(context)) }),
});

function programsOf(ir: Ir): readonly Program[] {
  return Object.values(ir.programs).filter((program) => program.language === "pyspark");
}

function provided(ir: Ir, { version }: SparkOptions): Provided {
  const programs = programsOf(ir).map((program): [`program:${string}`, Artifact] => {
    const path = `spark/${program.file}`;
    return [`program:${program.id}`, { kind: "file", path, argv: ["python3", "{path}"] }];
  });
  // For images: Spark and the jars that go with it.
  return {
    ...Object.fromEntries(programs),
    ...(programs.length > 0 && { "version:spark": { kind: "reference", reference: newestSpark(version) } }),
  };
}

function files({ ir, options }: EmitContext<SparkOptions>, print: Print): readonly EmittedText[] {
  if (programsOf(ir).length === 0) return [];
  return [...modules(ir, print), ...shared(ir, options, print), ...queries(ir), ...schemas(ir), ...programs(ir, print)];
}

function modules(ir: Ir, { text }: Print): readonly EmittedText[] {
  const more = [
    ...(programsOf(ir).some(({ kind }) => kind === "tiles") ? (["tile_stream"] as const) : []),
    ...(programsOf(ir).some(({ kind }) => kind === "values") ? (["feature_values"] as const) : []),
    ...(topicsOf(ir).length > 0 ? (["history"] as const) : []),
    ...(schemasOf(ir).length > 0 ? (["avro_messages"] as const) : []),
    ...(databasesOf(ir).length > 0 ? (["databases"] as const) : []),
    ...(hasFunctions(ir) ? (["project_code"] as const) : []),
  ];
  const names = [...SPARK_MODULES, ...more];
  return [...names.map((name) => `spark/${name}.py` as const), ...serverModules(ir)].map((name) => ({
    path: name.slice(name.indexOf("/") + 1),
    text: text(name),
    from: ["project"],
  }));
}

/** What fills the stores that are on servers, and what their readers have in common with it. */
function serverModules(ir: Ir) {
  const kinds = serversOf(ir);
  const common = kinds.length > 0 ? (["spark/store_jobs.py", "spark/store_rows.py", "python/store_values.py"] as const) : [];
  const streams = programsOf(ir).some((program) => program.kind === "tiles" && ir.stores[program.store]?.place.kind !== "sqlite");
  const tiles = streams ? (["spark/tile_server.py"] as const) : [];
  const own = kinds.flatMap((kind) => [`spark/${kind}_store.py`, `spark/${kind}_writer.py`, `python/${kind}_server.py`] as const);
  return [...common, ...tiles, ...own];
}

/** Modules that describe the project to all its programs. */
function shared(ir: Ir, { version }: SparkOptions, print: Print): readonly EmittedText[] {
  const tables = Object.values(ir.datasets).filter(isTable);
  const parts: readonly (readonly [SparkTemplate, object, readonly string[]])[] = [
    ["settings.py", settingsContext(ir, version), ["project"]],
    ["sources.py", sourcesContext(ir), tables.filter((table) => table.kind === "source").map((table) => table.definition)],
    ["datasets.py", datasetsContext(ir), tables.map((table) => table.definition)],
    [
      "feature_groups.py",
      groupsContext(ir),
      Object.values(ir.featurePlans)
        .filter((plan) => plan.kind !== "request")
        .map((plan) => plan.definition),
    ],
    [
      "model_inputs.py",
      inputsContext(ir),
      [...Object.values(ir.featurePlans), ...Object.values(ir.models)].map(({ definition }) => definition),
    ],
    ["masking.py", { variable: ir.secrets[ir.masking?.key ?? ""]?.variable ?? "" }, hasMasks(ir) ? ["project"] : []],
  ];
  return parts
    .filter(([, , from]) => from.length > 0)
    .map(([path, context, from]) => ({ path, text: print.template(`spark/${path}`, context), from: [...from].sort() }));
}

function queries(ir: Ir): readonly EmittedText[] {
  return Object.values(ir.datasets)
    .filter((dataset) => dataset.kind === "transform")
    .flatMap(({ sql, sqlFile, definition }) =>
      sql === undefined || sqlFile === undefined ? [] : [{ path: sqlFile, text: withFinalNewline(sql), from: [definition] }],
    );
}

/** What messages in Avro are of. */
function schemas(ir: Ir): readonly EmittedText[] {
  return schemasOf(ir).map(([source, { file, schema }]) => ({
    path: file,
    text: `${JSON.stringify(schema, null, 2)}\n`,
    from: [`sources.${source}`],
  }));
}

function withFinalNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function programs(ir: Ir, print: Print): readonly EmittedText[] {
  return programsOf(ir).map((program) => {
    const { template, context } = printed(ir, program);
    return { path: program.file, text: print.template(`spark/${template}`, context), from: [program.definition] };
  });
}
