export { createSqlParser, type RawSqlInstance } from "./sql-adapter/parser.js";
export type { SqlParser, SqlProblem, SqlQuery, SqlResult } from "./sql-port.js";
export type * from "./data-type.js";
export { defineEmitter } from "./emitter.js";
export type * from "./emitter.js";
export type * from "./ir.js";
export type * from "./4-analyze/expr/ast.js";
export type * from "./spec.js";
