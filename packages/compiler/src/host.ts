/** The ports through which the outside is seen. All synchronous, so that every phase is; all paths are below the project folder, with `/`. */

export interface Host {
  /** Bytes of a file; undefined where there is none (or a folder). */
  read(path: string): Uint8Array | undefined;
  /** Paths of the files that a glob matches (`*`, `**`, `?`, `[a-z]`, `{a,b}`), sorted. */
  list(glob: string): readonly string[];
}

export interface FileStat {
  readonly kind: "file" | "folder" | "other";
  readonly size: number;
}

/** What `write` needs: the only side effects of the compiler. */
export interface OutputHost extends Host {
  stat(path: string): FileStat | undefined;
  /** Writes a whole file and makes it durable before it returns; folders must exist. */
  write(path: string, bytes: Uint8Array): void;
  /** Replaces the target atomically. */
  rename(from: string, to: string): void;
  /** Removes a file, or an empty folder. Nothing happens where there is none. */
  remove(path: string): void;
  /** Makes a folder and the folders above it. */
  mkdir(path: string): void;
  /** Names in a folder, sorted; empty where there is none. */
  names(path: string): readonly string[];
}

/** What a run has looked at: everything that its answer depends on. */
export interface Reads {
  readonly files: readonly string[];
  /** Looked for, and not there. */
  readonly absent: readonly string[];
  readonly listings: readonly { readonly glob: string; readonly paths: readonly string[] }[];
}

/** A host that remembers what was asked of it, and answers the same question the same way. */
export function recording(host: Host): { readonly host: Host; reads(): Reads } {
  const files = new Map<string, Uint8Array | undefined>();
  const listings = new Map<string, readonly string[]>();
  const read = (path: string): Uint8Array | undefined => {
    if (!files.has(path)) files.set(path, host.read(path));
    return files.get(path);
  };
  const list = (glob: string): readonly string[] => {
    const paths = listings.get(glob) ?? host.list(glob);
    listings.set(glob, paths);
    return paths;
  };
  const named = (there: boolean): readonly string[] =>
    [...files]
      .filter(([, bytes]) => (bytes !== undefined) === there)
      .map(([path]) => path)
      .sort();
  return {
    host: { read, list },
    reads: () => ({
      files: named(true),
      absent: named(false),
      listings: [...listings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([glob, paths]) => ({ glob, paths })),
    }),
  };
}
