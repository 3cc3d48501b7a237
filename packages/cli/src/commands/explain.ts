/** `mlspec explain`: the page of a code; for a path its value and where it was set, for a feature group its plan. */
import {
  nearest,
  printDuration,
  printYaml,
  type AnalyzedEnvironment,
  type Explained,
  type FeaturePlan,
  type Json,
  type WindowedPlan,
} from "@mlspec/compiler";
import { meant, projectFlags, UsageError } from "../args.js";
import { environmentFlag, type Command, type Context } from "../command.js";
import { build, type Built } from "../project.js";
import { columnsOf, describeColumn, describeColumns, explainedColumns, type Columns, type ExplainedColumn } from "../columns.js";
import { explained, knownCodes } from "../page.js";
import { forMachines, report } from "../report.js";

export const explain: Command = {
  name: "explain",
  summary: "Explains a diagnostic's code, or a path: its value, its columns, where they come from.",
  operands: "CODE|PATH",
  positionals: 1,
  flags: [environmentFlag, ...projectFlags],
  examples: [
    "mlspec explain unknown-key",
    "mlspec explain features.card_velocity",
    "mlspec explain features.card_velocity.spend_1h",
    "mlspec explain transforms.payments --format json",
    "mlspec explain deployments.fraud_api.scale.min -e production",
  ],
  run: async (context) => {
    const asked = context.args.positionals[0];
    if (asked === undefined) throw new UsageError("say what is to be explained: a code or a path");
    const page = explained(asked);
    if (page !== undefined) return tellCode(context, asked, page);
    if (/^([a-z][a-z0-9]*\/)?[a-z0-9]+(-[a-z0-9]+)+$/.test(asked))
      throw new UsageError(`there is no code \`${asked}\`.${meant(nearest(asked, knownCodes()))}`);
    // Keys of projects have underscores, codes have dashes: what is a code but for these is one.
    const dashed = asked.replaceAll("_", "-");
    if (explained(dashed) !== undefined) throw new UsageError(`there is no code \`${asked}\`.${meant(dashed)}`);
    const built = await build(context);
    return explainPath(context, built, asked);
  },
};

/** The page of a code, or its parts as data. */
async function tellCode({ args, terminal }: Context, code: string, page: Explained): Promise<number> {
  if (args.value("format") === "json") terminal.out(`${JSON.stringify({ code, ...page }, null, 2)}\n`);
  else {
    const { renderMarkdown } = await import("../markdown.js");
    terminal.out(renderMarkdown(page.markdown, terminal));
  }
  return 0;
}

function explainPath(context: Context, { folder, project, compiled }: Built, asked: string): number {
  const environments = project.environments.filter(({ name }) => name === (context.args.value("env") ?? name));
  const path = asked.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const columns = environments.flatMap(({ name, analysis }) => {
    const all = analysis && columnsOf(analysis);
    const found = all && explainedColumns(all, asked);
    return all === undefined || found === undefined ? [] : [{ name, all, found }];
  });
  const values = environments.flatMap(({ name, resolved }) => {
    const value = lookUp(resolved.value, path);
    return value === undefined ? [] : [{ name, value, set: places((at) => resolved.origin(at), path, value) }];
  });
  if (values.length === 0 && columns.length === 0) {
    // It may be missing for a mistake; what else could be better has nothing to do with it.
    const errors = compiled.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0 && report(context, errors, { folder, texts: project.texts })) return 1;
    const [first] = environments;
    const ids = first?.analysis === undefined ? [] : [...columnsOf(first.analysis).lineage.keys()];
    const near = nearest(asked, [...paths(first?.resolved.value), ...ids]);
    throw new UsageError(`nothing is set at \`${asked}\`.${meant(near)}`);
  }
  const rows = path[0] === "transforms" && path.length === 2 ? rowsOf(environments, String(path[1])) : undefined;
  if (forMachines(context)) {
    const said = values.map(({ name, value, set }) => ({ environment: name, value, set: set.map(({ file, at, overrides }) => ({ file, path: at, overrides })) })); // prettier-ignore
    context.terminal.out(
      `${JSON.stringify({ path: asked, values: said, ...(rows && { rows }), ...(columns[0] && { columns: columns[0].found }) }, null, 2)}\n`,
    );
    return 0;
  }
  // Most values are the same everywhere: they are said once.
  for (const [answer, names] of together(
    values.map(({ name, value, set }) => [name, `${printed(value)}\n${set.map(spokenPlace).join("\n")}\n`]),
  ))
    context.terminal.out(`${asked} in ${names.join(", ")}\n${answer}`);
  const plan = path[0] === "features" && path.length === 2 ? compiled.environments[0]?.ir.featurePlans[String(path[1])] : undefined;
  if (plan !== undefined) context.terminal.out(`\n${describePlan(plan)}`);
  if (rows !== undefined) context.terminal.out(`\n${describeRows(rows)}`);
  const [first] = columns;
  if (first !== undefined) context.terminal.out(`${values.length > 0 ? "\n" : ""}${described(first.all, asked, first.found)}`);
  return 0;
}

function described(all: Columns, asked: string, found: readonly ExplainedColumn[]): string {
  const [only] = found;
  return asked.split(".").length > 2 && only !== undefined ? describeColumn(all, asked, only) : describeColumns(found);
}

function together(answers: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const said = new Map<string, string[]>();
  for (const [name, answer] of answers) said.set(answer, [...(said.get(answer) ?? []), name]);
  return said;
}

type DataPath = readonly (string | number)[];
type Origin = AnalyzedEnvironment["resolved"]["origin"];

interface SetAt {
  readonly file: string;
  readonly at: string;
  readonly overrides: boolean;
  /** Which part of the value, where it is not the whole. */
  readonly part: string;
}

/** Where a value was set, and which of its parts an environment sets anew. */
function places(origin: Origin, path: DataPath, value: unknown): readonly SetAt[] {
  const place = (at: DataPath, part: string): SetAt => {
    const { file, path: from, by } = origin(at);
    return { file, at: from.join("."), overrides: by === "overrides", part };
  };
  const whole = place(path, "");
  if (whole.overrides) return [whole];
  const anew = leaves(value).filter((part) => part.length > 0 && origin([...path, ...part]).by === "overrides");
  return [whole, ...anew.map((part) => place([...path, ...part], part.join(".")))];
}

function spokenPlace({ file, at, overrides, part }: SetAt): string {
  return `  ${part === "" ? "" : `${part} is `}set in ${file} at ${at}${overrides ? ", which overrides the project's own" : ""}`;
}

function leaves(value: unknown): readonly DataPath[] {
  if (typeof value !== "object" || value === null) return [[]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner).map((path) => [key, ...path]));
}

/** A value as it would stand in the specification. */
function printed(value: unknown): string {
  if (typeof value !== "object" || value === null) return `  value: ${JSON.stringify(value)}`;
  const lines = printYaml(value as Json)
    .trimEnd()
    .split("\n");
  return ["  value:", ...lines.map((line) => `    ${line}`)].join("\n");
}

function lookUp(value: unknown, path: DataPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function paths(value: unknown, above = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [`${above}${key}`, ...paths(inner, `${above}${key}.`)]);
}

/** What of its inputs a transform's rows are made from, and what a run computes because of that. */
interface Rows {
  readonly class: "row_wise" | "bounded" | "whole";
  /** How far before a row those lie that it is made from. */
  readonly look_back?: string;
  /** Why it is computed as a whole. */
  readonly why?: string;
  /** `view`: each reader; `whole`: each run makes all rows; `interval`: a run makes those that its interval can have changed. */
  readonly runs: "view" | "whole" | "interval";
}

function rowsOf(environments: readonly AnalyzedEnvironment[], name: string): Rows | undefined {
  const facts = environments.flatMap(({ analysis }) => {
    const found = analysis !== undefined && Object.hasOwn(analysis.datasets, name) ? analysis.datasets[name] : undefined;
    return found?.kind === "transform" ? [found] : [];
  });
  const [first] = facts;
  if (first === undefined) return undefined;
  const { rows, materialised, incremental } = first;
  const runs = !materialised ? "view" : incremental === undefined ? "whole" : "interval";
  if (rows.kind === "whole") return { class: "whole", why: rows.why, runs };
  return rows.lookBack === 0 ? { class: "row_wise", runs } : { class: "bounded", look_back: printDuration(rows.lookBack), runs };
}

const CLASS: Readonly<Record<Rows["class"], (rows: Rows) => string>> = {
  row_wise: () => "row-wise: each is made from rows of its own event time, down to the sources",
  bounded: (rows) => `bounded: each is made from rows up to ${rows.look_back ?? ""} before it, down to the sources`,
  whole: ({ why = "" }) => `whole: which of them an interval changes cannot be told: ${why}`,
};
const RUNS: Readonly<Record<Rows["runs"], string>> = {
  view: "nothing is stored: whoever reads it computes it",
  whole: "each run computes the whole table",
  interval: "a run computes what its interval can have changed",
};

function describeRows(rows: Rows): string {
  return `  rows: ${CLASS[rows.class](rows)}\n        ${RUNS[rows.runs]}\n`;
}

/** A feature group's plan: what its values at t really look at. */
export function describePlan(plan: FeaturePlan): string {
  const outputs = plan.derived.map(({ name }) => `  ${name}: computed from the others`);
  switch (plan.kind) {
    case "windowed":
      return [...windowed(plan), ...outputs, ""].join("\n");
    case "latest":
      return [
        `${plan.name} has, at a moment t, the latest row of ${plan.from} by ${plan.time.eventTime} that is known before t, by ${plan.key.join(", ")}.`,
        ...plan.columns.map(({ name }) => `  ${name}`),
        ...outputs,
        "",
      ].join("\n");
    case "request":
      return [
        `${plan.name} comes with the request; in training, from the observations.`,
        ...plan.columns.map(({ name }) => `  ${name}`),
        ...outputs,
        "",
      ].join("\n");
  }
}

function windowed(plan: WindowedPlan): readonly string[] {
  const known = plan.time.ingestedAt ?? plan.time.eventTime;
  const delay = plan.delay > 0 ? ` + ${printDuration(plan.delay)}` : "";
  return [
    `${plan.name} counts, at a moment t, the events of ${plan.from} with ${known}${delay} < t, by ${plan.key.join(", ")}. Tiles: ${plan.tiles.map(printDuration).join(", ")}.`,
    ...plan.aggregates.flatMap((aggregate) =>
      aggregate.windows.map(({ output, length, tile }) => {
        if (length === "all") return `  ${output}: ${aggregate.function} over the whole past, in tiles of ${printDuration(tile)}`;
        return `  ${output}: ${aggregate.function} over ${printDuration(length)}; the window begins on a tile edge, ${printDuration(tile)} apart, so it spans ${printDuration(length)} to just under ${printDuration(length + tile)}`;
      }),
    ),
  ];
}
