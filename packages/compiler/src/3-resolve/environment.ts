import type { Document, Path } from "../1-parse/index.js";
import { isRecord, shapeFor, valueAt, type Located } from "../2-validate/index.js";
import { shapeAt, type Shape } from "../shape.js";
import type { ProjectFile } from "./files.js";
import { environmentVars, substitute, type Vars } from "./vars.js";

/** Where a value of an environment was written. */
export interface ValueOrigin {
  readonly file: string;
  readonly path: Path;
  /** `overrides`: the environment changes it. */
  readonly by: "file" | "overrides";
}

/** The project as it is in one environment: files put together, overrides merged in, variables replaced. */
export interface MergedEnvironment extends Located {
  readonly name: string;
  readonly vars: Vars;
  /** Who set the value at a path. */
  origin(path: Path): ValueOrigin;
}

/** The definitions of all files in one map, before any environment. The first definition of a name holds. */
export interface MergedFiles {
  readonly value: Readonly<Record<string, unknown>>;
  /** Section and name to the document that defines it. */
  readonly owners: ReadonlyMap<string, Document>;
}

export function mergeFiles(files: readonly ProjectFile[]): MergedFiles {
  const value: Record<string, unknown> = blank();
  const owners = new Map<string, Document>();
  for (const { document, role } of files) {
    if (!isRecord(document.value)) continue;
    for (const [key, inner] of Object.entries(document.value)) {
      if (shapeFor("included").keys?.[key] === undefined || !isRecord(inner)) {
        if (role === "project") value[key] = inner;
        continue;
      }
      const section = isRecord(value[key]) ? (value[key] as Record<string, unknown>) : blank();
      value[key] = section;
      for (const [name, definition] of Object.entries(inner)) {
        if (Object.hasOwn(section, name)) continue;
        section[name] = definition;
        owners.set(JSON.stringify([key, name]), document);
      }
    }
  }
  return { value, owners };
}

export function mergeEnvironment(name: string, root: Document, merged: MergedFiles, defaults: Vars): MergedEnvironment {
  const overrides = valueAt(root.value, ["environments", name, "overrides"]);
  const vars = environmentVars(root, name, defaults);
  const written = isRecord(overrides) ? merge(merged.value, ofDefined(overrides, merged.value)) : merged.value;
  const value = replaceVars(written, shapeFor("project"), vars);
  const origin = (path: Path): ValueOrigin => {
    const [section, definition] = path;
    const over = path.length === 0 ? undefined : valueAt(overrides, path);
    // Maps that merge are where they were; what overrides bring or replace is theirs.
    if (over !== undefined && !(isRecord(over) && isRecord(valueAt(merged.value, path))))
      return { file: root.file.path, path: ["environments", name, "overrides", ...path], by: "overrides" };
    const owner = definition === undefined ? undefined : merged.owners.get(JSON.stringify([section, definition]));
    return { file: (owner ?? root).file.path, path, by: "file" };
  };
  const documents = new Map([...merged.owners.values(), root].map((document) => [document.file.path, document]));
  const documentOf = (found: ValueOrigin): Document => documents.get(found.file) ?? root;
  return {
    name,
    vars,
    value,
    origin,
    locate: (path, at) => {
      const found = origin(path);
      return documentOf(found).locate(found.path, at);
    },
    locateInside: (path, offset, length) => {
      const found = origin(path);
      const document = documentOf(found);
      // Behind a replaced variable, offsets of the value are none of the text.
      const same = valueAt(document.value, found.path) === valueAt(value, path);
      return same ? document.locateInside(found.path, offset, length) : document.locate(found.path);
    },
    style: (path) => {
      const found = origin(path);
      return documentOf(found).style(found.path);
    },
    source: ({ file, span }) => (documents.get(file) ?? root).file.text.slice(span.start, span.end),
  };
}

/** Overrides of what exists: a definition that does not is reported elsewhere, and is not made up here. */
function ofDefined(
  overrides: Readonly<Record<string, unknown>>,
  base: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const out = blank();
  for (const [section, value] of Object.entries(overrides)) {
    const defined = base[section];
    const declares = shapeFor("project").keys?.[section]?.declares !== undefined;
    out[section] =
      declares && isRecord(value)
        ? Object.assign(blank(), Object.fromEntries(Object.entries(value).filter(([name]) => isRecord(valueAt(defined, [name])))))
        : value;
  }
  return out;
}

/** Maps merge; all else replaces. */
function merge(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return over;
  const out = blank();
  for (const [key, value] of Object.entries(base)) out[key] = Object.hasOwn(over, key) ? merge(value, over[key]) : value;
  for (const [key, value] of Object.entries(over)) if (!Object.hasOwn(base, key)) out[key] = value;
  return out;
}

/** The value with variables replaced in the slots that take them. What has none is shared, not copied. */
function replaceVars(value: unknown, shape: Shape | undefined, vars: Vars): unknown {
  if (shape === undefined) return value;
  if (typeof value === "string") return shape.vars === true ? substitute(value, vars) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => replaceVars(item, shape.items, vars));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value)) return value;
  let out: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const replaced = replaceVars(inner, shapeAt(shape, key), vars);
    if (replaced !== inner) (out ??= Object.assign(blank(), value))[key] = replaced;
  }
  return out ?? value;
}

function blank(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
