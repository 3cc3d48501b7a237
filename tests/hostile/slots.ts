/** Every place of the language where a person writes text, found in the generated shape: a new key is covered without a word here. */
import { projectShape } from "../../packages/compiler/src/generated/annotations.js";
import type { Shape } from "../../packages/compiler/src/shape.js";

export type Data = { [key: string]: unknown };
export type Path = readonly (string | number)[];

/** A text of the language: a value, or the name of an entry of a map. */
export interface Slot {
  /** `sources.*.files.path`, `sources.*.columns.{name}`. */
  readonly pattern: string;
  readonly kind: "value" | "name";
  readonly shape: Shape;
}

/** A slot in the project that the test starts from. */
export interface Place extends Slot {
  readonly path: Path;
  readonly id: string;
}

export function slotsOf(shape: Shape, path = ""): readonly Slot[] {
  const at = (part: string): string => (path === "" ? part : `${path}.${part}`);
  const own: readonly Slot[] = shape.free === true || shape.types?.includes("text") ? [{ pattern: path, kind: "value", shape }] : [];
  const keys = Object.entries(shape.keys ?? {}).flatMap(([key, inner]) => slotsOf(inner, at(key)));
  const names: readonly Slot[] =
    shape.values === undefined && shape.plugins !== true ? [] : [{ pattern: at("{name}"), kind: "name", shape }];
  const inner = [shape.values, shape.items].flatMap((each) => (each === undefined ? [] : slotsOf(each, at("*"))));
  return [...own, ...keys, ...names, ...inner];
}

export const slots = slotsOf(projectShape);

/** Where a slot is in a project: every place that holds a text (or anything, where anything goes), or every map for its names. */
export function placesOf(slot: Slot, project: unknown): readonly Place[] {
  const parts = slot.pattern.split(".");
  const last = slot.kind === "name" ? parts.slice(0, -1) : parts;
  return walk(project, last)
    .filter(([, value]) => (slot.kind === "name" ? isMap(value) : typeof value === "string" || slot.shape.types?.includes("text") !== true))
    .filter(([, value]) => slot.kind === "name" || !isMap(value))
    .map(([path]) => ({ ...slot, path, id: [...path, ...(slot.kind === "name" ? ["{name}"] : [])].join(".") }));
}

function walk(value: unknown, [part, ...rest]: readonly string[]): readonly (readonly [Path, unknown])[] {
  if (part === undefined) return [[[], value]];
  if (typeof value !== "object" || value === null) return [];
  const inner: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((each, i) => [i, each])
    : Object.entries(value);
  return inner
    .filter(([key]) => part === "*" || part === key)
    .flatMap(([key, each]) => walk(each, rest).map(([path, found]): readonly [Path, unknown] => [[key, ...path], found]));
}

function isMap(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Puts a value in; the path leads to an existing map or list. */
export function put(project: unknown, path: Path, value: unknown): void {
  const inner = path.slice(0, -1).reduce<unknown>((at, part) => Reflect.get(Object(at), part), project);
  Object.defineProperty(inner, path.at(-1) ?? "", { value, enumerable: true, configurable: true, writable: true });
}

export function get(project: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => Reflect.get(Object(at), part), project);
}
