import { nearest } from "../diagnostic.js";
import type { DataType, Field } from "../data-type.js";
import type { AggregateFunction, AggregatePlan, Output, WindowPlan } from "../ir.js";
import { parseAggregate, parseDuration, parseWindow, parseWindowedAggregate, type AggregateCall, type Window } from "../shorthand/index.js";
import type { AggregateSpec } from "../spec.js";
import type { Finding, SpecPath } from "./analysis.js";
import { checkCondition, checkExpression } from "./expr/check.js";
import type { Expr } from "./expr/ast.js";
import { isIntegral, isNumeric } from "../sql/types.js";
import { whyRaises } from "./expr/raises.js";
import { printSpark } from "./expr/print.js";
import { atValue, expressionFindings, finding, type Found } from "./finding.js";
import { datasetScope } from "./source.js";
import { printDataType } from "./types/text.js";

export const AGGREGATES: readonly AggregateFunction[] = ["count", "sum", "avg", "min", "max", "approx_count_distinct"];
/** Part of the language to come. */
const LATER = [
  "count_if",
  "variance",
  "stddev",
  "bool_and",
  "bool_or",
  "first",
  "last",
  "max_by",
  "min_by",
  "last_n",
  "top_k",
  "count_distinct",
  "approx_percentile",
];

/** What other tools call them; undefined where there is nothing like it, however near a name is. */
const ELSEWHERE: Readonly<Record<string, AggregateFunction | undefined>> = {
  mean: "avg",
  average: "avg",
  median: undefined,
  mode: undefined,
  nunique: "approx_count_distinct",
  distinct: "approx_count_distinct",
  size: "count",
  total: "sum",
  maximum: "max",
  minimum: "min",
};

export interface AggregateContext {
  readonly columns: readonly Field[];
  /** Name of the dataset, for messages. */
  readonly from: string;
  /** Path of the group. */
  readonly path: SpecPath;
  /** Tile that the group sets. */
  readonly tile?: number;
}

export interface AggregateFacts {
  readonly plan: AggregatePlan;
  readonly outputs: readonly Output[];
}

/** One aggregate over its windows. Texts that cannot be read were reported before, and give nothing here. */
export function analyzeAggregate(name: string, spec: string | AggregateSpec, context: AggregateContext): Found<AggregateFacts> {
  const path = [...context.path, "aggregates", name];
  const read = readAggregate(spec, path);
  if (read === undefined) return { findings: [] };
  const findings: Finding[] = [];
  const called = analyzeCall(read.call, read.callPath, context);
  const where =
    typeof spec === "string" || spec.where === undefined
      ? undefined
      : checkCondition(spec.where, datasetScope(context.columns, context.from));
  findings.push(...called.findings, ...expressionFindings(where?.findings ?? [], [...path, "where"]));
  const windows = read.windows.flatMap(({ window, path: at, span }) => {
    const found = analyzeWindow(name, window, context.tile);
    if (typeof found !== "string") return [found];
    findings.push(finding("window-size", atValue(at, span), { window: window.text, reason: found }));
    return [];
  });
  windows.forEach((window, i) => {
    if (windows.slice(0, i).some((other) => other.length === window.length))
      findings.push(
        finding("duplicate-output", atValue(read.windows[i]?.path ?? path, read.windows[i]?.span), {
          name: window.output,
          group: String(context.path.at(-1)),
        }),
      );
  });
  if (called.facts === undefined || findings.length > 0) return { findings };
  const { type, argument, function: call } = called.facts;
  const plan: AggregatePlan = {
    name,
    function: call,
    ...(argument === undefined ? {} : { argument }),
    ...(where?.expr === undefined ? {} : { where: where.expr }),
    type,
    windows,
  };
  return { facts: { plan, outputs: windows.map((window) => ({ name: window.output, type, nullable: call !== "count" })) }, findings };
}

interface ReadWindow {
  readonly window: Window;
  readonly path: SpecPath;
  readonly span?: { readonly start: number; readonly end: number };
}

function readAggregate(
  spec: string | AggregateSpec,
  path: SpecPath,
): { readonly call: AggregateCall; readonly callPath: SpecPath; readonly windows: readonly ReadWindow[] } | undefined {
  if (typeof spec === "string") {
    const parsed = parseWindowedAggregate(spec);
    if (!parsed.ok) return undefined;
    return {
      call: parsed.value,
      callPath: path,
      windows: parsed.value.windows.map((window) => ({
        window,
        path,
        span: { start: window.offset, end: window.offset + window.text.length },
      })),
    };
  }
  const call = parseAggregate(spec.value);
  if (!call.ok) return undefined;
  const texts = typeof spec.over === "string" ? [spec.over] : spec.over;
  const windows = texts.map((text) => parseWindow(text));
  const read = windows.flatMap((window, i): ReadWindow[] =>
    window.ok ? [{ window: window.value, path: typeof spec.over === "string" ? [...path, "over"] : [...path, "over", i] }] : [],
  );
  return read.length < texts.length ? undefined : { call: call.value, callPath: [...path, "value"], windows: read };
}

interface Call {
  readonly function: AggregateFunction;
  readonly argument?: Expr;
  readonly type: DataType;
}

function analyzeCall(call: AggregateCall, path: SpecPath, { columns, from }: AggregateContext): Found<Call> {
  const written = call.function.text;
  const name = AGGREGATES.find((known) => known === written.toLowerCase());
  const at = atValue(path, { start: call.function.offset, end: call.function.offset + written.length });
  if (name === undefined) {
    const lower = written.toLowerCase();
    if (LATER.includes(lower)) return { findings: [finding("not-yet-supported", at, { kind: "aggregate", what: written })] };
    const near = Object.hasOwn(ELSEWHERE, lower) ? ELSEWHERE[lower] : nearest(written, AGGREGATES);
    return { findings: [finding("unknown-aggregate", at, { name: written, nearest: near, known: AGGREGATES })] };
  }
  const { text, offset } = call.argument;
  if (text.trim() === "*") {
    if (name === "count") return { facts: { function: name, type: { kind: "bigint" } }, findings: [] };
    return {
      findings: [
        finding("type-mismatch", atValue(path, { start: offset, end: offset + text.length }), { reason: `${name} takes a value, not *` }),
      ],
    };
  }
  const { expr, findings } = checkExpression(text, datasetScope(columns, from));
  if (expr === undefined) return { findings: expressionFindings(findings, path, offset) };
  const span = { start: offset, end: offset + text.length };
  const type = resultType(name, expr.type);
  if (type === undefined)
    return {
      findings: [finding("type-mismatch", atValue(path, span), { reason: `\`${name}\` does not take ${printDataType(expr.type)}` })],
    };
  const raises = whyRaises(expr);
  if (raises !== undefined)
    return { findings: [finding("may-fail", atValue(path, span), { reason: raises.reason, what: printSpark(raises.what) })] };
  return { facts: { function: name, argument: expr, type }, findings: [] };
}

/** Types of Spark's aggregates of these names. */
function resultType(name: AggregateFunction, type: DataType): DataType | undefined {
  const nested = type.kind === "array" || type.kind === "map" || type.kind === "struct";
  switch (name) {
    case "count":
      return { kind: "bigint" };
    case "approx_count_distinct":
      return nested ? undefined : { kind: "bigint" };
    case "min":
    case "max":
      return nested || type.kind === "binary" ? undefined : type;
    case "sum":
      if (type.kind === "decimal") return { kind: "decimal", precision: Math.min(38, type.precision + 10), scale: type.scale };
      return isIntegral(type) ? { kind: "bigint" } : isNumeric(type) ? { kind: "double" } : undefined;
    case "avg":
      if (type.kind === "decimal") return averageOf(type.precision, type.scale);
      return isNumeric(type) ? { kind: "double" } : undefined;
  }
}

/** decimal(p + 4, s + 4), within 38 digits: whole digits are kept as long as four of the fraction stay. */
function averageOf(precision: number, scale: number): DataType {
  if (precision + 4 <= 38) return { kind: "decimal", precision: precision + 4, scale: scale + 4 };
  const whole = precision - scale;
  return { kind: "decimal", precision: 38, scale: Math.max(38 - whole, Math.min(scale + 4, 6)) };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function defaultTile(window: number | "all"): number {
  if (window === "all" || window > 12 * DAY) return DAY;
  return window <= HOUR ? MINUTE : window <= 12 * HOUR ? 5 * MINUTE : HOUR;
}

/** A window, or why it does not fit. */
function analyzeWindow(aggregate: string, window: Window, set: number | undefined): WindowPlan | string {
  const tile = set ?? defaultTile(window.length);
  if (!isTile(tile)) return "its tile is no whole seconds, or neither divides a day nor is whole days";
  if (window.length !== "all" && (window.length === 0 || window.length % tile !== 0))
    return `it is no multiple of its tile, ${spell(tile)}`;
  return { output: `${aggregate}_${window.text}`, length: window.length, tile };
}

export function isTile(tile: number): boolean {
  return tile > 0 && tile % 1000 === 0 && (DAY % tile === 0 || tile % DAY === 0);
}

function spell(ms: number): string {
  const [unit, length] = (
    [
      ["d", DAY],
      ["h", HOUR],
      ["m", MINUTE],
      ["s", 1000],
    ] as const
  ).find(([, size]) => ms % size === 0) ?? ["ms", 1];
  return `${ms / length}${unit}`;
}

export function tileOf(text: string | undefined): number | undefined {
  const parsed = text === undefined ? undefined : parseDuration(text);
  return parsed?.ok === true ? parsed.value : undefined;
}
