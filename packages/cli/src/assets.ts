/** Files that come with the command: beside the bundle once it is built, in the repository while it is developed. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder of the starters, of the pages of codes, of requirements or of the runner. */
export function asset(name: "init" | "pages" | "requirements" | "runner"): string {
  const root = join(__dirname, "..", "..", "..");
  const inRepository = name === "pages" ? join(root, "docs", "diagnostics") : join(root, "templates", name);
  const places = [join(__dirname, name), join(__dirname, "..", name), inRepository];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`this installation of mlspec lacks ${name}`);
  return found;
}
