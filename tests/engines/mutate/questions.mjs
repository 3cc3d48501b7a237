// What Spark is asked about a project: its tables, its queries, and one small query for each place of the specification that names columns.
import { isSql, placeOf, readProject, sqlOf } from "./project.mjs";

const quoted = (name) => `\`${name.replaceAll("`", "``")}\``;
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const literal = (value) => (typeof value === "string" ? `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'` : String(value));
const typeOf = (column) => (typeof column === "object" ? column.type : column);

/** `{ type, nullable }` as the short form says; decimal without spaces, as Spark writes it. */
function columnsOf(columns) {
  return Object.entries(columns ?? {}).map(([name, column]) => {
    const text = typeOf(column);
    return { name, type: text.replace(/!$/, "").replaceAll(", ", ","), nullable: !text.endsWith("!") };
  });
}

const TIME = ["timestamp"];

/** A use of a table: it fails where Spark refuses the query, or where the column has none of these types. */
function use(definition, section, path, { table, sql, types }) {
  return { id: `${section}.${definition.name}.${path.join(".")}`, at: placeOf(definition, path), table, sql, ...(types ? { types } : {}) };
}

function timeUses(definition, section) {
  const { name, spec } = definition;
  const slot = (path, column, types) =>
    use(definition, section, path, { table: name, sql: `SELECT ${quoted(column)} FROM ${quoted(name)}`, types });
  return [
    ...list(spec.key).map((column, i) => slot(Array.isArray(spec.key) ? ["key", i] : ["key"], column)),
    ...(spec.event_time === undefined ? [] : [slot(["event_time"], spec.event_time, TIME)]),
    ...(spec.ingested_at === undefined ? [] : [slot(["ingested_at"], spec.ingested_at, TIME)]),
  ];
}

function checkUses(source) {
  const table = source.name;
  const ask = (path, sql) => use(source, "sources", path, { table, sql });
  return Object.entries(source.spec.checks ?? {}).flatMap(([name, check]) => [
    ...(check.expect === undefined ? [] : [ask(["checks", name, "expect"], `SELECT 1 FROM ${quoted(table)} WHERE ${check.expect}`)]),
    ...Object.entries(check.values ?? {}).map(([column, values]) =>
      ask(["checks", name, "values", column], `SELECT ${quoted(column)} IN (${values.map(literal).join(", ")}) FROM ${quoted(table)}`),
    ),
    ...(check.not_null ?? []).map((column, i) => ask(["checks", name, "not_null", i], `SELECT ${quoted(column)} FROM ${quoted(table)}`)),
    ...(check.unique ?? []).map((column, i) =>
      ask(["checks", name, "unique", i], `SELECT ${quoted(column)}, count(*) FROM ${quoted(table)} GROUP BY 1`),
    ),
  ]);
}

/** Of our aggregates, Spark has one by another name: as long, so that places stay. */
const inSpark = (value) => value.replace(/\bcount_distinct\(/g, "count(DISTINCT ");

/** The aggregates of a group, in their long form. */
function aggregatesOf({ spec }) {
  return Object.entries(spec.aggregates ?? {}).map(([name, aggregate]) => {
    if (typeof aggregate === "object")
      return { name, path: ["aggregates", name], value: inSpark(aggregate.value), where: aggregate.where, over: list(aggregate.over) };
    const [, value, over] = /^(.*?)\s+over\s+(.*)$/.exec(aggregate);
    return { name, path: ["aggregates", name], value: inSpark(value), over: over.replace(/[[\]\s]/g, "").split(",") };
  });
}

/** The outputs of a group as one row for each entity. */
function groupTable(group, entities) {
  const { spec } = group;
  const key = list(entities[spec.entity]?.spec.key).map(quoted);
  const columns = [
    ...(spec.columns ?? []).map(quoted),
    ...aggregatesOf(group).flatMap(({ name, value, where, over }) =>
      over.map((window) => `${value}${where === undefined ? "" : ` FILTER (WHERE ${where})`} AS ${quoted(`${name}_${window}`)}`),
    ),
  ];
  const by = spec.aggregates === undefined ? "" : ` GROUP BY ${key.join(", ")}`;
  return `SELECT ${columns.join(", ")} FROM ${quoted(spec.from)}${by}`;
}

function groupUses(group, { entities, models }) {
  const { spec, name } = group;
  const observations = Object.values(models).filter(({ spec: model }) => model.features.some((one) => one.split(".")[0] === name));
  return [
    ...(spec.from === undefined ? [] : list(entities[spec.entity]?.spec.key)).map((column) =>
      use(group, "features", ["entity"], { table: spec.from, sql: `SELECT ${quoted(column)} FROM ${quoted(spec.from)}` }),
    ),
    ...aggregatesOf(group).flatMap(({ path, value, where }) => [
      use(group, "features", typeof spec.aggregates[path[1]] === "object" ? [...path, "value"] : path, { table: spec.from, sql: `SELECT ${value} FROM ${quoted(spec.from)}` }), // prettier-ignore
      ...(where === undefined ? [] : [use(group, "features", [...path, "where"], { table: spec.from, sql: `SELECT 1 FROM ${quoted(spec.from)} WHERE ${where}` })]), // prettier-ignore
    ]),
    ...(spec.columns ?? []).map((column, i) =>
      use(group, "features", ["columns", i], { table: spec.from, sql: `SELECT ${quoted(column)} FROM ${quoted(spec.from)}` }),
    ),
    ...observations.flatMap(({ spec: model }) =>
      (spec.request ?? []).map((column, i) =>
        use(group, "features", ["request", i], {
          table: model.observations,
          sql: `SELECT ${quoted(column)} FROM ${quoted(model.observations)}`,
        }),
      ),
    ),
  ];
}

/** Values derived from a group's own outputs, those of others as `group.output`, and `at`. */
function derivedUses(group, { features, entities, models }) {
  const { name, spec } = group;
  const observed = Object.values(models).find(({ spec: model }) => model.features.some((one) => one.split(".")[0] === name));
  if (spec.request !== undefined && observed === undefined) return [];
  const table = spec.request === undefined ? spec.from : observed.spec.observations;
  const own =
    spec.request === undefined ? groupTable(group, entities) : `SELECT ${spec.request.map(quoted).join(", ")} FROM ${quoted(table)}`;
  return Object.entries(spec.derived ?? {}).map(([output, expression]) => {
    const others = Object.values(features).filter((other) => other.name !== name && new RegExp(`\\b${other.name}\\.`).test(expression));
    const structs = others.map((other) => `(SELECT struct(*) AS ${other.name} FROM (${groupTable(other, entities)}))`);
    const from = [`(${own})`, ...structs, "(SELECT TIMESTAMP'2026-01-01' AS at)"].join(" CROSS JOIN ");
    // Where an aggregate of the group is wrong, so is what is asked of all of them.
    const needs = [table, name, ...others.flatMap((other) => [other.name, other.spec.from])];
    return { ...use(group, "features", ["derived", output], { table, sql: `SELECT ${expression} FROM ${from}` }), needs };
  });
}

function modelUses(model, { features, entities }) {
  const { spec } = model;
  const groups = [...new Set(spec.features.map((one) => one.split(".")[0]))].map((name) => features[name]).filter(Boolean);
  const keys = [...new Set(groups.flatMap((group) => list(entities[group.spec.entity]?.spec.key)))];
  const ask = (path, column, types) =>
    use(model, "models", path, { table: spec.observations, sql: `SELECT ${quoted(column)} FROM ${quoted(spec.observations)}`, types });
  return [ask(["label", "column"], spec.label.column), ...keys.map((column) => ask(["observations"], column))];
}

export function questionsOf(files) {
  const project = readProject(files);
  const { sources, transforms, features, models } = project;
  const each = (section, ask) => Object.values(section).flatMap((definition) => ask(definition, project));
  return {
    sources: [...Object.values(sources), ...Object.values(transforms).filter((transform) => !isSql(transform))].map(({ name, spec }) => ({
      name,
      columns: columnsOf(spec.columns),
    })),
    transforms: Object.values(transforms)
      .filter(isSql)
      .map((transform) => {
        const { sql, file, lineAt } = sqlOf(transform, files);
        const declared = columnsOf(transform.spec.columns);
        const lines = Array.from({ length: sql.split("\n").length }, (_, i) => i);
        const first = lineAt(0);
        return {
          name: transform.name,
          sql,
          at: { file, first, last: first + lines.length - 1 },
          ...(declared.length === 0 ? {} : { declared, declaredAt: placeOf(transform, ["columns"]) }),
        };
      }),
    uses: [
      ...each(sources, (source) => [...timeUses(source, "sources"), ...checkUses(source)]),
      ...each(transforms, (transform) => timeUses(transform, "transforms")),
      ...each(features, groupUses),
      ...each(features, derivedUses),
      ...each(models, modelUses),
    ],
  };
}
