export { createSqlParser, type RawSqlInstance } from "./sql-adapter/parser.js";
export type { SqlParser, SqlProblem, SqlQuery, SqlResult } from "./sql-port.js";
