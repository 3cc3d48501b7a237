/** Names in SQL: bare where Spark takes them so, else in backquotes. */
import { RESERVED } from "./reserved.js";

export function printName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `\`${name.replaceAll("`", "``")}\``;
}

/** Spark compares names of columns without regard to case. */
export function sameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

export function findName<T>(things: readonly T[], name: string, nameOf: (thing: T) => string): T | undefined {
  return things.find((thing) => nameOf(thing) === name) ?? things.find((thing) => sameName(nameOf(thing), name));
}
