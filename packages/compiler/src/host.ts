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
