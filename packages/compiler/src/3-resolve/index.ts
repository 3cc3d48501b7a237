export type { MergedEnvironment, ValueOrigin } from "./environment.js";
export type { ProjectFile } from "./files.js";
export { resolve, type Resolution, type ResolvedEnvironment } from "./resolve.js";
export { find, namesOf, namespaceOf, type Definition, type SymbolTable } from "./symbols.js";
export { substitute, type Vars, type VarValue } from "./vars.js";
