/** Functions of Spark that exist, so that a mistyped one is told from one that is not supported yet. Not all: those that people write in expressions. */
export const SPARK_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "abs acos add_months array array_contains ascii asin atan avg base64 bigint bin boolean bround cbrt ceil ceiling char_length coalesce concat concat_ws contains cos count crc32 current_date current_timestamp " +
    "date date_add date_diff date_format date_sub date_trunc datediff day dayofmonth dayofweek dayofyear degrees double e element_at endswith exp explode expm1 factorial float floor format_number format_string from_json from_unixtime " +
    "get_json_object greatest hash hex hour if ifnull initcap instr int isnan isnotnull isnull last_day lcase least left length levenshtein ln locate log log10 log1p log2 lower lpad ltrim make_date make_timestamp max md5 min minute mod " +
    "month months_between nanvl negative next_day now nullif nvl nvl2 overlay pi pmod position positive pow power quarter radians rand regexp_extract regexp_like regexp_replace repeat replace reverse right round rpad rtrim second sha sha1 sha2 " +
    "shiftleft shiftright sign signum sin size smallint soundex split sqrt startswith string struct substr substring sum tan timestamp timestamp_micros timestamp_millis timestamp_seconds tinyint to_date to_timestamp to_json translate trim trunc " +
    "try_add try_cast try_divide try_multiply try_subtract try_to_timestamp typeof ucase unbase64 unhex unix_timestamp upper uuid weekday weekofyear width_bucket xxhash64 year zeroifnull"
  ).split(" "),
);
export const OUR_FUNCTIONS = ["nullif", "coalesce", "hour", "dayofweek", "try_add", "try_subtract", "try_multiply", "try_divide"] as const;
/** The operation that each of them tries. */
export const TRIES = { try_add: "+", try_subtract: "-", try_multiply: "*", try_divide: "/" } as const;
