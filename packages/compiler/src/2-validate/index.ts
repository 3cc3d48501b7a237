export { isRecord, valueAt, type Located } from "./places.js";
export { OF_THE_WHOLE, reportSchemaErrors, type SchemaError } from "./schema-errors.js";
export { corrected, type Slip } from "./slips.js";
export { checkTexts } from "./texts.js";
export { isSection, schemaErrors, shapeFor, validate, type Role } from "./validate.js";
export { foundIs } from "./words.js";
