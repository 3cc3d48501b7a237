import { mistake, ok, type Parsed } from "./result.js";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A hundred years: longer is a slip, and sums of such lengths stay exact. */
const LONGEST = 36_500 * 86_400_000;

/** Milliseconds. */
export function parseDuration(text: string): Parsed<number> {
  const [, digits = "", unit = ""] = /^(\d+)([a-zµ]*)$/.exec(text) ?? [];
  if (digits === "") return mistake(0, text.length, "a duration is a whole number and a unit, such as `10m`, `24h` or `7d`");
  const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (factor === undefined) {
    const problem = unit === "" ? "the unit is missing" : `\`${unit}\` is no unit`;
    return mistake(digits.length, unit.length, `${problem}: a duration ends in \`ms\`, \`s\`, \`m\` (minutes), \`h\`, \`d\` or \`w\``);
  }
  const value = Number(digits) * factor;
  return value > LONGEST ? mistake(0, text.length, "a duration is at most 100 years") : ok(value);
}

/** Milliseconds, at least a second: whoever looks more often does nothing else. */
export function parseTrigger(text: string): Parsed<number> {
  const found = parseDuration(text);
  return found.ok && found.value < 1000
    ? mistake(0, text.length, "a stream looks for new messages once a second (`1s`) at the most")
    : found;
}

/** Milliseconds as a person writes them: `1d 12h`, `10m`. */
export function printDuration(ms: number): string {
  let left = ms;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s", "ms"]) {
    const size = UNITS[unit] ?? 1;
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * size;
  }
  return parts.length === 0 ? "0s" : parts.join(" ");
}

/** A share from 0 to 1. */
export function parsePercent(text: string): Parsed<number> {
  const digits = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1];
  if (digits === undefined) return mistake(0, text.length, "a share is a number and `%`, such as `20%`");
  // Not divided: 99.9 / 100 is not 0.999.
  const value = Number(`${digits}e-2`);
  return value > 1 ? mistake(0, text.length, "a share is at most `100%`") : ok(value);
}

/** CPUs, in thousandths: `500m`, `2`, `0.5`. */
export function parseCpu(text: string): Parsed<number> {
  const [, digits = "", milli] = /^(\d+(?:\.\d{1,3})?)(m?)$/.exec(text) ?? [];
  if (digits === "" || (milli === "m" && digits.includes(".")))
    return mistake(0, text.length, "CPU is a number of cores, such as `2` or `0.5`, or of thousandths, such as `500m`");
  const value = milli === "m" ? Number(digits) : Math.round(Number(digits) * 1000);
  return value === 0 ? mistake(0, text.length, "CPU is more than 0") : ok(value);
}

const MEMORY: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** Bytes. */
export function parseMemory(text: string): Parsed<number> {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = Object.hasOwn(MEMORY, unit) ? MEMORY[unit] : undefined;
  if (digits === "") return mistake(0, text.length, "memory is a number and a unit, such as `1Gi` or `512Mi`");
  if (factor === undefined) {
    const problem = unit === "" ? "the unit is missing" : `\`${unit}\` is no unit`;
    return mistake(digits.length, unit.length, `${problem}: memory ends in \`Mi\`, \`Gi\`, \`Ti\` (or \`M\`, \`G\`, \`T\`)`);
  }
  const value = Math.ceil(Number(digits) * factor);
  return value < 1024 * 1024 ? mistake(0, text.length, "memory is at least `1Mi`") : ok(value);
}
