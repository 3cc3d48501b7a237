import type { Document, Path } from "../1-parse/index.js";
import { isRecord, isSection, shapeFor, valueAt, type Located } from "../2-validate/index.js";
import { shapeAt, type Shape } from "../shape.js";
import { eachMade, patchedDefinitions, saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
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
  /** Section and name to the path of the document that defines it. */
  readonly owners: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly documents: ReadonlyMap<string, Document>;
}

/** One section in one file. */
interface Part {
  readonly path: string;
  readonly definitions: Readonly<Record<string, unknown>>;
}

export function mergeFiles(files: readonly ProjectFile[], memo: Memo): MergedFiles {
  const value: Record<string, unknown> = blank();
  const parts = new Map<string, Part[]>();
  for (const { document, role } of files) {
    if (!isRecord(document.value)) continue;
    for (const { key, inner, definitions } of keysOf(document.value)) {
      if (definitions === undefined) {
        if (role === "project") value[key] = inner;
        continue;
      }
      // Keys are in the order in which they first stand.
      if (!isRecord(value[key])) value[key] = inner;
      const known = parts.get(key) ?? [];
      parts.set(key, known);
      known.push({ path: document.file.path, definitions });
    }
  }
  const owners = new Map<string, ReadonlyMap<string, string>>();
  for (const [key, list] of parts) {
    const on = [...list.map(({ definitions }) => definitions), ...list.map(({ path }) => path)];
    const section = memo.keep("section", on, () =>
      memo.carry(`section ${key}`, (before: Section | undefined) => (before && afterEdit(list, before)) ?? mergeParts(list)),
    );
    value[key] = section.value;
    owners.set(key, section.owners);
  }
  return { value, owners, documents: new Map(files.map(({ document }) => [document.file.path, document])) };
}

/** A key of a file; `definitions` where it is a section. */
interface Key {
  readonly key: string;
  readonly inner: unknown;
  readonly definitions?: Part["definitions"];
}

/** Of a file that is as it was, they are known. */
const keys = new WeakMap<object, readonly Key[]>();

function keysOf(value: Readonly<Record<string, unknown>>): readonly Key[] {
  const known = keys.get(value);
  if (known !== undefined) return known;
  const found = Object.entries(value).map(([key, inner]): Key => ({
    key,
    inner,
    ...(isSection(key) && isRecord(inner) ? { definitions: inner } : {}),
  }));
  keys.set(value, found);
  return found;
}

interface Section {
  readonly parts: readonly Part[];
  readonly value: Readonly<Record<string, unknown>>;
  readonly owners: ReadonlyMap<string, string>;
}

/** The section as it was, with what files say now of the same names; undefined where some have others. */
function afterEdit(parts: readonly Part[], { parts: before, value, owners }: Section): Section | undefined {
  if (parts.length !== before.length) return undefined;
  const edited = new Map<string, unknown>();
  for (const [index, { path, definitions }] of parts.entries()) {
    const old = before[index];
    if (old?.path !== path) return undefined;
    if (old.definitions === definitions) continue;
    const [names, had] = [Object.keys(definitions), Object.keys(old.definitions)];
    if (names.length !== had.length || names.some((name, i) => name !== had[i])) return undefined;
    for (const name of names) if (owners.get(name) === path && value[name] !== definitions[name]) edited.set(name, definitions[name]);
  }
  return { parts, value: patchedDefinitions(value, edited), owners };
}

function mergeParts(parts: readonly Part[]): Section {
  const value = blank();
  const owners = new Map<string, string>();
  for (const { path, definitions } of parts)
    for (const [name, definition] of Object.entries(definitions)) {
      if (owners.has(name)) continue;
      value[name] = definition;
      owners.set(name, path);
    }
  return { parts, value, owners };
}

export function mergeEnvironment(
  name: string,
  root: Document,
  { merged, defaults, memo }: { readonly merged: MergedFiles; readonly defaults: Vars; readonly memo: Memo },
): MergedEnvironment {
  const overrides = valueAt(root.value, ["environments", name, "overrides"]);
  const vars = memo.carry(`vars ${name}`, (before: Vars | undefined) => same(before, environmentVars(root, name, defaults)));
  const value = blank();
  const changed = isRecord(overrides)
    ? memo.keep("defined", [overrides, ...Object.keys(overrides).map((key) => merged.value[key])], () => ofDefined(overrides, merged.value))
    : blank();
  for (const key of new Set([...Object.keys(merged.value), ...Object.keys(changed)])) {
    const [base, over] = [merged.value[key], changed[key]];
    const written =
      over === undefined
        ? base
        : memo.keep("overrides", [base, over], () => (base === undefined ? over : merge(base, over, shapeAt(shapeFor("project"), key))));
    value[key] = memo.keep("vars", [written, vars, key], () =>
      replaceIn(written, shapeAt(shapeFor("project"), key), { environment: name, key, vars, memo }),
    );
  }
  const origin = (path: Path): ValueOrigin => {
    const [section, definition] = path;
    const over = path.length === 0 ? undefined : valueAt(overrides, path);
    // Maps that merge are where they were; what overrides bring or replace is theirs.
    if (over !== undefined && !(isRecord(over) && isRecord(valueAt(merged.value, path))))
      return { file: root.file.path, path: ["environments", name, "overrides", ...path], by: "overrides" };
    const owner = definition === undefined ? undefined : merged.owners.get(String(section))?.get(String(definition));
    return { file: owner ?? root.file.path, path, by: "file" };
  };
  const { documents } = merged;
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

/** Maps merge; all else replaces. Of keys of which there is exactly one, the one that comes replaces the one that was. */
function merge(base: unknown, over: unknown, shape: Shape | undefined): unknown {
  if (!isRecord(base) || !isRecord(over)) return over;
  const one = shape?.exactlyOne ?? [];
  const replaced = new Set(one.some((key) => Object.hasOwn(over, key)) ? one.filter((key) => !Object.hasOwn(over, key)) : []);
  const out = blank();
  for (const [key, value] of Object.entries(base))
    if (!replaced.has(key)) out[key] = Object.hasOwn(over, key) ? merge(value, over[key], shapeAt(shape, key)) : value;
  for (const [key, value] of Object.entries(over)) if (!Object.hasOwn(base, key)) out[key] = value;
  return out;
}

function same(before: Vars | undefined, after: Vars): Vars {
  return before !== undefined && before.size === after.size && [...after].every(([name, value]) => before.get(name) === value)
    ? before
    : after;
}

/** One key of the project. Of a section, each definition by itself, so that those that are as they were are not looked at. */
function replaceIn(
  value: unknown,
  shape: Shape | undefined,
  { environment, key, vars, memo }: { readonly environment: string; readonly key: string; readonly vars: Vars; readonly memo: Memo },
): unknown {
  if (!isSection(key) || !isRecord(value)) return replaceVars(value, shape, vars);
  const replaced = saidOfEach(value, {
    step: `vars of ${environment} in ${key}`,
    memo,
    on: vars,
    say: (name, definition) => {
      const after = replaceVars(definition, shapeAt(shape, name), vars);
      return after === definition ? [] : [[name, after] as const];
    },
  });
  if (replaced.length === 0) return value;
  const known = memo.keep("replaced", [replaced], () => new Map(replaced));
  const step = `replaced of ${environment} in ${key}`;
  return eachMade(value, { step, memo, on: vars, make: (name, definition) => (known.has(name) ? known.get(name) : definition) });
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
