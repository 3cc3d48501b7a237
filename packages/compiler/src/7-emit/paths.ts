/** Paths of the output: below their folder, and files of their own on every file system. */

/** Device names of Windows, which it does not let a file have, whatever its ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether it stays below its folder and any file system can hold it. */
export function isOutputPath(path: string): boolean {
  if (path.length === 0 || path.length > 240) return false;
  return path
    .split("/")
    .every((part) => /^[A-Za-z0-9_.@+-]+$/.test(part) && !/^\.+$/.test(part) && !part.endsWith(".") && !RESERVED.test(part));
}

/** Finds the path that another one would get in the way of: equal but for case, or a file where a folder has to be. */
export class PathSet {
  readonly #files = new Map<string, string>();
  readonly #folders = new Map<string, string>();

  /** Adds a path; the answer is the path in its way, if there is one. */
  add(path: string): string | undefined {
    const key = path.toLowerCase();
    const folders = foldersOf(key);
    const other =
      this.#files.get(key) ??
      this.#folders.get(key) ??
      folders.map((folder) => this.#files.get(folder)).find((found) => found !== undefined);
    if (other !== undefined) return other;
    this.#files.set(key, path);
    for (const folder of folders) this.#folders.set(folder, path);
    return undefined;
  }
}

/** `a/b/c` → `a`, `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
