/**
 * What is computed, as a graph: the rows of each table, each column, output and model, with what it says itself and what it is made of. Names
 * of definitions, comments, formatting and prose are not in it. From it come the hashes in emitted files, and what `plan` says a change reaches.
 */
import type { Analysis, CheckFacts, DatasetFacts, GroupFacts, ModelFacts, SourceFacts, TransformFacts } from "../4-analyze/analysis.js";
import type { Expr } from "../4-analyze/expr/ast.js";
import type { MessageSchema } from "../avro/schema.js";
import type { Field } from "../data-type.js";
import { canonical, sha256 } from "../hash.js";
import type { AggregatePlan, CodeFile, Json } from "../ir.js";
import type { KafkaSpec, SourceSpec } from "../spec.js";
import type { SqlPart } from "../sql/meaning.js";
import { delayOf } from "../4-analyze/delay.js";
import { known } from "./context.js";
import { expression } from "./expression-meaning.js";
import { nameOf } from "../4-analyze/id.js";

/** `sources.t`, `transforms.t`: which rows a table has. `features.g`: what is stored of a group. `models.m`: how a model is trained. With a name after it: a column or an output. */
export interface MeaningNode {
  readonly id: string;
  readonly definition: string;
  /** What it says itself: what it reads stands there by its place in `reads`. */
  readonly text: string;
  readonly reads: readonly string[];
}

export type MeaningGraph = ReadonlyMap<string, MeaningNode>;

/** Which secret is the key of masks says which key it is: the value may be another one at any time, which nobody sees. */
const MASKING_KEY = "masking.key";

const graphs = new WeakMap<Analysis, MeaningGraph>();

/** `code` is the project's own: what functions of it compute. */
export function meaningGraph(analysis: Analysis, code: readonly CodeFile[]): MeaningGraph {
  const found = graphs.get(analysis);
  if (found !== undefined) return found;
  const { spec, entities, datasets, groups, models } = analysis;
  const nodes = [
    ...(spec.masking === undefined ? [] : [nodeOf(MASKING_KEY, "project", spec.masking.key, [])]),
    ...Object.values(entities).map(({ id, key }) => nodeOf(id, id, key, [])),
    ...code.map((file) => nodeOf(codeNode(file.path), "code", [file.path, codeText(file)], [])),
    ...Object.values(datasets).flatMap((facts) =>
      facts.kind === "source" ? source(facts, spec.sources?.[facts.name], analysis.schemas[facts.name]) : transform(analysis, facts, code),
    ),
    ...Object.values(groups).flatMap((group) => groupNodes(analysis, group)),
    ...Object.values(models).map((model) => modelNode(analysis, model)),
  ];
  const graph = new Map(nodes.map((node) => [node.id, node]));
  graphs.set(analysis, graph);
  return graph;
}

const hashes = new WeakMap<MeaningGraph, Map<string, string>>();

/** Hash of a node and of all that it is made of. */
export function meaningHash(graph: MeaningGraph, id: string): string {
  const done = hashes.get(graph) ?? new Map<string, string>();
  hashes.set(graph, done);
  // Chains are as long as the user makes them, so this does not recurse.
  const open = [id];
  for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
    const { text, reads } = nodeIn(graph, at);
    const missing = reads.filter((read) => !done.has(read));
    if (missing.length > 0) open.push(...missing);
    else {
      open.pop();
      done.set(at, sha256(canonical([text, reads.map((read) => done.get(read))])));
    }
  }
  return done.get(id) ?? "";
}

function nodeIn(graph: MeaningGraph, id: string): MeaningNode {
  const node = graph.get(id);
  if (node === undefined) throw new Error(`nothing has the meaning ${id}`);
  return node;
}

/** Numbers what an expression or a definition reads. */
class Reads {
  readonly list: string[] = [];

  add(id: string): number {
    const found = this.list.indexOf(id);
    return found >= 0 ? found : this.list.push(id) - 1;
  }

  all(ids: readonly string[]): readonly number[] {
    return ids.map((id) => this.add(id));
  }
}

function nodeOf(id: string, definition: string, says: unknown, reads: Reads | readonly string[]): MeaningNode {
  return { id, definition, text: canonical(says), reads: reads instanceof Reads ? reads.list : reads };
}

/** The node that stands for a column; that of all rows where columns are not known one by one. */
function columnNode({ datasets }: Analysis, dataset: string, column: string): string {
  const facts = known(datasets, nameOf(dataset));
  const lower = column.toLowerCase();
  return columnNames(facts)?.some((name) => name.toLowerCase() === lower) === true ? `${dataset}.${lower}` : dataset;
}

function columnNames(facts: DatasetFacts): readonly string[] | undefined {
  return facts.kind === "transform" && facts.open !== undefined ? undefined : facts.columns.map(({ name }) => name);
}

function source(
  { id, columns, dropped = [], time, checks }: SourceFacts,
  spec: SourceSpec | undefined,
  schema: MessageSchema | undefined,
): readonly MeaningNode[] {
  const reads = new Reads();
  const all = [...columns, ...dropped];
  const column = (name: string): number => reads.add(`${id}.${name.toLowerCase()}`);
  const says = {
    input:
      spec?.kafka === undefined
        ? [spec?.files, spec?.table]
        : [spec.kafka.topic, spec.kafka.format, ...(schema === undefined ? [] : [schema])],
    key: time.key.map(column),
    eventTime: column(time.eventTime),
    ingestedAt: time.ingestedAt === undefined ? undefined : column(time.ingestedAt),
    lateness: time.lateness,
    // Other checks stop a run or count: they choose no rows.
    checks: checks.filter(({ onFail }) => onFail === "quarantine").map((check) => checkText(check, column)),
    // A row without their values is malformed.
    required: all
      .flatMap(({ name, nullable }) => (nullable ? [] : [name]))
      .toSorted()
      .map(column),
    ...(spec?.kafka === undefined ? {} : { read: readOf(spec.kafka, columns).map(column) }),
  };
  const rows = nodeOf(id, id, says, reads);
  return [rows, ...all.map(({ name, type, nullable }) => nodeOf(`${id}.${name.toLowerCase()}`, id, { name, type, nullable }, []))];
}

/** Columns that decide which messages are malformed: old ones, too, for the history has all of their bytes. */
function readOf({ format }: KafkaSpec, columns: readonly Field[]): readonly string[] {
  switch (format) {
    case "csv":
      // A record has so many values, in this order.
      return columns.map(({ name }) => name);
    case "json":
      // Any value is a text.
      return columns.flatMap(({ name, type }) => (type.kind === "string" ? [] : [name])).toSorted();
    case "avro":
    case "avro_confluent":
      // Their schema decides.
      return [];
  }
}

function checkText(check: CheckFacts, column: (name: string) => number): unknown {
  switch (check.kind) {
    case "expect":
      return expression(check.expr, (ref) => (ref.scope === "dataset" ? column(ref.name) : ref.scope));
    case "values":
      return check.values.map((each) => [column(each.column), each.allowed]);
    case "not_null":
    case "unique":
      return [check.kind, check.columns.map(column)];
    case "freshness":
      return check.maxAge;
  }
}

/** Equal where code does the same. */
export function codeText({ sha256: bytes, meaning }: CodeFile): string {
  return meaning ?? bytes;
}

function codeNode(path: string): string {
  return `code.${path}`;
}

/** A list of packages says what is installed, not what is computed. */
const NO_DATA = "requirements.txt";

/** What a function is made of: its file, what that imports, and files of the project that are not Python, for it may read them. */
export function filesOfFunction(file: string, code: readonly CodeFile[]): readonly CodeFile[] {
  const files = new Set([file]);
  for (const path of files) for (const other of code.find((each) => each.path === path)?.imports ?? []) files.add(other);
  return code.filter(({ path }) => files.has(path) || !(path.endsWith(".py") || path === NO_DATA));
}

function codeOf(file: string, code: readonly CodeFile[]): readonly string[] {
  return filesOfFunction(file, code).map(({ path }) => codeNode(path));
}

function transform(analysis: Analysis, facts: TransformFacts, code: readonly CodeFile[]): readonly MeaningNode[] {
  const { id, reads, meaning, function: callable } = facts;
  const inputs = reads.map((read) => ({ read, columns: columnNames(known(analysis.datasets, nameOf(read))) }));
  const all = inputs.flatMap(({ read, columns = [] }) => columns.map((name) => `${read}.${name.toLowerCase()}`));
  if (meaning === undefined)
    return sameForAll(facts, nodeOf(id, id, callable, [...reads, ...all, ...(callable === undefined ? [] : codeOf(callable.file, code))]));
  const isWhole = inputs.some(({ columns }) => columns === undefined);
  const keyOf = (keyed: true | undefined): readonly string[] =>
    keyed === undefined || analysis.spec.masking === undefined ? [] : [MASKING_KEY];
  const named = (names: readonly string[]): readonly string[] => names.flatMap((name) => inputs.map(({ read }) => `${read}.${name}`));
  const of = (node: string, { text, names, keyed }: SqlPart, wanted: ReadonlySet<string>): MeaningNode => {
    // By first use, so that a column that is called otherwise is where it was.
    const first = named(names).filter((one) => wanted.has(one));
    return nodeOf(node, id, text, [...reads, ...new Set([...first, ...all.filter((one) => wanted.has(one))]), ...keyOf(keyed)]);
  };
  const { each, rows: chosen } = lineageIn(facts);
  const everything = new Set([...each.values()].flatMap((column) => [...column]));
  const { compared } = meaning;
  const more = compared.all ? all : named(compared.names);
  const columns = meaning.columns && new Map(meaning.columns);
  if (columns === undefined || isWhole)
    return sameForAll(facts, of(id, meaning.rows, new Set(meaning.star || isWhole ? all : [...everything, ...more])));
  return [
    of(id, meaning.rows, new Set([...chosen, ...more])),
    ...(columnNames(facts) ?? []).map((name): MeaningNode => {
      const lower = name.toLowerCase();
      const item = columns.get(lower) ?? (meaning.star ? { text: "*", names: [lower] } : { text: "", names: [] });
      const node = of(`${id}.${lower}`, item, each.get(lower) ?? new Set());
      return { ...node, text: canonical([node.text, typeOf(facts, name)]), reads: [id, ...node.reads] };
    }),
  ];
}

/** Columns that a query's columns are made of, or are decided by; and those that decide over all, which choose its rows. */
function lineageIn({ columns }: TransformFacts): {
  readonly each: ReadonlyMap<string, ReadonlySet<string>>;
  readonly rows: readonly string[];
} {
  const ids = (list: readonly { readonly column: string }[]): readonly string[] => list.map(({ column }) => column.toLowerCase());
  const deciding = columns.map(({ indirect }) => new Set(ids(indirect)));
  return {
    each: new Map(columns.map(({ name, from, indirect }) => [name.toLowerCase(), new Set(ids([...from, ...indirect]))])),
    rows: [...(deciding[0] ?? [])].filter((column) => deciding.every((set) => set.has(column))),
  };
}

/** Where columns do not stand for themselves, each is as the whole. */
function sameForAll(facts: TransformFacts, rows: MeaningNode): readonly MeaningNode[] {
  const names = columnNames(facts) ?? [];
  return [rows, ...names.map((name, i) => nodeOf(`${rows.id}.${name.toLowerCase()}`, rows.id, [i, typeOf(facts, name)], [rows.id]))];
}

function typeOf({ columns }: TransformFacts, name: string): unknown {
  const field = columns?.find((column) => column.name === name);
  return field && [field.type, field.nullable];
}

function groupNodes(analysis: Analysis, group: GroupFacts): readonly MeaningNode[] {
  const { id } = group;
  const derived = group.derived.map(({ name, expr }) => {
    const reads = new Reads();
    const says = expression(expr, (ref) => (ref.scope === "output" ? reads.add(`features.${ref.group}.${ref.name}`) : ref.scope));
    return nodeOf(`${id}.${name}`, id, says, reads);
  });
  if (group.kind === "request") {
    // Their values come with the observations, which a model reads.
    const columns = group.columns.map(({ name }) => nodeOf(`${id}.${name}`, id, "request", []));
    return [
      nodeOf(
        id,
        id,
        "request",
        columns.map((column) => column.id),
      ),
      ...columns,
      ...derived,
    ];
  }
  const { time, entity, from } = group;
  const column = (name: string): string => columnNode(analysis, from, name);
  const times = [...time.key, time.eventTime, ...(time.ingestedAt === undefined ? [] : [time.ingestedAt])];
  const base = (): Reads => {
    const reads = new Reads();
    reads.all([`entities.${entity}`, from, ...group.key.map(column), ...times.map(column)]);
    return reads;
  };
  const delay = delayOf(analysis, group);
  const says = { versions: time.key.length, known: time.ingestedAt !== undefined, ...(delay > 0 && { delay }) };
  const stored = base();
  if (group.kind === "latest") {
    const { deletedWhen } = group;
    const gone = (into: Reads): object =>
      deletedWhen === undefined
        ? {}
        : { gone: expression(deletedWhen, (ref) => (ref.scope === "dataset" ? into.add(column(ref.name)) : ref.scope)) };
    const values = group.columns.map(({ name }) => [name, stored.add(column(name))]);
    const outputs = group.columns.map(({ name }) => {
      const own = base();
      own.add(column(name));
      return nodeOf(`${id}.${name}`, id, { ...says, ...gone(own) }, own);
    });
    return [nodeOf(id, id, { ...says, values, ...gone(stored) }, stored), ...outputs, ...derived];
  }
  const value = (plan: AggregatePlan, into: Reads): unknown => {
    const text = (expr: Expr | undefined): unknown =>
      expr && expression(expr, (ref) => (ref.scope === "dataset" ? into.add(column(ref.name)) : ref.scope));
    // What most do not have is left out, so that the definitions of others stay what they were.
    const more = plan.by === undefined ? plan.fraction : text(plan.by);
    return [plan.function, text(plan.argument), text(plan.where), ...(more === undefined ? [] : [more])];
  };
  const outputs = group.aggregates.flatMap((plan) =>
    plan.windows.map(({ output, length, tile }) => {
      const own = base();
      return nodeOf(`${id}.${output}`, id, { ...says, value: value(plan, own), length, tile }, own);
    }),
  );
  const partials = group.aggregates.map((plan) => [plan.name, value(plan, stored), plan.windows]);
  return [nodeOf(id, id, { ...says, partials }, stored), ...outputs, ...derived];
}

/** What a trained model depends on, except the project's code. Metrics and gates judge it. */
function modelNode(analysis: Analysis, model: ModelFacts): MeaningNode {
  const { task, params } = known(analysis.spec.models ?? {}, model.name);
  const reads = new Reads();
  const column = (name: string): number => reads.add(columnNode(analysis, model.observations, name));
  const keys = model.entities.flatMap((entity) => known(analysis.entities, entity).key);
  const says = {
    task,
    params: jsonOf(params ?? {}),
    observations: reads.add(model.observations),
    time: [...model.time.key, model.time.eventTime, model.time.ingestedAt ?? model.time.eventTime].map(column),
    entities: [reads.all(model.entities.map((entity) => `entities.${entity}`)), keys.map(column)],
    request: model.request.map(({ name }) => [name, column(name)]),
    label: [column(model.label.column), model.label.knownAfter],
    inputs: model.inputs.map((input) => [input.name, reads.add(`features.${input.group}.${input.column}`)]),
    trainer: model.trainer,
    split: model.split,
  };
  return nodeOf(model.id, model.id, says, reads);
}

/** User data of the spec as plain JSON data. */
export function jsonOf(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonOf(member)]));
  throw new Error(`not data: ${typeof value}`);
}
