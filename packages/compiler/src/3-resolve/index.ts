export type { MergedEnvironment } from "./environment.js";
export type { ProjectFile } from "./files.js";
export { resolve, type Resolution, type ResolvedEnvironment } from "./resolve.js";
export type { SymbolTable } from "./symbols.js";
export { reportUnknowns } from "./references.js";
export type { Unknowns } from "./unknown.js";
