/** Patches of plain data: JSON Merge Patch (RFC 7386) and JSON Patch (RFC 6902). Nothing that is given is changed. */
import { applyPatch, type Operation } from "rfc6902";
import type { Json, JsonObject } from "../ir.js";
import type { PatchStepSpec } from "../spec.js";

/** What could not be done, and which part of the patch asks for it. */
export interface PatchMistake {
  readonly path: readonly (string | number)[];
  /** Half a sentence. */
  readonly reason: string;
}

export type Patched = { readonly ok: true; readonly value: Json } | ({ readonly ok: false } & PatchMistake);

/** Keys that are set, NULL where one goes; a list replaces a list. */
export function mergePatch(target: Json, patch: JsonObject): Json {
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, isObject(value) ? mergePatch(merged.get(key) ?? null, value) : value);
  }
  return Object.fromEntries(merged);
}

/** Steps one after the other; the first that cannot be done ends it. */
export function jsonPatch(target: Json, steps: readonly PatchStepSpec[]): Patched {
  // The library works in place.
  const value = copyOf(target);
  for (const [index, step] of steps.entries()) {
    const mistake = formOf(step) ?? inherited(value, step) ?? failure(value, step);
    if (mistake !== undefined) return { ok: false, path: [index, ...mistake.path], reason: mistake.reason };
  }
  return { ok: true, value };
}

/** The members that each operation takes, all of them needed (RFC 6902, section 4). */
const MEMBERS: Readonly<Record<PatchStepSpec["op"], readonly (keyof PatchStepSpec)[]>> = {
  add: ["value"],
  replace: ["value"],
  test: ["value"],
  remove: [],
  move: ["from"],
  copy: ["from"],
};

function formOf(step: PatchStepSpec): PatchMistake | undefined {
  const members = MEMBERS[step.op];
  for (const member of ["value", "from"] as const) {
    const given = Object.hasOwn(step, member);
    if (given && !members.includes(member)) return { path: [member], reason: `\`${step.op}\` takes no \`${member}\`` };
    if (!given && members.includes(member)) return { path: ["op"], reason: `\`${step.op}\` needs a \`${member}\`` };
  }
  for (const member of ["path", "from"] as const)
    if (!/^(\/([^~]|~[01])*)?$/.test(step[member] ?? ""))
      return {
        path: [member],
        reason: `\`${step[member] ?? ""}\` is no JSON Pointer: write \`/spec/replicas\`, with \`~1\` for \`/\` in a key`,
      };
  return undefined;
}

/** Places are those of the object itself, not what every object of the language has. */
function inherited(value: Json, step: PatchStepSpec): PatchMistake | undefined {
  for (const member of ["path", "from"] as const) {
    const pointer = step[member] ?? "";
    const own = pointer === "" || (!pointer.endsWith("/__proto__") && Object.hasOwn(foundAt(value, parentOf(pointer)), "value"));
    if (!own) return { path: [member], reason: `the object has nothing at \`${pointer}\`` };
  }
  return undefined;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

function failure(value: Json, step: PatchStepSpec): PatchMistake | undefined {
  // What an operation has and has not was looked at.
  const [error] = applyPatch(value, [{ ...step } as Operation]);
  if (error === null || error === undefined) return undefined;
  if (error.name === "TestError") return { path: ["value"], reason: `the object does not have this value at \`${step.path}\`` };
  const from = step.from !== undefined && !Object.hasOwn(foundAt(value, step.from), "value");
  const missing = from ? "from" : "path";
  return { path: [missing], reason: `the object has nothing at \`${step[missing] ?? ""}\`` };
}

function foundAt(value: Json, pointer: string): { readonly value?: Json } {
  let at: Json = value;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return {};
    at = Reflect.get(at, key) as Json;
  }
  return { value: at };
}

/** What YAML can say and JSON cannot. */
export function notJson(value: unknown, path: readonly (string | number)[] = []): PatchMistake | undefined {
  if (typeof value === "number" && !Number.isFinite(value)) return { path, reason: `\`${value}\` is a number that JSON does not have` };
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = notJson(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function copyOf(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
