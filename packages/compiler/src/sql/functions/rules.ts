/** Results that a pattern cannot say: by name of the rule in the tables. */
import type { Bound } from "../bind/bound.js";
import { allNullable, anyNullable } from "../bind/bound.js";
import { resultType } from "../bind/operators.js";
import { canCast, canStore, castNullable, common, decimalFor } from "../coerce.js";
import {
  BIGINT,
  decimal,
  DOUBLE,
  FIRST_DAY_TIME,
  hasUnknown,
  interval,
  isDayTime,
  isIntegral,
  isNumeric,
  sameType,
  STRING,
  unknown,
  type SqlType,
} from "../types.js";
import { durationIn } from "./durations.js";
import { castTo, NESTED_RULES } from "./nested-rules.js";
import { intValue, type Answer, type Rule, type RuleInput } from "./rule.js";

const CASTS: Readonly<Record<string, SqlType>> = { decimal: decimal(10, 0) };

const cast: Rule = ({ name, args: [value] }) => {
  const type = CASTS[name] ?? ({ kind: name } as SqlType);
  if (name === "decimal" && value?.type.kind === "decimal") return { type, nullable: undefined };
  return value && canCast(value.type, type) ? { type, nullable: castNullable(value, type) } : undefined;
};

const round: Rule = ({ args, types }) => {
  const [type] = types;
  const scale = args[1] === undefined ? 0 : intValue(args[1]);
  if (type?.kind !== "decimal") return type;
  if (scale === undefined) return unknown("how many digits are kept is not known");
  const whole = type.precision - type.scale + 1;
  if (scale < 0) return decimal(Math.min(38, Math.max(whole, -scale + 1)), 0);
  return decimal(Math.min(38, whole + Math.min(type.scale, scale)), Math.min(type.scale, scale));
};

const ceil: Rule = (input) => {
  const [type] = input.types;
  if (input.args.length === 2) {
    if (input.args[0]?.type.kind === "string") return roundedDecimal(decimal(38, 18), intValue(input.args[1]) ?? 0);
    if (type?.kind === "decimal") return round(input);
    const scale = intValue(input.args[1]);
    return type === undefined || scale === undefined ? unknown("how many digits are kept is not known") : roundedDecimal(type, scale);
  }
  if (type?.kind === "decimal") return type.scale === 0 ? type : decimal(Math.min(38, type.precision - type.scale + 1), 0);
  return BIGINT;
};

function roundedDecimal(type: SqlType, scale: number): SqlType {
  const from = type.kind === "decimal" ? type : decimalFor(type);
  const whole = from.precision - from.scale + 1;
  if (scale < 0) return decimal(Math.min(38, Math.max(whole, -scale + 1)), 0);
  return decimal(Math.min(38, whole + Math.min(from.scale, scale)), Math.min(from.scale, scale));
}

const operation =
  (op: "+" | "-" | "*" | "/" | "%" | "div"): Rule =>
  ({ args }) => {
    const [left, right] = args;
    return left && right && resultType(op, left, right);
  };

const coalesce: Rule = ({ args }) => {
  const type = common(args.map((arg) => arg.type));
  return type && { type, nullable: allNullable(castTo(args, type)) };
};

const sum: Rule = ({ types: [type] }) => {
  if (type === undefined || type.kind === "unknown") return type;
  if (type.kind === "decimal") return adjustedSum(type.precision + 10, type.scale);
  if (type.kind === "interval") return type;
  return isIntegral(type) ? BIGINT : DOUBLE;
};
const adjustedSum = (precision: number, scale: number): SqlType => decimal(Math.min(38, precision), Math.min(38, scale));

const avg: Rule = ({ types: [type] }) => {
  if (type === undefined || type.kind === "unknown") return type;
  if (type.kind === "decimal") return decimal(Math.min(38, type.precision + 4), Math.min(38, type.scale + 4));
  if (type.kind === "interval") return type.start < FIRST_DAY_TIME ? interval(0, 1) : interval(2, 5);
  return DOUBLE;
};

/** One result, or one for each share that is asked for. */
function perShare(share: SqlType | undefined, type: SqlType): SqlType {
  return share?.kind === "array" ? { kind: "array", element: type, containsNull: false } : type;
}
const percentile: Rule = ({ types: [type, share] }) => type && perShare(share, type.kind === "interval" ? widest(type) : DOUBLE);
const approxPercentile: Rule = ({ types: [type, share] }) => type && perShare(share, type);
const widest = (type: SqlType): SqlType => (isDayTime(type) ? interval(2, 5) : interval(0, 1));

const lag: Rule = ({ args: [value, , other] }) => {
  if (value === undefined) return undefined;
  if (other === undefined) return { type: value.type, nullable: true };
  const type = common([value.type, other.type]);
  return (
    type && {
      type: sameType(type, value.type) || value.type.kind !== "null" ? value.type : type,
      nullable: anyNullable([value, { nullable: castNullable(other, value.type) }]),
    }
  );
};

const datePart: Rule = ({ args: [part, source] }) => {
  const field = typeof part?.value === "string" ? part.value.toUpperCase() : undefined;
  if (field !== undefined && !FIELDS.test(field)) return undefined;
  if (
    source !== undefined &&
    !["date", "timestamp", "timestamp_ntz", "time", "string", "interval", "null", "unknown"].includes(source.type.kind)
  )
    return undefined;
  if (field === undefined || source === undefined) return unknown("which part of the time is asked for is not known");
  const seconds: SqlType = decimal(8, 6);
  const ofTime = /^(H|HOURS?|HR|HRS|M|MIN|MINUTES?|MINS|S|SEC|SECONDS?|SECS)$/.test(field);
  const cast = source.type.kind === "string" || (source.type.kind === "timestamp_ntz" && !ofTime) ? true : source.nullable;
  if (["SECOND", "S", "SEC", "SECONDS", "SECS"].includes(field)) return { type: seconds, nullable: cast };
  if (source.type.kind === "interval") return ["YEAR", "Y", "YEARS", "YR", "YRS"].includes(field) ? { kind: "int" } : intervalPart(field);
  return { type: { kind: "int" }, nullable: cast };
};
function intervalPart(field: string): SqlType {
  if (/^(MON|MONTH|MONTHS|MONS)$/.test(field)) return { kind: "tinyint" };
  return /^(D|DAY|DAYS)$/.test(field) ? { kind: "int" } : { kind: "tinyint" };
}

const TEXTS: ReadonlySet<SqlType["kind"]> = new Set(["string", "binary", "null", "unknown"]);

const decode: Rule = ({ args, comparable }) => {
  if (args.length === 2)
    return TEXTS.has(args[0]?.type.kind ?? "null") && canStore(args[1]?.type ?? STRING, STRING)
      ? { type: STRING, nullable: true }
      : undefined;
  const [key] = args;
  const tests = args.slice(1, args.length - (args.length % 2 === 0 ? 1 : 0)).filter((_, i) => i % 2 === 0);
  if (key !== undefined && tests.some((test) => comparable(key, test) === undefined)) return undefined;
  const values = args.filter((_, i) => i >= 2 && i % 2 === 0);
  const fallback = args.length % 2 === 0 ? args.at(-1) : undefined;
  const results = [...values, ...(fallback === undefined ? [] : [fallback])];
  // Without a default it is a NULL of text.
  const type = common([...results.map((arg) => arg.type), ...(fallback === undefined ? [STRING] : [])]);
  return type && { type, nullable: fallback === undefined ? true : anyNullable(castTo(results, type)) };
};

/** Without a format the text is cast, which may give NULL. */
const toTime: Rule = ({ name, args: [value, format] }) => {
  const type: SqlType = { kind: name === "to_date" ? "date" : name === "to_timestamp_ntz" ? "timestamp_ntz" : "timestamp" };
  if (value === undefined || (!canCast(value.type, type) && !canStore(value.type, STRING))) return undefined;
  if (name.startsWith("try_") && (format !== undefined || value.type.kind === "string" || !canCast(value.type, type)))
    return { type, nullable: true };
  if (format !== undefined && isNumeric(value.type) && /to_timestamp(_ltz)?$/.test(name)) return undefined;
  const text = !["date", "timestamp", "timestamp_ntz", "null", "unknown"].includes(value.type.kind) && !canCast(value.type, type);
  if (format === undefined && text) return { type, nullable: true };
  return { type, nullable: format === undefined ? castNullable(value, type) : anyNullable([value, format]) };
};

/** From numbers; from a date and a time what may be NULL differs by version. */
const makeTimestamp: Rule = ({ name, args }) => {
  const type: SqlType = { kind: name.endsWith("ntz") ? "timestamp_ntz" : "timestamp" };
  const tries = name.startsWith("try_");
  // A day, a time of the day, a zone.
  if (args.length < 6) {
    const fits = args.every(({ type: { kind } }, i) => kind === ["date", "time", "string"][i] || kind === "null" || kind === "unknown");
    return fits ? { type, nullable: name.endsWith("ntz") ? true : anyNullable(args) } : undefined;
  }
  const wanted = args.map((_, i): SqlType => (i < 5 ? { kind: "int" } : i === 5 ? decimal(16, 6) : STRING));
  const fits = args.every(({ type: from }, i) => from.kind === "string" || canStore(from, wanted[i] ?? STRING));
  return fits
    ? { type, nullable: tries ? true : anyNullable(args.map((arg, i) => ({ nullable: castNullable(arg, wanted[i] ?? STRING) }))) }
    : undefined;
};

const convertTimezone: Rule = ({ args }) => {
  const time = args.length === 2 ? args[1] : args[2];
  const type: SqlType = { kind: "timestamp_ntz" };
  if (time === undefined || !["string", "date", "timestamp", "timestamp_ntz", "null", "unknown"].includes(time.type.kind)) return undefined;
  return { type, nullable: anyNullable([...args.slice(0, args.length - 1), { nullable: castNullable(time, type) }]) };
};

const hash: Rule = ({ name, types }) => (types.some(hasMap) ? undefined : { kind: name === "hash" ? "int" : "bigint" });
function hasMap(type: SqlType): boolean {
  if (type.kind === "array") return hasMap(type.element);
  return type.kind === "map" || (type.kind === "struct" && type.fields.some((one) => hasMap(one.type)));
}

const FIELDS =
  /^(Y|YEARS?|YR|YRS|YEAROFWEEK|QUARTER|QTR|MON|MONTHS?|MONS|WEEKS?|W|D|DAYS?|DAYOFWEEK|DOW|DAYOFWEEK_ISO|DOW_ISO|DOY|H|HOURS?|HR|HRS|M|MIN|MINUTES?|MINS|S|SEC|SECONDS?|SECS)$/;

const RULES: Readonly<Record<string, Rule>> = {
  ...NESTED_RULES,
  cast,
  round,
  ceil,
  coalesce,
  sum,
  avg,
  lag,
  decode,
  percentile,
  approx_percentile: approxPercentile,
  date_part: datePart,
  to_time: toTime,
  try_to_date: ({ args: [value, format] }) => ({
    type: { kind: "date" },
    nullable: format === undefined && (value?.type.kind === "date" || value?.type.kind === "timestamp") ? value.nullable : true,
  }),
  pad: ({ types, args }) => ({
    type: [types[0], types[2] ?? types[0]].every((type) => type?.kind === "binary") ? { kind: "binary" } : STRING,
    nullable: anyNullable(args),
  }),
  first: ({ args: [value] }) => ({ type: STRING, nullable: value?.nullable }),
  locate: ({ args }) => ({ type: { kind: "int" }, nullable: anyNullable(args.slice(0, 2)) }),
  avg_second: ({ types: [, type], ...rest }) => avg({ ...rest, types: type === undefined ? [] : [type] }),
  make_timestamp: makeTimestamp,
  convert_timezone: convertTimezone,
  seconds: ({ args: [value] }) => ({
    type: { kind: "timestamp" },
    nullable: value?.type.kind === "float" || value?.type.kind === "double" ? true : value?.nullable,
  }),
  equal_null: ({ args: [left, right], comparable }) =>
    left && right && comparable(left, right) !== undefined ? { kind: "boolean" } : undefined,
  nullifzero: ({ args: [value] }) => (value && common([value.type, { kind: "int" }]) !== undefined ? value.type : undefined),
  div: operation("div"),
  search: ({ types, args }) => ({
    type: { kind: "boolean" },
    nullable: types.every(({ kind }) => kind === "binary") ? true : anyNullable(args),
  }),
  make_ntz: ({ args }) => ({ type: { kind: "timestamp_ntz" }, nullable: args.length === 2 ? true : anyNullable(args) }),
  current_time: ({ args: [digits] }) => {
    const precision = digits === undefined ? 6 : intValue(digits);
    return precision === undefined ? unknown("how many digits are kept is not known") : { kind: "time", precision };
  },
  hash,
  nullif: ({ args: [value, other], comparable }) => (value && other && comparable(value, other) !== undefined ? value.type : undefined),
  median: ({ types: [type] }) => (type?.kind === "interval" ? widest(type) : DOUBLE),
  mod: operation("%"),
  pmod: operation("%"),
  try_add: operation("+"),
  try_subtract: operation("-"),
  try_multiply: operation("*"),
  try_divide: operation("/"),
  try_mod: operation("%"),
  unknown: ({ name }) => unknown(`what ${name} gives is not modelled`),
  concat: ({ args, concatType }) => {
    const type = concatType(args.map((arg) => arg.type));
    return args.length === 0 ? { type: STRING, nullable: false } : type;
  },
  concat_ws: ({ args: [separator, ...rest] }) =>
    !rest.every(({ type }) => (type.kind === "array" ? canStore(type.element, STRING) : canStore(type, STRING)))
      ? undefined
      : { type: STRING, nullable: separator?.nullable },
  elt: ({ args }) =>
    !args.slice(1).every(({ type }) => type.kind === "binary" || canStore(type, STRING))
      ? undefined
      : { type: args.slice(1).every(({ type }) => type.kind === "binary") ? { kind: "binary" } : STRING, nullable: true },
  if: ({ args: [, yes, no] }) => {
    const type = yes && no && common([yes.type, no.type]);
    return type && { type, nullable: anyNullable(castTo([yes, no], type)) };
  },
  nvl2: ({ args: [, yes, no] }) => {
    const type = yes && no && common([yes.type, no.type]);
    return type && { type, nullable: anyNullable(castTo([yes, no], type)) };
  },
  zeroifnull: ({ args: [value] }) => value && common([value.type, { kind: "int" }]),
  nanvl: ({ types: [a, b] }) => (a?.kind === "float" && b?.kind === "float" ? a : DOUBLE),
  uniform: ({ args: [a, b] }) => a && b && common([a.type, b.type]),
  timestampadd: ({ args: [, , time] }) =>
    time && (time.type.kind === "timestamp_ntz" || time.type.kind === "unknown" ? time.type : { kind: "timestamp" }),
  window: ({ args }) => ({ ...timeWindow(args[0]), nullable: slides(args) }),
  session_window: ({ args }) => timeWindow(args[0]),
  mode: ({ types: [type], within }) => type ?? within,
  within: ({ within, args: [share] }) => {
    const type = within ?? unknown("what is sorted is not known");
    if (!isNumeric(type) && !["interval", "null", "string", "unknown"].includes(type.kind)) return undefined;
    if (hasUnknown(type)) return type;
    return perShare(share?.type, type.kind === "interval" ? widest(type) : DOUBLE);
  },
};

/** Of windows that overlap, Spark does not say that there is one. */
function slides([, length, slide]: readonly Bound[]): boolean {
  return length !== undefined && slide !== undefined && durationIn(length)?.micros !== durationIn(slide)?.micros;
}

function timeWindow(time: Bound | undefined): { readonly type: SqlType; readonly nullable: boolean } {
  const inner = time?.type.kind === "struct" ? time.type.fields[0]?.type.kind : time?.type.kind;
  const type: SqlType = inner === "timestamp_ntz" ? { kind: "timestamp_ntz" } : { kind: "timestamp" };
  return {
    type: {
      kind: "struct",
      fields: [
        { name: "start", type, nullable: true },
        { name: "end", type, nullable: true },
      ],
    },
    nullable: false,
  };
}

export function applyRule(name: string, input: RuleInput): Answer {
  const rule = RULES[name];
  if (rule === undefined) throw new Error(`no rule of results is called ${name}`);
  return rule(input);
}
