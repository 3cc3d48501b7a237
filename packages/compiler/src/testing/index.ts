export { emptyIr } from "./empty-ir.js";
export { matchGlob } from "./glob.js";
export { crashing, memoryHost, type MemoryHost } from "./memory-host.js";
