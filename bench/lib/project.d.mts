/** Texts by path of a made-up project with that many definitions, a multiple of ten. */
export function madeUpProject(definitions: number): Readonly<Record<string, string>>;
