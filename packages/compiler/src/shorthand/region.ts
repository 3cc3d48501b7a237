import { mistake, ok, type Parsed } from "./result.js";

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

/** A region of Amazon's cloud. Which ones there are is not ours to know. */
export function parseRegion(text: string): Parsed<string> {
  if (REGION.test(text)) return ok(text);
  const region = text.slice(0, -1);
  const reason =
    /[a-z]$/.test(text) && REGION.test(region)
      ? `\`${text}\` is a zone; its region is \`${region}\``
      : "a region of AWS is an area, a direction and a number, such as `eu-west-1`";
  return mistake(0, text.length, reason);
}

/** A region, or the beginning of several with a `*` behind it. */
export function parseRegionPattern(text: string): Parsed<string> {
  if (/^[a-z]{2,4}(?:-[a-z]+)*-?\*$/.test(text) || REGION.test(text)) return ok(text);
  return mistake(0, text.length, "regions are written `eu-west-1`, or `eu-*` for all that begin so");
}

/** Whether a region is one of those that a pattern stands for. */
export function isRegionIn(region: string, pattern: string): boolean {
  return pattern.endsWith("*") ? region.startsWith(pattern.slice(0, -1)) : region === pattern;
}

/** The region that the name of one of Amazon's servers says; caches have short forms of theirs, such as `euw1`. */
export function regionOfHost(host: string, region: string): string | undefined {
  if (!/\.amazonaws\.com(?:\.cn)?$/i.test(host)) return undefined;
  const labels = host.toLowerCase().split(".");
  const named = labels.find((label) => REGION.test(label));
  if (named !== undefined) return named;
  const [short] = labels.slice(labels.indexOf("cache") - 1);
  if (!labels.includes("cache") || short === undefined || !/^[a-z]+\d$/.test(short)) return undefined;
  return short === shortened(region) ? region : short;
}

/** `eu-west-1` as `euw1`, `ap-southeast-2` as `apse2`. */
function shortened(region: string): string {
  const [area = "", ...rest] = region.split("-");
  const directions = rest.slice(0, -1).map((part) => part.replaceAll(/([nsewc])(?:orth|outh|ast|est|entral)/g, "$1"));
  return [area, ...directions, rest.at(-1)].join("");
}
