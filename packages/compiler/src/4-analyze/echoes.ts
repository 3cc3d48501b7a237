/** One mistake is said once: findings that say the same of the same thing become one, and those that only follow from another are left out. */
import type { ProjectSpec } from "../spec.js";
import type { Finding, Where } from "./analysis.js";
import { atKey } from "./finding.js";

export function withoutEchoes(findings: readonly Finding[], spec: ProjectSpec): readonly Finding[] {
  const unsure = datasetsInDoubt(findings, spec);
  const columns = columnsInDoubt(findings);
  const untimed = findings.some(isUntimed);
  const missing = new Set(findings.flatMap((one) => (one.code === "unknown-column" ? columnsOf(one) : [])));
  const untold = new Set(findings.flatMap((one) => (isOfSource(one) ? [one.args["name"]] : [])));
  const endless = new Set(findings.flatMap((one) => (one.code === "stream-lateness" ? [one.args["source"]] : [])));
  const direct = findings.filter(
    (one) =>
      !(untimed && KNOWLEDGE.has(one.code)) &&
      !(one.code === "lateness-needed" && endless.has(one.args["source"])) &&
      !(one.code === "sql-unresolved-column" && untold.has(one.args["name"])) &&
      !isAbout(one, unsure) &&
      // What a wrong query looks at is not known.
      !((one.code === "looks-ahead" || one.code === "history-lost") && definedAt(one.at, spec).some((name) => unsure.has(name))) &&
      !columnsOf(one).some((column) => columns.has(column) || (one.code === "entity-key" && missing.has(column))),
  );
  return together(direct.map(atTransform));
}

/** Whether a source itself lacks a column: SQL that reads it lacks the same. */
function isOfSource({ code, at }: Finding): boolean {
  return code === "unknown-column" && at.in === "spec" && at.path[0] === "sources";
}

/** What is said of when rows become known rests on `ingested_at` of all datasets on the way. */
const KNOWLEDGE: ReadonlySet<string> = new Set(["known-later", "known-time-lost", "label-unsettled", "lateness-needed", "time-needed"]);

/** What transforms take over from the sources that they read. */
const TIME_KEYS: ReadonlySet<string> = new Set(["key", "event_time", "ingested_at"]);

/** Whether the column in one of these is wrong, or columns of a transform are, among which it may be. */
function isUntimed({ code, at }: Finding): boolean {
  if (code === "column-not-selected" || code === "column-not-declared" || code === "lateness-alone") return true;
  return (code === "unknown-column" || code === "not-a-time") && at.in === "spec" && TIME_KEYS.has(String(at.path[2]));
}

/** Of findings with one of these codes, those that agree in these arguments are one. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  "unknown-column": ["where", "name"],
  "time-needed": ["name"],
  "columns-needed": ["name"],
  "path-on-machine": ["environment"],
};

function together(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const one of findings) {
    const same = SAME[one.code];
    const key = JSON.stringify(same === undefined ? one : [one.code, ...same.map((name) => one.args[name])]);
    const known = first.get(key);
    if (known === undefined) first.set(key, one);
    else if (JSON.stringify(known.at) !== JSON.stringify(one.at)) first.set(key, { ...known, also: [...(known.also ?? []), one.at] });
  }
  return [...first.values()];
}

/** What readers need of a transform is missing in the transform. */
function atTransform(one: Finding): Finding {
  const name = String(one.args["name"]);
  if (one.code !== "time-needed" && one.code !== "columns-needed") return one;
  const related = [{ message: "it is read here", at: one.at }];
  return { ...one, at: atKey("transforms", name), related };
}

/** Codes that leave open which columns a dataset has. */
const COLUMNS: ReadonlySet<string> = new Set([
  "unknown-column",
  "unknown-table",
  "column-not-selected",
  "column-not-declared",
  "unnamed-column",
  "duplicate-column",
]);

/** Datasets of whose columns something wrong is said where they are defined. */
function datasetsInDoubt(findings: readonly Finding[], spec: ProjectSpec): ReadonlySet<string> {
  return new Set(
    findings.flatMap(({ code, at }) =>
      COLUMNS.has(code) || (code.startsWith("sql-") && code !== "sql-not-modelled") ? definedAt(at, spec) : [],
    ),
  );
}

/** Names that are there, but for a mistake which is told: as `dataset.column`, `group.output`, `model.metric`. */
function columnsInDoubt(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(
    findings.flatMap(({ code, args, at, replacement }) => {
      if (code === "column-not-declared") return [`${String(args["transform"])}.${String(args["name"])}`];
      if (at.in !== "spec" || !DECLARING.has(code)) return [];
      // What is declared under a slip of a name is what its readers look for.
      const meant = code === "column-not-selected" ? replacement : args["nearest"];
      const [section, name, key] = at.path;
      const declares = code === "unknown-column" ? section === "features" && (key === "columns" || key === "request") : true;
      return declares && meant !== undefined ? [`${String(name)}.${String(meant)}`] : [];
    }),
  );
}

const DECLARING: ReadonlySet<string> = new Set(["column-not-selected", "unknown-column", "unknown-metric"]);

/** Names that a finding misses. */
function columnsOf({ code, args, at }: Finding): readonly string[] {
  if (code === "unknown-column") {
    const where = args["where"] === "`metrics`" && at.in === "spec" ? at.path[1] : args["where"];
    return [`${String(where)}.${String(args["name"])}`];
  }
  const { datasets } = args;
  return code === "entity-key" && Array.isArray(datasets) && datasets.length === 1
    ? [`${String(datasets[0])}.${String(args["name"])}`]
    : [];
}

/** The dataset that a place belongs to. Checks say nothing of columns. */
/** Transforms whose SQL is that file. */
export function transformsIn(file: string, { transforms = {} }: ProjectSpec): readonly string[] {
  return Object.keys(transforms).filter((name) => transforms[name]?.sql_file === file);
}

function definedAt(at: Where, spec: ProjectSpec): readonly string[] {
  if (at.in === "file") return transformsIn(at.file, spec);
  const [section, name, key] = at.path;
  return (section === "sources" || section === "transforms") && key !== "checks" ? [String(name)] : [];
}

function isAbout({ code, args, at }: Finding, unsure: ReadonlySet<string>): boolean {
  const name = code === "unknown-column" ? args["where"] : code === "time-needed" || code === "columns-needed" ? args["name"] : undefined;
  if (typeof name !== "string" || !unsure.has(name)) return false;
  return at.in === "spec" && at.path[1] !== name;
}
