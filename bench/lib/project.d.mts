import type { LoadedEmitter } from "@mlspec/compiler";

/** Texts by path of a made-up project with that many definitions, a multiple of ten. */
export function madeUpProject(definitions: number): Readonly<Record<string, string>>;

/** For its one target: it writes a note. */
export const emitters: Readonly<Record<string, LoadedEmitter>>;
