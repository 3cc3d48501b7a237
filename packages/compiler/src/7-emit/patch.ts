/** Patches that a project makes to what its targets emit as data: objects are chosen, changed, and looked at again. */
import { guard, type Patch, type Target } from "../6-link/link.js";
import { nearest, type Reporter } from "../diagnostic.js";
import type { EmittedData, EmittedFile } from "../emitter.js";
import { canonical } from "../hash.js";
import type { Json, JsonObject } from "../ir.js";
import type { PatchSpec } from "../spec.js";
import { isObject, jsonPatch, mergePatch, notJson, type PatchMistake } from "./json-patch.js";

/** One object of emitted data: a document of a stream, or all that a file holds. */
interface Emitted {
  readonly file: EmittedData;
  readonly value: Json;
  /** The last patch that changed it. */
  readonly by?: Patch;
}

/** The files as the target's patches make them. Nothing is patched where the target writes nothing, as images on one machine. */
export function patched(target: Target, files: readonly EmittedFile[], reporter: Reporter): readonly EmittedFile[] {
  const { patches = [] } = target;
  if (patches.length === 0 || files.length === 0) return files;
  const context = { target, files, reporter };
  const before = files.flatMap((file) => ("text" in file ? [] : documentsOf(file).map((value): Emitted => ({ file, value }))));
  const after = patches.reduce<readonly Emitted[]>((objects, patch) => applied(objects, patch, context), before);
  for (const object of after) if (object.by !== undefined) verify(object, object.by, context);
  return files.map((file) => ("text" in file ? file : { ...file, data: dataOf(file, after) }));
}

interface Context {
  readonly target: Target;
  readonly files: readonly EmittedFile[];
  readonly reporter: Reporter;
}

function documentsOf({ data, stream }: EmittedData): readonly Json[] {
  return stream === true && isList(data) ? data : [data];
}

function dataOf(file: EmittedData, objects: readonly Emitted[]): EmittedData["data"] {
  const own = objects.filter((object) => object.file === file).map(({ value }) => value);
  return file.stream === true && isList(file.data) ? own : (own[0] ?? null);
}

function applied(objects: readonly Emitted[], patch: Patch, context: Context): readonly Emitted[] {
  const { target, reporter } = context;
  const { spec, at } = patch;
  const failed = ({ path, reason }: PatchMistake): readonly Emitted[] => {
    reporter.report("patch-failed", at(path), { target: target.key, reason });
    return objects;
  };
  const odd = notJson({ merge: spec.merge, json_patch: spec.json_patch });
  if (odd !== undefined) return failed(odd);
  const chosen = new Set(chosenOf(objects, patch, context));
  if (chosen.size === 0) return objects;
  let changed = false;
  const after: Emitted[] = [];
  for (const object of objects) {
    const result = chosen.has(object) ? changedBy(object.value, spec) : undefined;
    if (result?.ok === false) return failed({ ...result, path: ["json_patch", ...result.path] });
    const same = result === undefined || canonical(result.value) === canonical(object.value);
    changed ||= !same;
    after.push(same ? object : { ...object, value: result.value, by: patch });
  }
  if (!changed) reporter.report("patch-no-effect", at([]), { target: target.key, objects: [...chosen].map(nameOf) });
  return after;
}

function changedBy(value: Json, { merge, json_patch: steps }: PatchSpec): ReturnType<typeof jsonPatch> {
  // Both were found to be JSON.
  if (merge !== undefined) return { ok: true, value: mergePatch(value, merge as JsonObject) };
  return jsonPatch(value, steps ?? []);
}

const SELECTORS = ["file", "kind", "name"] as const;

/** The objects for which all holds that the patch says of them; what finds nothing is told at the first word that rules out the rest. */
function chosenOf(objects: readonly Emitted[], { spec, at }: Patch, { target, files, reporter }: Context): readonly Emitted[] {
  const given = SELECTORS.filter((selector) => spec[selector] !== undefined);
  if (given.length === 0) reporter.report("patch-anything", at([], "key"), { target: target.key });
  let left = given.length === 0 ? [] : objects;
  for (const selector of given) {
    const wanted = spec[selector] ?? "";
    const found = left.filter((object) => selected(object, selector) === wanted);
    if (found.length === 0) {
      const known = [...new Set(left.flatMap((object) => selected(object, selector) ?? []))].sort();
      const text = selector === "file" && files.some((file) => file.path === wanted && "text" in file);
      const params = { target: target.key, selector, wanted, known, nearest: nearest(wanted, known), text };
      reporter.report("patch-nothing", at([selector]), params);
      return [];
    }
    left = found;
  }
  return left;
}

function selected({ file, value }: Emitted, selector: (typeof SELECTORS)[number]): string | undefined {
  if (selector === "file") return file.path;
  if (!isObject(value)) return undefined;
  const metadata = value["metadata"];
  const word = selector === "kind" ? value["kind"] : ((isObject(metadata) ? metadata["name"] : undefined) ?? value["name"]);
  return typeof word === "string" ? word : undefined;
}

function nameOf(object: Emitted): string {
  const words = (["kind", "name"] as const).flatMap((selector) => selected(object, selector) ?? []);
  return words.length === 0 ? object.file.path : words.join(" ");
}

/** Others refer to an object by its kind and name; the rest is for the emitter to judge. */
function verify(object: Emitted, patch: Patch, { target, files, reporter }: Context): void {
  const report = (reason: string): void =>
    reporter.report("patch-invalid", patch.at([]), { target: target.key, object: nameOf(object), reason });
  const known = files.some(
    (file) => !("text" in file) && file.path === object.file.path && documentsOf(file).some((value) => sameName({ file, value }, object)),
  );
  if (!known) return report("its kind or its name is another, and what refers to it would not find it");
  const problems = guard(target, reporter, () => target.emitter.verify?.(object.value, object.file.path)) ?? [];
  for (const { path, reason } of problems) report(`${path.length === 0 ? "" : `\`${path.join(".")}\`: `}${reason}`);
}

function sameName(a: Emitted, b: Emitted): boolean {
  return (["kind", "name"] as const).every((selector) => selected(a, selector) === selected(b, selector));
}

function isList(value: EmittedData["data"]): value is readonly Json[] {
  return Array.isArray(value);
}
