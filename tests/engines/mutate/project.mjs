// A project as texts, and what its definitions say with the places where they say it. YAML is read by its own library here, not by us.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isMap, LineCounter, parseDocument } from "yaml";

/** Texts of a project folder by path, without what is made from them, and without tests: these say by themselves what is called how. */
export function readTexts(folder) {
  const files = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (entry.isFile() && /\.(ya?ml|sql|py)$/.test(path) && !/^(generated|lake|\.mlspec)\/|\btests\.yaml$/.test(path))
      files[path] = readFileSync(join(folder, path), "utf8").replaceAll("__PROJECT__", "shop");
  }
  return files;
}

const SECTIONS = ["entities", "sources", "transforms", "features", "models", "deployments"];

/** Definitions of all files, by section: `{ name, spec, path(…keys) → { file, pair, first, last } }`. */
export function readProject(files) {
  const project = Object.fromEntries(SECTIONS.map((section) => [section, {}]));
  for (const [file, text] of Object.entries(files)) {
    if (!/\.ya?ml$/.test(file)) continue;
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    if (!isMap(document.contents)) continue;
    const value = document.toJS();
    for (const section of SECTIONS)
      for (const [name, spec] of Object.entries(value[section] ?? {}))
        project[section][name] = { name, spec, file, text, lines, node: document.getIn([section, name], true) };
  }
  return project;
}

/** Where a value inside a definition is written. */
export function placeOf({ file, lines, node }, path) {
  const found = path.length === 0 ? node : node.getIn(path, true);
  const [start, end] = found?.range ?? node.range;
  return { file, first: lines.linePos(start).line, last: lines.linePos(Math.max(start, end - 1)).line };
}

/** The pair of a map below a definition: `{ key: [start, end], value: [start, end] }` in the text of its file. */
export function pairOf({ node }, path, key) {
  const map = path.length === 0 ? node : node.getIn(path, true);
  const pair = map?.items?.find((item) => String(item.key.value ?? item.key) === key);
  return pair && { key: pair.key.range, value: pair.value?.range ?? pair.key.range, flow: map.flow === true, only: map.items.length === 1 };
}

/** The items of a list below a definition, each with the range of its text; nothing where there is no list. */
export function itemsOf({ node }, path) {
  const list = node.getIn(path, true);
  return (list?.items ?? []).map((item) => ({ value: item.value, range: item.range }));
}

/** Other transforms are functions: what they declare is what Spark is told. */
export const isSql = ({ spec }) => spec.sql !== undefined || spec.sql_file !== undefined;

/** The SQL of a transform, and how an offset in it becomes a line of a file. */
export function sqlOf(transform, files) {
  const { spec, file, lines, node } = transform;
  if (spec.sql_file !== undefined) {
    const text = files[spec.sql_file];
    return { sql: text, file: spec.sql_file, lineAt: (offset) => text.slice(0, offset).split("\n").length, range: [0, text.length] };
  }
  const value = node.get("sql", true);
  const first = lines.linePos(value.range[0]).line + (value.type === "BLOCK_LITERAL" ? 1 : 0);
  return {
    sql: spec.sql,
    file,
    lineAt: (offset) => first + spec.sql.slice(0, offset).split("\n").length - 1,
    range: value.range,
    type: value.type,
  };
}
