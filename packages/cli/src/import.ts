/**
 * `import()` for the command. The bundle runs as a script that the engine has compiled before, and such scripts have no `import` of their own,
 * so the lean entry hands in its own under this name (code-cache.ts). Elsewhere, in tests say, the language's own is there.
 */
declare const MLSPEC_IMPORT: ((specifier: string) => Promise<unknown>) | undefined;

export const importModule: (specifier: string) => Promise<unknown> =
  typeof MLSPEC_IMPORT === "function" ? MLSPEC_IMPORT : (specifier) => import(specifier);
