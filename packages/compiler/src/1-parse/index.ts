export { decode } from "./decode.js";
export type { Document, Path } from "./document.js";
export { parse } from "./parse.js";
