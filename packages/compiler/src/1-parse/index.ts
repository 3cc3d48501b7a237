export { decode, type Decoded } from "./decode.js";
export type { Document, Path, ScalarStyle } from "./document.js";
export { parse, SIZE_LIMIT } from "./parse.js";
