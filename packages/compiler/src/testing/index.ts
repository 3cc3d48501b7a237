export { emptyIr } from "./empty-ir.js";
export { crashing, memoryHost, type MemoryHost } from "./memory-host.js";
