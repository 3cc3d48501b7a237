import type { Ir } from "@mlspec/compiler";
import { placesOf } from "../places.js";

/** A pattern of a `.dockerignore` that matches this path and no other. */
export function ignorePattern(path: string): string {
  return path.replace(/[\\*?[\]]/g, "\\$&");
}

/** An allow-list: the build context holds these files of the project and nothing else. */
export function allowList(paths: readonly string[]): string {
  const lines = [...new Set(paths)].sort().map((path) => `!${ignorePattern(path)}`);
  return ["# Only what the image copies.", "*", ...lines, ""].join("\n");
}

/** What to copy for files of the user: whole folders of the project, or files that stand in it. */
export function topLevel(paths: readonly string[]): readonly { readonly name: string; readonly folder: boolean }[] {
  const tops = new Map(paths.map((path) => [path.split("/")[0] ?? path, path.includes("/")]));
  return [...tops].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => ({ name, folder }));
}

/** How programs reach the storage and what sources read, which needs packages of its own. */
export function storageKind(ir: Ir): "local" | "s3" | "other" {
  const kinds = placesOf(ir).map(kindOf);
  return kinds.find((kind) => kind === "other") ?? kinds.find((kind) => kind === "s3") ?? "local";
}

/** A place that images have no packages for. */
export function unreachable(ir: Ir): string | undefined {
  return placesOf(ir).find((path) => kindOf(path) === "other");
}

function kindOf(path: string): "local" | "s3" | "other" {
  const scheme = /^([a-z0-9]+):\/\//.exec(path)?.[1];
  if (scheme === undefined || scheme === "file") return "local";
  return scheme === "s3" || scheme === "s3a" ? "s3" : "other";
}
