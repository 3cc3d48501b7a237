/** Files that come with the command: beside the bundle once it is built, in the repository while it is developed. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder with `init/`, `requirements/` and the runner. */
export function asset(name: "init" | "requirements" | "runner"): string {
  const places = [join(__dirname, name), join(__dirname, "..", name), join(__dirname, "..", "..", "..", "templates", name)];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`this installation of mlspec lacks ${name}`);
  return found;
}
