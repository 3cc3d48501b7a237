/** Tells when an input of a compilation changes: by the folders that its files are in, and where new ones could appear. */
import { existsSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname, join } from "node:path";
import type { Reads } from "@mlspec/compiler";

/** Editors write a file in several steps. */
const SETTLED = 100;

export interface Watching {
  /** Resolves when an input is another one than when this was opened. */
  readonly changed: Promise<void>;
  close(): void;
}

export function watchInputs(project: string, reads: Reads, list: (glob: string) => readonly string[]): Watching {
  const files = [...new Set([...reads.files, ...reads.absent, ...reads.listings.flatMap(({ paths }) => paths)])];
  const bases = reads.listings.map(({ glob }) => glob.replace(/[^/]*[*?[{].*$/, "").replace(/\/$/, ""));
  const folders = [...new Set([...files.map((file) => dirname(file)), ...bases, "."])].filter((folder) =>
    existsSync(join(project, folder)),
  );
  const fingerprint = (): string =>
    JSON.stringify([
      files.map((file) => {
        const found = statSync(join(project, file), { throwIfNoEntry: false });
        return found === undefined ? file : [file, found.mtimeMs, found.size];
      }),
      reads.listings.map(({ glob }) => list(glob)),
    ]);
  const before = fingerprint();
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  const close = (): void => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
  const changed = new Promise<void>((resolve) => {
    const look = (): void => {
      if (fingerprint() === before) return;
      close();
      resolve();
    };
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLED);
    };
    for (const folder of folders) watchers.push(watch(join(project, folder), soon).on("error", soon));
    // What changed while the watchers were set up.
    soon();
  });
  return { changed, close };
}
