export { badName } from "./names.js";
export { isRecord, located, valueAt, type Located } from "./places.js";
export { checkText } from "./texts.js";
export { checkSchema, shapeFor, validate, type Role } from "./validate.js";
export { foundIs, shapeOf } from "./words.js";
