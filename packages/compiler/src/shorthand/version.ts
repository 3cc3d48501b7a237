import { mistake, ok, type Parsed } from "./result.js";

/** Parts of a version: `4.1` is `[4, 1]`. */
export type Version = readonly number[];

export interface VersionBound {
  readonly op: ">=" | ">" | "<" | "<=" | "=";
  readonly version: Version;
}

/** All bounds hold. */
export type VersionRange = readonly VersionBound[];

export function parseVersion(text: string): Parsed<Version> {
  if (!/^\d{1,6}(\.\d{1,6}){0,2}$/.test(text)) return mistake(0, text.length, "a version is numbers with dots, such as `4.1`");
  return ok(text.split(".").map(Number));
}

/** `>=2.11 <4`: bounds with spaces between. A version alone stands for all that begin with it. */
export function parseVersionRange(text: string): Parsed<VersionRange> {
  const bounds: VersionBound[] = [];
  for (const match of text.matchAll(/(>=|<=|>|<|==?)?\s*([^\s<>=]+)|\S+/g)) {
    const [whole, op = "=", version = ""] = match;
    const parsed = parseVersion(version);
    if (!parsed.ok) return mistake(match.index, whole.length, "a range of versions is bounds with spaces between, such as `>=2.11 <4`");
    bounds.push({ op: op === "==" ? "=" : (op as VersionBound["op"]), version: parsed.value });
  }
  if (bounds.length === 0) return mistake(0, text.length, "a range of versions is bounds with spaces between, such as `>=2.11 <4`");
  const low = bounds.find(({ op }) => op === ">=" || op === ">");
  const high = bounds.find(({ op }) => op === "<" || op === "<=");
  if (low !== undefined && high !== undefined && compareVersions(low.version, high.version) > 0)
    return mistake(0, text.length, "no version is in this range");
  return ok(bounds);
}

/** The versions from one on, up to the first that is none of them; without `below` there is no end. */
export interface VersionSpan {
  readonly from: Version;
  readonly below?: Version;
}

/** What a range spans: `4.1` reaches up to 4.2. */
export function spanOf(range: VersionRange): VersionSpan {
  let from: Version = [0];
  let below: Version | undefined;
  for (const { op, version } of range) {
    if (op !== "<" && op !== "<=" && compareVersions(version, from) > 0) from = version;
    const end = op === "<" ? version : op === "<=" || op === "=" ? next(version) : undefined;
    if (end !== undefined && (below === undefined || compareVersions(end, below) < 0)) below = end;
  }
  return below === undefined ? { from } : { from, below };
}

/** The first version that does not begin with this one. */
function next(version: Version): Version {
  return version.map((part, i) => (i === version.length - 1 ? part + 1 : part));
}

/** Whether all versions of a span are in another. */
export function isWithin({ from, below }: VersionSpan, outer: VersionSpan): boolean {
  if (compareVersions(from, outer.from) < 0) return false;
  return outer.below === undefined || (below !== undefined && compareVersions(below, outer.below) <= 0);
}

/** Missing parts count as 0. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first version that has something, and the first that has it no more; without either none has it. */
export interface Lifetime {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Whether all versions of a span have it. */
export function isEverywhere({ since, until }: Lifetime, { from, below }: VersionSpan): boolean {
  const [first, end] = [since, until].map((text) => {
    const parsed = text === undefined ? undefined : parseVersion(text);
    return parsed?.ok === true ? parsed.value : undefined;
  });
  if (first === undefined && end === undefined) return false;
  return (
    (first === undefined || compareVersions(from, first) >= 0) &&
    (end === undefined || (below !== undefined && compareVersions(below, end) <= 0))
  );
}

export function spanIn(range: string): VersionSpan | undefined {
  const parsed = parseVersionRange(range);
  return parsed.ok ? spanOf(parsed.value) : undefined;
}

export function inRange(version: Version, range: VersionRange): boolean {
  return range.every(({ op, version: bound }) => {
    const order = compareVersions(version, bound);
    switch (op) {
      case ">=":
        return order >= 0;
      case ">":
        return order > 0;
      case "<":
        return order < 0;
      case "<=":
        return order <= 0 || bound.every((part, i) => version[i] === part);
      case "=":
        return bound.every((part, i) => (version[i] ?? 0) === part);
    }
  });
}
