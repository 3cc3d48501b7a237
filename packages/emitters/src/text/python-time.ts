import { call, literal, type Py } from "./python.js";

const UNITS = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1000],
  ["milliseconds", 1],
] as const;

/** `timedelta(days=1, minutes=10)`. */
export function timedelta(milliseconds: number): Py {
  let left = milliseconds;
  const parts: Record<string, Py> = {};
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) parts[unit] = literal(count);
    left -= count * size;
  }
  return call("timedelta", [], Object.keys(parts).length === 0 ? { milliseconds: literal(0) } : parts);
}
