/** What a test expects: of what the name is, what can be asked of it, and what is compared. */
import type { Field } from "../data-type.js";
import { nearest } from "../diagnostics/nearest.js";
import { isRecord } from "../2-validate/index.js";
import type { Finding, GroupFacts, SourceFacts, SpecPath } from "./analysis.js";
import { knowledgeOf, typedColumns } from "./dataset.js";
import { encodeInstant } from "./fixture.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import { plansOf } from "./model.js";
import type { Expected, ExpectedRow, ExpectedRows } from "./test-facts.js";
import { plainColumn, readRow, unfit, untypedColumns, type ReadRow, type TestedProject } from "./test-row.js";

export interface ExpectInput {
  readonly facts: TestedProject;
  /** Names of datasets that the test gives. */
  readonly given: readonly string[];
  readonly path: SpecPath;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

export function expectedOf(title: string, rows: Rows, input: ExpectInput): Found<Expected> {
  const named = nameOf(title, input);
  if ("code" in named) return { findings: [named] };
  const about = aboutOf(named, input);
  if (about === undefined) return { findings: [] };
  if ("code" in about) return { findings: [about] };
  const read = rows.map((row, i) => expectedRow(row, about, [...input.path, i]));
  const written = about.compared.filter(({ name }) => read.some(({ facts }) => facts !== undefined && name in facts.values));
  const compared = written.map(plainColumn);
  const facts = {
    title,
    of: about.of,
    asked: about.asked.map(plainColumn),
    compared,
    key: about.key,
    rows: read.flatMap((one) => one.facts ?? []),
  };
  return { facts, findings: read.flatMap(({ findings }) => findings) };
}

export const SECTIONS = ["sources", "transforms", "features", "models", "deployments"] as const;
type Section = (typeof SECTIONS)[number] | "quarantine";
interface Named {
  readonly section: Section;
  readonly name: string;
}

/** The definition that is meant: by its name, or with its section where several have the name. */
function nameOf(title: string, { facts: { spec }, path }: ExpectInput): Named | Finding {
  const all = SECTIONS.flatMap((section) => Object.keys(spec[section] ?? {}).map((name): Named => ({ section, name })));
  const quarantines = Object.keys(spec.sources ?? {}).map((name): Named => ({ section: "quarantine", name }));
  const found = title.includes(".")
    ? [...all, ...quarantines].filter(({ section, name }) => `${section}.${name}` === title)
    : all.filter(({ name }) => name === title);
  const [first, ...more] = found;
  if (first !== undefined && more.length === 0) return first;
  if (first !== undefined)
    return finding("test-ambiguous", atKey(...path), {
      name: title,
      choices: found.map(({ section, name }) => `${section}.${name}`),
    });
  const known = (title.includes(".") ? [...all, ...quarantines] : all).map(({ section, name }) =>
    title.includes(".") ? `${section}.${name}` : name,
  );
  const near = nearest(title, known);
  const args = { kind: "source, transform, feature, model or deployment", name: title, nearest: near, known };
  return finding("unknown-reference", atKey(...path), args, near === undefined ? {} : { replacement: near });
}

/** What rows of an expectation may say. */
interface About {
  readonly of: ExpectedRows["of"];
  /** What a message calls it. */
  readonly where: string;
  /** What has to be written: a question without it cannot be asked. */
  readonly asked: readonly Field[];
  readonly compared: readonly Field[];
  readonly key: readonly string[];
  /** `at` is the moment asked about. */
  readonly moment: "none" | "optional" | "required";
  readonly alias: ReadonlyMap<string, string>;
  readonly untyped: ReadonlyMap<string, string>;
  /** By column: the only texts that are taken. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** Undefined where its definition has mistakes, which are reported. */
function aboutOf({ section, name }: Named, input: ExpectInput): About | Finding | undefined {
  switch (section) {
    case "sources":
    case "transforms":
      return aboutRows(name, input);
    case "quarantine":
      return aboutQuarantine(name, input);
    case "features":
      return aboutFeatures(name, input);
    case "models":
      return aboutTraining(name, input);
    case "deployments":
      return aboutRequest(name, input);
  }
}

const PLAIN = { asked: [], alias: new Map<string, string>(), untyped: new Map<string, string>() };

function aboutRows(name: string, { facts: { datasets }, given, path }: ExpectInput): About | Finding | undefined {
  const dataset = datasets[name];
  if (dataset === undefined || knowledgeOf(dataset) === "wrong") return undefined;
  if (dataset.kind === "transform" && given.includes(name))
    return finding("test-proves-nothing", atKey(...path), { what: name, reason: "its rows are those that the test gives" });
  const { time } = dataset;
  return {
    ...PLAIN,
    of: { kind: "rows", dataset: dataset.id },
    where: name,
    compared: typedColumns(dataset),
    key: time === undefined ? [] : [...new Set([...time.key, time.eventTime])],
    moment: "none",
    untyped: untypedColumns(dataset),
  };
}

export const VERDICTS = ["malformed", "too_late", "failed_check", "duplicate", "conflict"] as const;

function aboutQuarantine(name: string, { facts: { datasets } }: ExpectInput): About | undefined {
  const source = datasets[name];
  if (source?.kind !== "source") return undefined;
  const text = (column: string): Field => ({ name: column, type: { kind: "string" }, nullable: true });
  const checks = source.checks.filter(({ onFail, kind }) => onFail === "quarantine" && kind !== "unique" && kind !== "freshness");
  return {
    ...PLAIN,
    of: { kind: "quarantine", source: source.id },
    where: `quarantine.${name}`,
    compared: [...quarantined(source), text("verdict"), text("check")],
    key: [...new Set([...source.time.key, source.time.eventTime])],
    moment: "none",
    words: { verdict: VERDICTS, check: checks.map((check) => check.name) },
  };
}

/** What is kept of a row that is not accepted, beside its raw text. */
function quarantined({ columns, time }: SourceFacts): readonly Field[] {
  const kept = [...time.key, time.eventTime, ...(time.ingestedAt === undefined ? [] : [time.ingestedAt])];
  return columns
    .filter(({ name }) => kept.includes(name) && name !== "verdict" && name !== "check")
    .map((column) => ({ ...column, nullable: true }));
}

/** What groups are asked with: keys of their entities, and request columns. */
function askedOf(plans: readonly string[], { groups, datasets }: TestedProject): readonly Field[] {
  const asked = new Map<string, Field>();
  for (const group of plans.flatMap((plan) => groups[plan] ?? [])) {
    const fields = group.kind === "request" ? group.columns : keyFields(group, datasets);
    for (const field of fields)
      if (!asked.has(field.name)) asked.set(field.name, { ...field, nullable: group.kind === "request" && field.nullable });
  }
  return [...asked.values()];
}

function keyFields(group: Exclude<GroupFacts, { readonly kind: "request" }>, datasets: TestedProject["datasets"]): readonly Field[] {
  const from = datasets[group.from.slice(group.from.indexOf(".") + 1)];
  const columns = from === undefined ? [] : typedColumns(from);
  return group.key.flatMap((name) => columns.find((column) => column.name === name) ?? []);
}

/** An entity with one key column goes by its name, too. */
function aliases(plans: readonly string[], { groups, entities }: TestedProject, taken: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    plans.flatMap((plan): (readonly [string, string])[] => {
      const group = groups[plan];
      if (group === undefined || group.kind === "request") return [];
      const [key, ...more] = entities[group.entity]?.key ?? [];
      return key === undefined || more.length > 0 || taken.includes(group.entity) ? [] : [[group.entity, key]];
    }),
  );
}

function aboutFeatures(name: string, { facts }: ExpectInput): About | undefined {
  const group = facts.groups[name];
  if (group === undefined) return undefined;
  const plans = plansOf([name], new Map(Object.entries(facts.groups)));
  const asked = askedOf(plans, facts);
  const compared = group.outputs.filter((output) => !asked.some((field) => field.name === output.name));
  return {
    of: { kind: "features", group: name, plans },
    where: name,
    asked,
    compared,
    key: [],
    moment: "required",
    alias: aliases(
      plans,
      facts,
      [...asked, ...compared].map((field) => field.name),
    ),
    untyped: PLAIN.untyped,
  };
}

function aboutTraining(name: string, { facts }: ExpectInput): About | undefined {
  const model = facts.models[name];
  const observations = model && facts.datasets[model.observations.slice(model.observations.indexOf(".") + 1)];
  if (model === undefined || observations === undefined) return undefined;
  return {
    ...PLAIN,
    of: { kind: "training", model: name },
    where: `a training row of \`${name}\``,
    compared: [...typedColumns(observations), ...model.inputs],
    key: [...new Set([...model.time.key, model.time.eventTime])],
    moment: "optional",
    alias: aliases(
      model.plans,
      facts,
      typedColumns(observations).map((field) => field.name),
    ),
  };
}

function aboutRequest(name: string, { facts, path }: ExpectInput): About | Finding | undefined {
  const deployment = facts.deployments[name];
  const model = deployment && facts.models[deployment.model];
  if (deployment === undefined || model === undefined) return undefined;
  if (deployment.serve !== "online") return finding("test-not-online", atKey(...path), { name });
  const asked = askedOf(model.plans, facts);
  return {
    of: { kind: "request", deployment: name, plans: model.plans },
    where: `a request of \`${name}\``,
    asked,
    compared: model.inputs,
    key: [],
    moment: "required",
    alias: aliases(
      model.plans,
      facts,
      asked.map((field) => field.name),
    ),
    untyped: PLAIN.untyped,
  };
}

function expectedRow(row: Readonly<Record<string, unknown>>, about: About, path: SpecPath): Found<ExpectedRow> {
  const { asked, compared, moment } = about;
  const findings: Finding[] = [];
  const { at: written, ...columns } = isRecord(row) && moment !== "none" ? row : { ...row, at: undefined };
  const rest = moment === "none" ? row : columns;
  const at = written === undefined ? undefined : encodeInstant(written, true);
  if (at?.ok === false) findings.push(unfit([...path, "at"], { value: written, column: "at", type: "timestamp", reason: at.reason }));
  const nullable = compared.map((field) => ({ ...field, nullable: true }));
  const read = readRow(rest, [...asked, ...nullable], { ...about, path });
  findings.push(...read.findings, ...lacking(read, about, { path, hasMoment: written !== undefined }), ...wrongWords(read, about, path));
  const values = Object.fromEntries(Object.entries(read.values).filter(([name]) => !asked.some((field) => field.name === name)));
  const questions = Object.fromEntries(Object.entries(read.values).filter(([name]) => asked.some((field) => field.name === name)));
  if (findings.length === 0 && Object.keys(values).length === 0)
    findings.push(finding("test-proves-nothing", atValue(path), { what: about.where, reason: "the row expects no value" }));
  return { facts: { ...(at?.ok === true ? { at: String(at.value) } : {}), asked: questions, values }, findings };
}

function lacking(
  { written, misspelt }: ReadRow,
  { asked, moment, where }: About,
  { path, hasMoment }: { readonly path: SpecPath; readonly hasMoment: boolean },
): readonly Finding[] {
  if (misspelt) return [];
  const missing = [
    ...asked.filter((field) => !field.nullable && !written.has(field.name)).map((field) => field.name),
    ...(moment === "required" && !hasMoment ? ["at"] : []),
  ];
  if (missing.length === 0) return [];
  const reason = missing.includes("at") ? "values are of somebody, as of a moment (`at`)" : "without it nothing can be asked";
  return [finding("fixture-incomplete", atValue(path), { of: where, missing, reason })];
}

function wrongWords({ values }: ReadRow, { words = {} }: About, path: SpecPath): readonly Finding[] {
  return Object.entries(words).flatMap(([column, known]) => {
    const value = values[column];
    if (typeof value !== "string" || known.includes(value)) return [];
    const near = nearest(value, known);
    const reason =
      known.length === 0
        ? "no check of the source puts rows there"
        : `it is one of ${known.join(", ")}${near === undefined ? "" : `; did you mean ${near}`}`;
    return [unfit([...path, column], { value, column, type: "string", reason })];
  });
}
