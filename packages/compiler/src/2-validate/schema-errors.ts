import type { Path } from "../1-parse/index.js";
import { nameFix, nearest, type Code, type Extra, type Report } from "../diagnostic.js";
import { quote } from "../diagnostics/define.js";
import type { Shape } from "../shape.js";
import type { Place } from "../text.js";
import { parseFormat } from "./formats.js";
import { isRecord, valueAt, type Located } from "./places.js";
import { isOfKind, type Slip } from "./slips.js";
import { belongsIn, choiceAt, insteadOfMap, translated } from "./foreign.js";
import { foundIs, shapeOf, wantedAt, whatIs, whereIs } from "./words.js";

/** What ajv says of a mistake. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Found {
  readonly error: SchemaError;
  readonly path: Path;
}

/** What another file or an environment may still add is asked of the merged value, not of a file. */
export const OF_THE_WHOLE: ReadonlySet<Code> = new Set(["missing-key", "exactly-one"]);

export interface Checked {
  readonly data: Located;
  readonly root: Shape;
  readonly report: Report;
  /** Codes that are told now; absent: all but those that only the whole project can tell. */
  readonly only?: ReadonlySet<Code>;
}

/** Schema errors in our words: one for each mistake of the user. */
export function reportSchemaErrors(errors: readonly SchemaError[], checked: Checked): void {
  const found = meant(errors).map((error) => ({ error, path: pathOf(error.instancePath, checked.data.value) }));
  const slips = new Set<string>();
  const report: Report = (code, ...rest) => {
    if (checked.only?.has(code) ?? !OF_THE_WHOLE.has(code)) checked.report(code, ...rest);
  };
  const filtered = { ...checked, report };
  for (const item of found) if (item.error.keyword === "additionalProperties") reportUnknownKey(item, slips, filtered);
  for (const item of found) reportError(item, slips, filtered);
  reportMissing(found, slips, filtered);
}

/** Unknown keys that are most likely known ones, misspelt; each is reported. The first of two that are meant alike is taken. */
export function reportSlips(errors: readonly SchemaError[], { data, root, report }: Omit<Checked, "only">): readonly Slip[] {
  const slips: Slip[] = [];
  for (const error of meant(errors)) {
    if (error.keyword !== "additionalProperties") continue;
    const path = pathOf(error.instancePath, data.value);
    const written = text(error.params, "additionalProperty");
    const slip = nearestKey(written, path, { data, root });
    if (slip === undefined || slips.some((other) => JSON.stringify([other.path, other.meant]) === JSON.stringify([path, slip]))) continue;
    if (!isOfKind(valueAt(data.value, [...path, written]), shapeOf(root, [...path, slip]))) continue;
    slips.push({ path, written, meant: slip });
    reportUnknownKey({ error, path }, new Set(), { data, root, report });
  }
  return slips;
}

/** The key that a misspelt one most likely means, of those that the map does not have yet. */
function nearestKey(key: string, path: Path, { data, root }: Pick<Checked, "data" | "root">): string | undefined {
  if (path.length === 0 && root.noun === "definitions" && PROJECT_KEYS.has(key)) return undefined;
  const present = valueAt(data.value, path);
  const shape = shapeOf(root, path);
  const free = Object.keys(shape?.keys ?? {}).filter((name) => !isRecord(present) || !Object.hasOwn(present, name));
  const word = translated(key, shape);
  return word !== undefined && free.includes(word) ? word : nearest(key, free);
}

/** Of a union's branches only what its own kind of value broke; of `oneOf` only the sum. */
function meant(errors: readonly SchemaError[]): readonly SchemaError[] {
  const unions = new Set(errors.filter(({ keyword }) => keyword === "anyOf").map(({ instancePath }) => instancePath));
  const precise = new Set(
    errors
      .filter(({ keyword, instancePath }) => !(keyword === "type" && unions.has(instancePath)))
      .flatMap(({ keyword, instancePath }) =>
        [...unions].filter((union) => (keyword !== "anyOf" && instancePath === union) || instancePath.startsWith(`${union}/`)),
      ),
  );
  return errors.filter(({ keyword, instancePath, schemaPath }) => {
    if (keyword === "required" && schemaPath.includes("/oneOf/")) return false;
    if (keyword === "anyOf") return !precise.has(instancePath);
    return !(keyword === "type" && unions.has(instancePath));
  });
}

function pathOf(pointer: string, value: unknown): Path {
  const path: (string | number)[] = [];
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(valueAt(value, path)) ? Number(name) : name);
  }
  return path;
}

function text(params: Readonly<Record<string, unknown>>, name: string): string {
  const value = params[name];
  return typeof value === "string" ? value : "";
}

function reportUnknownKey({ error, path }: Found, slips: Set<string>, { data, root, report }: Checked): void {
  const key = text(error.params, "additionalProperty");
  const at = data.locate([...path, key], "key");
  if (path.length === 0 && root.noun === "definitions" && PROJECT_KEYS.has(key)) {
    report("definitions-only", at, { key });
    return;
  }
  const known = Object.keys(shapeOf(root, path)?.keys ?? {});
  const near = nearestKey(key, path, { data, root });
  const home = near === undefined ? belongsIn(key, shapeOf(root, path)) : undefined;
  const choice = near === undefined && home === undefined ? choiceAt(root, path, valueAt(data.value, path)) : [];
  const meantKey = near ?? home?.key;
  if (meantKey !== undefined) slips.add(JSON.stringify([...path, meantKey]));
  const args = { key, where: lower(whereIs(root, path)), nearest: near, belongs: home?.words, choice, known };
  report("unknown-key", at, args, nameFix(at, key, near, known));
}

const PROJECT_KEYS: ReadonlySet<string> = new Set([
  "mlspec",
  "project",
  "description",
  "owner",
  "vars",
  "secrets",
  "storage",
  "schedule",
  "environments",
  "targets",
  "include",
  "code",
  "templates",
]);

function reportError({ error, path }: Found, slips: ReadonlySet<string>, checked: Checked): void {
  const { data, root, report } = checked;
  const { params } = error;
  const value = valueAt(data.value, path);
  const shape = shapeOf(root, path);
  switch (error.keyword) {
    case "oneOf":
      return reportExactlyOne(path, slips, checked);
    case "enum":
    case "const":
    case "type":
    case "anyOf":
      return reportValue({ error, path }, value, shape, checked);
    case "minItems":
    case "minProperties":
      return report("too-few", data.locate(path), { what: whatIs(path), least: Number(params["limit"]) });
    case "minimum":
      return report("too-small", data.locate(path), { what: whatIs(path), value: Number(value), least: Number(params["limit"]) });
    default:
      return undefined;
  }
}

/** All that one map lacks is said at once. */
function reportMissing(found: readonly Found[], slips: ReadonlySet<string>, { data, root, report }: Checked): void {
  const missing = new Map<string, { readonly path: Path; readonly keys: string[] }>();
  for (const { error, path } of found) {
    if (error.keyword !== "required" || isStrange(path, { data, root })) continue;
    const key = text(error.params, "missingProperty");
    const at = JSON.stringify(path);
    const { keys } = missing.get(at) ?? { keys: [] };
    if (!slips.has(JSON.stringify([...path, key]))) missing.set(at, { path, keys: [...keys, key] });
  }
  for (const { path, keys } of missing.values()) {
    const [key = ""] = keys;
    const about = keys.length === 1 ? aboutOf(shapeOf(root, [...path, key])) : undefined;
    report("missing-key", data.locate(path, "key"), { keys, where: whereIs(root, path), about });
  }
}

/** A map of which no key is known is meant as something else, which is said: not that it lacks keys. */
function isStrange(path: Path, { data, root }: Pick<Checked, "data" | "root">): boolean {
  const value = valueAt(data.value, path);
  const keys = shapeOf(root, path)?.keys ?? {};
  return (
    isRecord(value) &&
    path.length > 0 &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((key) => !key.startsWith("x-") && !Object.hasOwn(keys, key))
  );
}

function reportExactlyOne(path: Path, slips: ReadonlySet<string>, { data, root, report }: Checked): void {
  const keys = shapeOf(root, path)?.exactlyOne ?? [];
  const value = valueAt(data.value, path);
  // A value that is no map at all was told of.
  if (!isRecord(value) || isStrange(path, { data, root })) return;
  const found = keys.filter((key) => Object.hasOwn(value, key));
  if (keys.some((key) => slips.has(JSON.stringify([...path, key])))) return;
  // A key that is none stands in its place, and that is said.
  const known = shapeOf(root, path)?.keys ?? {};
  if (found.length === 0 && Object.keys(value).some((key) => !key.startsWith("x-") && !Object.hasOwn(known, key))) return;
  const [first, second] = found;
  const at = second === undefined ? data.locate(path, "key") : data.locate([...path, second], "key");
  const related =
    first === undefined || second === undefined
      ? {}
      : { related: [{ ...data.locate([...path, first], "key"), message: `${quote(first)} is here` }] };
  report("exactly-one", at, { where: whereIs(root, path), keys, found }, related);
}

function reportValue({ error, path }: Found, value: unknown, shape: Shape | undefined, { data, report }: Checked): void {
  const at = value === null ? data.locate(path, "key") : data.locate(path);
  // What a message quotes, it gives away.
  if (shape?.secret === true && value !== null) return report("secret-literal", at, { key: String(path.at(-1)) });
  const what = whatIs(path);
  const allowed = shape?.words ?? [];
  if (typeof value === "string" && (error.keyword === "enum" || error.keyword === "const")) {
    const near = nearest(value, allowed);
    return report("not-one-of", at, { what, value, allowed, nearest: near }, nameFix(at, value, near, allowed));
  }
  const written = data.source(at);
  const quoting =
    (typeof value === "number" || typeof value === "boolean") && shape?.types?.includes("text") === true && shape.words === undefined;
  const fix = fixOf(written, at, { quoting, value, shape, path });
  if (quoting && typeof value === "number" && shape.format?.startsWith("version") === true)
    return report("number-version", at, { written, read: String(value) }, fix);
  const advice =
    quoting && isProse(path)
      ? `Put it in quotes: ${quote(JSON.stringify(written))}.`
      : value === null && shape?.types?.[0] === "map" && shape.types.length === 1
        ? "Write `{}` if it has nothing to say."
        : insteadOfMap(value, shape);
  return report("wrong-type", at, { what, wanted: wantedAt(shape), found: foundIs(value), advice }, fix);
}

/** Free text: whatever is written, in quotes it is right. A name, say, would only be the next mistake. */
function isProse(path: Path): boolean {
  return path.at(-1) === "description" || path.at(-1) === "owner";
}

interface Given {
  readonly path: Path;
  readonly quoting: boolean;
  readonly value: unknown;
  readonly shape: Shape | undefined;
}

/** Quotes around what should be a text, brackets around what should be a list: where that is certainly what was meant. */
function fixOf(written: string, at: Place, { quoting, value, shape, path }: Given): Extra {
  const { format, types } = shape ?? {};
  if (quoting && (isProse(path) || (format?.startsWith("version") === true && parseFormat(format, written).ok)))
    return { fix: { title: "Put it in quotes", edits: [{ ...at, newText: JSON.stringify(written) }] } };
  const single = typeof value === "string" && types?.length === 1 && types[0] === "list";
  return single ? { fix: { title: "Make it a list", edits: [{ ...at, newText: `[${written}]` }] } } : {};
}

function aboutOf(shape: Shape | undefined): string | undefined {
  const about = shape?.about;
  return about === undefined ? undefined : about.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

function lower(where: string): string {
  return where.replace(/^(The|An)\b/, (word) => word.toLowerCase());
}
