/** Where a project lies in its repository: services that show findings count paths from the repository's root. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** The root: the workspace of a GitHub workflow where the project is in it, else the nearest folder upwards that git knows; undefined where there is none. */
export function repositoryOf(folder: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const real = realpathSync(folder);
  const workspace = env["GITHUB_WORKSPACE"];
  if (workspace !== undefined && workspace !== "" && existsSync(workspace) && below(realpathSync(workspace), real) !== undefined)
    return realpathSync(workspace);
  // In a linked work tree or a submodule `.git` is a file.
  for (let at = real; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** The project's folder below the root: `""`, or with `/` at its end. */
export function prefixIn(root: string | undefined, folder: string): string {
  const path = root === undefined ? undefined : below(root, realpathSync(folder));
  return path === undefined || path === "" ? "" : `${path}/`;
}

function below(root: string, folder: string): string | undefined {
  const path = relative(root, folder);
  return path === ".." || path.startsWith(`..${sep}`) || (sep === "\\" && /^[a-z]:/i.test(path)) ? undefined : path.split(sep).join("/");
}
