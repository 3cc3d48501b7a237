// Every column of a project, at every place that names it: renamed, of another type, left out, made nullable or not.
import { parseSql } from "../../../packages/compiler/dist/sql/parse/index.js";
import { isSql, itemsOf, pairOf, readProject, sqlOf } from "./project.mjs";

/** Types of other families than the one that stands there; two, so that one of them is not coerced in silence. */
const OTHERS = { string: ["int", "timestamp"], numeric: ["string", "boolean"], time: ["string", "bigint"], other: ["string", "double"] };
const familyOf = (type) => {
  if (type.startsWith("string")) return "string";
  if (/^(tinyint|smallint|int|bigint|float|double|decimal)/.test(type)) return "numeric";
  return /^(timestamp|date)/.test(type) ? "time" : "other";
};

const replaced = (text, [start, end], by) => text.slice(0, start) + by + text.slice(end);

/** A pair taken out of a map: the line where it stands alone on it, else the text up to the next comma. */
function without(text, { key, value, flow }) {
  if (!flow) {
    const begin = text.lastIndexOf("\n", key[0]) + 1;
    const end = text.indexOf("\n", value[1] - 1);
    return replaced(text, [begin, text[value[1] - 1] === "\n" ? value[1] : end + 1], "");
  }
  const after = /^\s*,\s*/.exec(text.slice(value[1]));
  if (after) return replaced(text, [key[0], value[1] + after[0].length], "");
  const before = /,\s*$/.exec(text.slice(0, key[0]));
  return replaced(text, [key[0] - (before?.[0].length ?? 0), value[1]], "");
}

/** Columns that sources and transforms declare. */
function* declared(files, section, definition) {
  for (const [name, column] of Object.entries(definition.spec.columns ?? {})) {
    const pair = pairOf(definition, ["columns"], name);
    const { file, text } = definition;
    const long = typeof column === "object";
    const type = long ? column.type : column;
    const at = `${section}.${definition.name}.columns.${name}`;
    const change = (kind, changed) => ({ id: `${at}: ${kind}`, kind, files: { ...files, [file]: changed } });
    yield change("renamed", replaced(text, pair.key, JSON.stringify(`${name}_x`)));
    if (!pair.only) yield change("dropped", without(text, pair));
    if (long) continue;
    const not = type.endsWith("!") ? "!" : "";
    for (const other of OTHERS[familyOf(type)]) yield change(`is ${other}`, replaced(text, pair.value, JSON.stringify(`${other}${not}`)));
    yield change(
      not === "" ? "not null" : "nullable",
      replaced(text, pair.value, JSON.stringify(not === "" ? `${type}!` : type.slice(0, -1))),
    );
  }
}

/** The selects of a query whose columns are columns of a dataset or of a subquery. */
function* selects(node) {
  if (node === null || typeof node !== "object") return;
  if (node.kind === "select" && Array.isArray(node.items)) yield node;
  for (const value of Object.values(node)) if (typeof value === "object") yield* selects(value);
}

/** Columns that SQL gives. */
function* projected(files, definition) {
  const { sql, file, range, type } = sqlOf(definition, files);
  const parsed = parseSql(sql);
  if (!parsed.ok) throw new Error(`${definition.name}: ${parsed.problem.message}`);
  const write = (changed) => {
    if (definition.spec.sql_file !== undefined) return changed;
    // A block keeps its indent; one line becomes a string in quotes.
    if (type !== "BLOCK_LITERAL") return replaced(definition.text, range, JSON.stringify(changed));
    const indent = /\n( +)\S/.exec(definition.text.slice(range[0]))[1];
    const block = changed.replace(/\n$/, "").split("\n").map((line) => (line === "" ? line : indent + line)); // prettier-ignore
    return replaced(definition.text, range, `|\n${block.join("\n")}\n`);
  };
  for (const { items } of selects(parsed.query))
    for (const [i, item] of items.entries()) {
      if (item.value.kind === "star") continue;
      const span = spanOf(item);
      const value = sql.slice(item.value.span.start, item.value.span.end);
      const { alias } = item;
      const name = alias === undefined ? LAST_NAME.exec(value)?.[0] : sql.slice(alias.span.start, alias.span.end);
      const at = `transforms.${definition.name}: column ${i + 1} \`${sql.slice(span.start, span.end).replace(/\s+/g, " ").slice(0, 40)}\``;
      const change = (kind, by) => ({
        id: `${at} ${kind}`,
        kind,
        files: { ...files, [file]: write(replaced(sql, [span.start, span.end], by)) },
      });
      yield change("renamed", `${value} AS \`${(name ?? "x").replace(/^`|`$/g, "")}_x\``);
      if (LAST_NAME.test(value)) yield change("misspelt", value.replace(LAST_NAME, misspelt) + (alias === undefined ? "" : ` AS ${name}`));
      if (items.length > 1) yield { ...change("dropped", ""), files: { ...files, [file]: write(dropped(sql, items, i)) } };
      if (name === undefined) continue;
      for (const other of ["string", "bigint", "boolean"])
        yield change(`is ${other}`, `try_cast(CAST(${value} AS string) AS ${other}) AS ${name}`);
      yield change("nullable", `nullif(${value}, NULL) AS ${name}`);
    }
}

/** The name at the end of an expression: of a column, or of a field. */
const LAST_NAME = /(`(?:[^`]|``)*`|[\p{L}_][\p{L}\p{N}_]*)$/u;
const misspelt = (name) => (name.startsWith("`") ? `${name.slice(0, -1)}_x\`` : `${name}_x`);
const spanOf = ({ value, alias }) => ({ start: value.span.start, end: (alias ?? value).span.end });

function dropped(sql, items, i) {
  const { start, end } = spanOf(items[i]);
  return i + 1 < items.length ? replaced(sql, [start, spanOf(items[i + 1]).start], "") : replaced(sql, [spanOf(items[i - 1]).end, end], "");
}

/** Names of columns in typed slots: keys, times, lists, labels. */
function* named(files, section, definition, paths) {
  for (const path of paths) {
    const { file, text } = definition;
    const value = path.reduce((at, key) => at?.[key], definition.spec);
    const ranges = Array.isArray(value)
      ? itemsOf(definition, path)
      : value === undefined
        ? []
        : [{ value, range: pairOf(definition, path.slice(0, -1), path.at(-1)).value }];
    for (const { value: name, range } of ranges)
      yield {
        id: `${section}.${definition.name}.${path.join(".")}: ${name} misspelt`,
        kind: "misspelt",
        files: { ...files, [file]: replaced(text, range, JSON.stringify(`${name}_x`)) },
      };
  }
}

/** Words of expressions, each misspelt. */
function* expressions(files, section, definition, paths) {
  for (const path of paths) {
    const value = path.reduce((at, key) => at?.[key], definition.spec);
    if (typeof value !== "string") continue;
    const range = pairOf(definition, path.slice(0, -1), path.at(-1)).value;
    const end = value.search(/\s+over\s+/);
    for (const match of (end < 0 ? value : value.slice(0, end)).matchAll(
      /`(?:[^`]|``)+`|'[^']*'|[\p{L}_][\p{L}\p{N}_.]*(?![\p{L}\p{N}_.]|\s*\()/gu,
    )) {
      if (match[0].startsWith("'") || /^(and|or|not|is|null|in|true|false|at|case|when|then|else|end)$/i.test(match[0])) continue;
      const inside = match[0].startsWith("`") ? `${match[0].slice(0, -1)}_x\`` : `${match[0]}_x`;
      const changed = value.slice(0, match.index) + inside + value.slice(match.index + match[0].length);
      yield {
        id: `${section}.${definition.name}.${path.join(".")}: ${match[0]} misspelt`,
        kind: "misspelt",
        files: { ...files, [definition.file]: replaced(definition.text, range, JSON.stringify(changed)) },
      };
    }
  }
}

const keysOf = (map) => Object.keys(map ?? {});

export function* mutantsOf(files) {
  const { sources, transforms, features, models } = readProject(files);
  for (const source of Object.values(sources)) {
    yield* declared(files, "sources", source);
    yield* named(files, "sources", source, [["key"], ["event_time"], ["ingested_at"], ...keysOf(source.spec.checks).flatMap((name) => [["checks", name, "not_null"], ["checks", name, "unique"]])]); // prettier-ignore
    yield* expressions(files, "sources", source, keysOf(source.spec.checks).map((name) => ["checks", name, "expect"])); // prettier-ignore
  }
  for (const transform of Object.values(transforms)) {
    yield* declared(files, "transforms", transform);
    if (isSql(transform)) yield* projected(files, transform);
    yield* named(files, "transforms", transform, [["key"], ["event_time"], ["ingested_at"]]);
  }
  for (const group of Object.values(features)) {
    yield* named(files, "features", group, [["columns"], ["request"]]);
    const values = keysOf(group.spec.aggregates).flatMap((name) => [["aggregates", name], ["aggregates", name, "value"], ["aggregates", name, "where"]]); // prettier-ignore
    yield* expressions(files, "features", group, [...values, ...keysOf(group.spec.derived).map((name) => ["derived", name])]);
  }
  for (const model of Object.values(models)) yield* named(files, "models", model, [["label", "column"]]);
}
