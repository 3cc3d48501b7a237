/** Spark's error conditions that the binder finds: the code that each has here, and what it says, without its full stop. */
import { quote } from "./define.js";

type Args = Readonly<Record<string, string>>;
export type SqlCode =
  | "sql-unresolved-column"
  | "unknown-function"
  | "sql-ambiguous-reference"
  | "sql-missing-aggregation"
  | "sql-datatype-mismatch"
  | "sql-wrong-arguments"
  | "sql-column-count"
  | "sql-misplaced"
  | "sql-invalid-clause";

interface Condition {
  readonly code: SqlCode;
  readonly say: (args: Args) => string;
}

const name = (args: Args): string => quote(args["name"] ?? "");
const call = (args: Args): string => quote(`${args["name"] ?? ""}()`);
const type = (args: Args): string => args["type"] ?? "of another type";
const sides = (args: Args): string => `${args["left"] ?? ""} with ${args["right"] ?? ""}`;
const listed = (args: Args): string => (args["types"] ?? "").replace(/, ([^,]*)$/, " and $1");
const all = (code: SqlCode, says: Readonly<Record<string, Condition["say"]>>): Readonly<Record<string, Condition>> =>
  Object.fromEntries(Object.entries(says).map(([condition, say]) => [condition, { code, say }]));

const OPERATORS: Readonly<Record<string, string>> = { not: "NOT", and: "AND", or: "OR", like: "LIKE", ilike: "ILIKE", rlike: "RLIKE" };
const operator = (args: Args): string => quote(OPERATORS[args["op"] ?? ""] ?? args["op"] ?? "");

const ORDINALS = ["first", "second", "third"];

/** A function or an operator that does not take its operands. */
function unexpected(args: Args): string {
  if (args["op"] !== undefined) return `${operator(args)} does not take ${args["type"]}`;
  if (/^mask\.(keyed_hash|tokenise)$/.test(args["name"] ?? ""))
    return `${call(args)} takes text, not ${listed(args)}. Write \`CAST(… AS STRING)\``;
  if (args["name"] === undefined) return `A value of type ${type(args)} cannot stand here`;
  if (args["types"] === "") return `${call(args)} takes arguments`;
  const place = args["place"] === undefined ? "" : ` as its ${ORDINALS[Number(args["place"]) - 1] ?? `${args["place"]}th`} argument`;
  return `${call(args)} does not take ${listed(args)}${place}`;
}

const argument = (args: Args): string => `The ${ORDINALS[Number(args["place"] ?? "2") - 1] ?? "last"} argument of ${call(args)}`;
const ranged = (args: Args): string => `${argument(args)} is ${args["expected"] ?? "of another size"}`;
const read =
  (what: string) =>
  (args: Args): string =>
    `${call(args)} makes ${what} of a text, not ${type(args)}`;

const columns = all("sql-unresolved-column", {
  "UNRESOLVED_COLUMN.WITH_SUGGESTION": (args) =>
    args["qualifier"] === undefined
      ? `There is no column ${name(args)} here`
      : `${quote(args["qualifier"])} is no table or alias of this query`,
  "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION": (args) => `There is no column ${name(args)} here, for no table is read`,
  UNRESOLVED_USING_COLUMN_FOR_JOIN: (args) => `One side of this join has no column ${name(args)}`,
  FIELD_NOT_FOUND: (args) => `There is no field ${name(args)} in this struct`,
  CANNOT_RESOLVE_STAR_EXPAND: (args) =>
    args["name"] === undefined
      ? `Only a table or a struct has columns that a star stands for; this is ${type(args)}`
      : `${name(args)} is no table or alias of this query`,
});

const functions = all("unknown-function", {
  UNRESOLVED_ROUTINE: (args) => args["name"] ?? "",
  UNRESOLVABLE_TABLE_VALUED_FUNCTION: (args) => args["name"] ?? "",
});

const ambiguous = all("sql-ambiguous-reference", {
  AMBIGUOUS_REFERENCE: (args) => `${name(args)} is in several of the tables that are read here. Write the table before it`,
  AMBIGUOUS_REFERENCE_TO_FIELDS: (args) => `The struct has several fields ${name(args)}. Give them names of their own`,
  AMBIGUOUS_LATERAL_COLUMN_ALIAS: (args) => `Several items of this SELECT are named ${name(args)}. Give them names of their own`,
});

const grouping = all("sql-missing-aggregation", {
  MISSING_AGGREGATION: (args) =>
    `${args["name"] === "" ? "This" : name(args)} is neither grouped by nor inside an aggregate. Add it to GROUP BY, or take one value of a group, such as with \`max(…)\``,
  MISSING_GROUP_BY: (args) =>
    `${args["name"] === "" ? "This" : name(args)} stands beside an aggregate of all rows. Add GROUP BY, or take one value, such as with \`max(…)\``,
  UNRESOLVED_ALL_IN_GROUP_BY: (args) =>
    `GROUP BY ALL does not tell whether ${name(args)}, beside an aggregate in one item, is grouped by. Write the columns of GROUP BY`,
});

const types = all("sql-datatype-mismatch", {
  "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES": (args) =>
    args["left"] === undefined
      ? `A value of type ${type(args)} cannot be compared with what stands after CASE`
      : `${args["op"] === undefined ? "This does not go together:" : `${operator(args)} does not take`} ${args["left"]} and ${args["right"] ?? ""}. Convert one with \`CAST(… AS …)\``,
  "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE": (args) => `${operator(args)} does not take ${args["left"] ?? ""}`,
  "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION": (args) => `${args["from"] ?? ""} cannot be cast to ${args["to"] ?? ""}`,
  "DATATYPE_MISMATCH.DATA_DIFF_TYPES": (args) => `No type holds all of these: ${listed(args)}. Convert them with \`CAST(… AS …)\``,
  "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN": (args) => `A condition is a boolean; this is ${type(args)}`,
  JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE: (args) => `The condition of a join is a boolean; this is ${type(args)}`,
  "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE": (args) => `Values of type ${type(args)} have no order`,
  GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE: (args) => `Rows cannot be grouped by values of type ${type(args)}`,
  "DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH": (args) => `IN compares ${sides(args)}`,
  "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT": (args) => `${call(args)} takes a constant here, not a value that differs from row to row`,
  "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE": unexpected,
  "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE": ranged,
  "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION": ranged,
  "COLLATION_MISMATCH.EXPLICIT": (args) =>
    `These go by two collations, ${args["left"] ?? ""} and ${args["right"] ?? ""}. Write one of them`,
  FAILED_FUNCTION_CALL: ranged,
  _LEGACY_ERROR_TEMP_1104: (args) => `${argument(args)} is a constant fraction, such as \`0.05\``,
  "DATATYPE_MISMATCH.UNEXPECTED_NULL": (args) => `${argument(args)} cannot be NULL`,
  "DATATYPE_MISMATCH.INVALID_JSON_SCHEMA": read("a struct, an array or a map"),
  "DATATYPE_MISMATCH.INVALID_XML_SCHEMA": read("a struct"),
  "DATATYPE_MISMATCH.INVALID_JSON_MAP_KEY_TYPE": (args) => `Keys of maps in JSON are strings; this is ${type(args)}`,
  "INVALID_SCHEMA.NON_STRUCT_TYPE": read("a struct"),
  "INVALID_SCHEMA.NON_STRING_LITERAL": (args) => `${call(args)} takes its schema as a text, such as \`'id BIGINT, name STRING'\``,
  PARSE_EMPTY_STATEMENT: (args) => `The schema of ${call(args)} is empty. Write its fields, such as \`'id BIGINT, name STRING'\``,
  PARSE_SYNTAX_ERROR: (args) => `The schema of ${call(args)} cannot be read. Write fields such as \`'id BIGINT, name STRING'\`, or a type`,
  "INVALID_OPTIONS.NON_MAP_FUNCTION": (args) => `The options of ${call(args)} are a map: \`map('mode', 'FAILFAST')\``,
  "INVALID_OPTIONS.NON_STRING_TYPE": (args) => `The options of ${call(args)} are texts; this is ${type(args)}`,
  CANNOT_PARSE_INTERVAL: (args) => `${argument(args)} is no length of time. Write it like \`'1 hour 30 minutes'\``,
  _LEGACY_ERROR_TEMP_3231: (args) => `${argument(args)} is in months or years, which are not always as long. Write weeks or days`,
  _LEGACY_ERROR_TEMP_1207: (args) => `${argument(args)} is a text that stands here as it is, such as \`'1 hour'\``,
  _LEGACY_ERROR_TEMP_1040: (args) => `The gap of ${call(args)} is a text, such as \`'30 minutes'\`; this is ${type(args)}`,
  _LEGACY_ERROR_TEMP_1035: (args) => `${call(args)} takes how many rows it goes as a constant int; this is ${listed(args)}`,
  "DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE": (args) => `The lambda of ${call(args)} gives an int`,
  "DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE": (args) => `A RANGE frame takes no distance in values of type ${type(args)}`,
  "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE": (args) => `The bound of a frame cannot be ${type(args)}`,
  "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_DIFF_TYPES": () => "Both bounds of a frame are of one type",
  COLUMN_IS_NOT_VARIANT_TYPE: (args) => `Only a variant has paths after \`:\`; this is ${type(args)}`,
  INVALID_EXTRACT_BASE_FIELD_TYPE: (args) => `A value of type ${type(args)} has no fields or items to take`,
  INCOMPATIBLE_COLUMN_TYPE: (args) =>
    `The queries give ${args["left"] ?? ""} and ${args["right"] ?? ""} for one column. Convert one with \`CAST(… AS …)\``,
  "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE": (args) =>
    `Rows with ${args["type"] === undefined ? "maps" : `a ${args["type"]}`} cannot be compared, so DISTINCT and set operations do not take them`,
  "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE": (args) => `The rows of VALUES have several types for the column ${name(args)}`,
  UNPIVOT_VALUE_DATA_TYPE_MISMATCH: () =>
    "The columns of UNPIVOT have no common type. Convert them with `CAST(… AS …)` in a query below it",
});

const wrongArguments = all("sql-wrong-arguments", {
  "WRONG_NUM_ARGS.WITHOUT_SUGGESTION": (args) =>
    `${call(args)} takes ${args["expected"] === undefined ? "another number of" : args["expected"]} argument${args["expected"] === "1" || args["expected"] === "at least 1" ? "" : "s"}${args["found"] === undefined ? "" : `, not ${args["found"]}`}`,
  "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION": (args) => `${call(args)} takes no lambda`,
  "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH": (args) => `The lambda of ${call(args)} takes another number of arguments`,
  "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX": (args) =>
    args["what"] === "FILTER"
      ? `${call(args)} takes no FILTER here: aggregates without OVER do. Put the condition into the argument, with \`CASE WHEN … THEN … END\``
      : `${call(args)} takes no ${args["what"] === undefined ? "WITHIN GROUP" : `${args["what"]}: aggregates do`}`,
  "INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING": (args) =>
    `${call(args)} needs to know what it is of. Add \`WITHIN GROUP (ORDER BY …)\``,
  "INVALID_WITHIN_GROUP_EXPRESSION.WRONG_NUM_ORDERINGS": (args) =>
    args["expected"] === "0"
      ? `${call(args)} of an argument takes no WITHIN GROUP`
      : `${call(args)} is sorted by one value in WITHIN GROUP`,
  "INVALID_WITHIN_GROUP_EXPRESSION.DISTINCT_UNSUPPORTED": (args) => `${call(args)} takes no DISTINCT`,
  "INVALID_WITHIN_GROUP_EXPRESSION.MISMATCH_WITH_DISTINCT_INPUT": (args) =>
    `${call(args)} with DISTINCT is sorted by its own values only. Write the same value in WITHIN GROUP`,
  INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC: (args) => `${call(args)} over a window takes no order and no frame. Leave PARTITION BY alone`,
  NAMED_PARAMETERS_NOT_SUPPORTED: (args) => `${call(args)} takes no arguments by name. Write them in their order`,
  UNRECOGNIZED_PARAMETER_NAME: (args) =>
    `${call(args)} has no parameter ${quote(args["parameter"] ?? "")}. There is ${(args["known"] ?? "").replace(/, ([^,]*)$/, " and $1")}`,
  UNEXPECTED_POSITIONAL_ARGUMENT: () => "Arguments by name come after all others",
  "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED": (args) =>
    `${call(args)} is given ${quote(args["parameter"] ?? "")} twice`,
  "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE": (args) =>
    `${call(args)} is given ${quote(args["parameter"] ?? "")} twice`,
  REQUIRED_PARAMETER_NOT_FOUND: (args) => `${call(args)} needs ${quote(args["parameter"] ?? "")}`,
  _LEGACY_ERROR_TEMP_1021: (args) => `${call(args)} takes \`*\`, not the star of one table. Write \`count(*)\``,
});

const counts = all("sql-column-count", {
  NUM_COLUMNS_MISMATCH: (args) =>
    `The queries of a set operation have the same number of columns; the first has ${args["left"] ?? ""}, this one ${args["right"] ?? ""}`,
  ASSIGNMENT_ARITY_MISMATCH: (args) => `There are ${args["left"] ?? ""} names for ${args["right"] ?? ""} columns`,
  UDTF_ALIAS_NUMBER_MISMATCH: (args) =>
    args["left"] === undefined
      ? "Several names are for what gives several columns, and this gives one"
      : `There are ${args["left"]} names for ${args["right"] ?? ""} columns`,
  "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH": () => "The rows of VALUES have the same number of columns; this one has another",
  "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN": (args) =>
    `A subquery that stands for a value gives one column; this gives ${args["count"] ?? "several"}`,
  "DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH": (args) =>
    `IN has ${args["left"] ?? ""} on its left; the subquery gives ${args["right"] ?? ""} columns`,
});

const misplaced = all("sql-misplaced", {
  "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_REFERENCE": () =>
    "A subquery that aggregates takes columns of the query around it in WHERE only. Compute with them outside of it",
  PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION: (args) => `An aggregate cannot stand in \`|> ${args["op"] ?? ""}\`. Write \`|> AGGREGATE\``,
  "UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE": () =>
    "A window cannot stand in `|> AGGREGATE`. Compute it behind, in `|> EXTEND`",
  PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION: () =>
    "This is no aggregate, and `|> AGGREGATE` takes only aggregates before its GROUP BY. What is grouped by comes out by itself",
  INVALID_WHERE_CONDITION: (args) =>
    `WHERE looks at single rows, and ${call(args)} at many. Filter by it with HAVING, or in a query around this one`,
  GROUP_BY_AGGREGATE: (args) => `Rows cannot be grouped by an aggregate such as ${call(args)}. Compute it in a query below`,
  NESTED_AGGREGATE_FUNCTION: (args) => `${call(args)} stands inside another aggregate. Compute one of them in a query below`,
  _LEGACY_ERROR_TEMP_1031: (args) => `The window of ${call(args)} stands inside an aggregate. Compute it in a query below`,
  UNSUPPORTED_EXPR_FOR_OPERATOR: (args) =>
    `${args["name"] === undefined ? "This" : call(args)} cannot stand in this clause. Compute it in a query below, and name its column here`,
  UNSUPPORTED_EXPR_FOR_WINDOW: (args) => `${call(args)} takes no OVER: it is neither an aggregate nor a window function`,
  MISSING_WINDOW_SPECIFICATION: (args) => `There is no window ${name(args)}. Define it with WINDOW, or write the window in brackets`,
  WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE: (args) => `${call(args)} is a window function: it needs \`OVER (…)\``,
  WINDOW_FUNCTION_WITHOUT_ORDER: (args) => `${call(args)} needs an order. Add ORDER BY to its window`,
  WINDOW_FUNCTION_AND_FRAME_MISMATCH: (args) => `${call(args)} looks at its whole partition, and takes no frame`,
  DISTINCT_WINDOW_FUNCTION_UNSUPPORTED: (args) => `${call(args)} over a window takes no DISTINCT`,
  "INVALID_AGGREGATE_FILTER.CONTAINS_WINDOW_FUNCTION": (args) => `FILTER of ${call(args)} takes no window function`,
  "UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_WINDOW": (args) =>
    `${name(args)} is an alias of this SELECT, which a window cannot name. Repeat its expression, or make it in a query below`,
  "UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_AGGREGATE_FUNC": (args) =>
    `${name(args)} is an alias of this SELECT, which an aggregate cannot name. Repeat its expression, or make it in a query below`,
  "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS": () =>
    "What makes several rows stands alone. Make the rows in a query below, and compute with their columns here",
  "UNSUPPORTED_GENERATOR.OUTSIDE_SELECT": (args) => `${call(args)} makes rows: it stands in SELECT or LATERAL VIEW`,
  "UNSUPPORTED_GENERATOR.NOT_GENERATOR": () => "LATERAL VIEW takes what makes rows, such as `explode(…)`",
  NOT_A_SCALAR_FUNCTION: (args) => `${call(args)} gives a table: it stands in FROM`,
  NOT_A_TABLE_FUNCTION: (args) => `${call(args)} gives a value, no table: it stands in SELECT`,
  "UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_PYTHON_UDF": (args) =>
    `${call(args)} cannot stand in a lambda. Make a row of each element with \`explode\` in a query below, and mask that`,
  "UNSUPPORTED_FEATURE.PYTHON_UDF_IN_ON_CLAUSE": (args) =>
    `${call(args)} cannot look at both sides of a join in its condition. Mask in a query below, and compare here`,
  "INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE": (args) =>
    `${call(args)} cannot stand in VALUES. Mask in a query around it`,
  _MASK_IN_ITSELF: (args) => `${call(args)} stands inside another one. The wider bucket alone says the same`,
  INVALID_USAGE_OF_STAR_OR_REGEX: () => "A star cannot stand here: there is nothing that it stands for",
  INVALID_PIVOT_AGGREGATE: () => "PIVOT takes aggregates, such as `sum(amount)`",
});

const clauses = all("sql-invalid-clause", {
  GROUP_BY_POS_OUT_OF_RANGE: (args) => `There is no column ${args["place"] ?? ""} among the ${args["count"] ?? ""} of SELECT to group by`,
  ORDER_BY_POS_OUT_OF_RANGE: (args) => `There is no column ${args["place"] ?? ""} among the ${args["count"] ?? ""} of SELECT to sort by`,
  UNSUPPORTED_GROUPING_EXPRESSION: () => "`grouping` is for GROUPING SETS, CUBE and ROLLUP",
  GROUPING_COLUMN_MISMATCH: () => "`grouping` takes columns that are grouped by",
  _LEGACY_ERROR_TEMP_1039: () => "Rows are grouped by one time window only",
  NON_LITERAL_PIVOT_VALUES: () => "The values of PIVOT are constants",
  DUPLICATED_CTE_NAMES: (args) => `WITH has ${name(args)} twice. Rename one`,
  EXCEPT_NESTED_COLUMN_INVALID_TYPE: (args) => `${name(args)} has no fields that EXCEPT could leave out; it is ${type(args)}`,
  EXCEPT_OVERLAPPING_COLUMNS: (args) => `EXCEPT has ${name(args)} twice`,
  "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE": () => "LIMIT and OFFSET are constants",
  "INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE": () => "LIMIT and OFFSET are whole numbers",
  "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE": () => "LIMIT and OFFSET are not negative",
  "DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER": () => "A RANGE frame with a distance is ordered by one column",
  "DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER": () => "A RANGE frame needs ORDER BY",
  "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE": () => "The bounds of a frame are constants",
  "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON": () => "A frame begins before it ends",
});

export const SQL_CONDITIONS: ReadonlyMap<string, Condition> = new Map(
  [columns, functions, ambiguous, grouping, types, wrongArguments, counts, misplaced, clauses].flatMap((part) => Object.entries(part)),
);
