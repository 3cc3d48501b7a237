import { nearest } from "../diagnostic.js";
import type { DataType, Field } from "../data-type.js";
import type { AggregateFunction, AggregatePlan, Output, WindowPlan } from "../ir.js";
import {
  parseAggregate,
  parseDuration,
  parseWindow,
  parseWindowedAggregate,
  splitArguments,
  type AggregateCall,
  type Part,
  type Window,
} from "../shorthand/index.js";
import type { AggregateSpec } from "../spec.js";
import type { Finding, SpecPath } from "./analysis.js";
import { checkCondition, checkExpression } from "./expr/check.js";
import type { Expr } from "./expr/ast.js";
import { AGGREGATES, aggregateNamed, orders, resultType, takesBy, takesCondition } from "./aggregate-functions.js";
import { whyRaises } from "./expr/raises.js";
import { printSpark } from "./expr/print.js";
import { atValue, expressionFindings, finding, type Found } from "./finding.js";
import { datasetScope } from "./source.js";
import { printDataType } from "./types/text.js";

/** Part of the language to come. */
const LATER = ["last_n", "top_k", "approx_percentile"];

/** What other tools call them; undefined where there is nothing like it, however near a name is. */
const ELSEWHERE: Readonly<Record<string, AggregateFunction | undefined>> = {
  mean: "avg",
  average: "avg",
  median: undefined,
  mode: undefined,
  nunique: "count_distinct",
  distinct: "count_distinct",
  size: "count",
  total: "sum",
  std: "stddev",
  stddev_samp: "stddev",
  var_samp: "variance",
  every: "bool_and",
  some: "bool_or",
  any: "bool_or",
  argmax: "max_by",
  argmin: "min_by",
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
  const { type, argument, by, function: call } = called.facts;
  const plan: AggregatePlan = {
    name,
    function: call,
    ...(argument === undefined ? {} : { argument }),
    ...(by === undefined ? {} : { by }),
    ...(where?.expr === undefined ? {} : { where: where.expr }),
    type,
    windows,
  };
  return {
    facts: { plan, outputs: windows.map((window) => ({ name: window.output, type, nullable: call !== "count" && call !== "count_if" })) },
    findings,
  };
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
  readonly by?: Expr;
  readonly type: DataType;
}

function analyzeCall(call: AggregateCall, path: SpecPath, context: AggregateContext): Found<Call> {
  const written = call.function.text;
  const name = aggregateNamed(written.toLowerCase());
  if (name === undefined) return { findings: [unknownAggregate(call.function, path)] };
  const mismatch = ({ text, offset }: Part, reason: string, remedy?: string): Found<Call> => ({
    findings: [finding("type-mismatch", atValue(path, { start: offset, end: offset + text.length }), { reason, remedy })],
  });
  if (call.argument.text === "*") {
    if (name === "count") return { facts: { function: name, type: { kind: "bigint" } }, findings: [] };
    return mismatch(call.argument, `\`${name}\` takes a value, not \`*\``, "");
  }
  const [value, by, ...more] = takesBy(name) ? splitArguments(call.argument) : [call.argument];
  if (value === undefined || (by === undefined && takesBy(name)) || more.length > 0)
    return mismatch(
      call.argument,
      `\`${name}\` takes two values: \`${name}(country, amount)\` is the country where the amount is ${name === "max_by" ? "greatest" : "least"}`,
      "",
    );
  const argument = analyzeValue(value, path, context);
  const beside = by === undefined ? undefined : analyzeValue(by, path, context);
  const findings = [...argument.findings, ...(beside?.findings ?? [])];
  if (argument.facts === undefined || findings.length > 0) return { findings };
  const type = resultType(name, argument.facts.type);
  if (type === undefined)
    return mismatch(
      value,
      `\`${name}\` ${takesCondition(name) ? "takes a condition, and this is" : "does not take"} ${printDataType(argument.facts.type)}`,
    );
  const order = beside?.facts;
  if (by !== undefined && order !== undefined && !orders(order.type))
    return mismatch(by, `\`${name}\` cannot compare ${printDataType(order.type)}`);
  return {
    facts: { function: name, argument: argument.facts, ...(order === undefined ? {} : { by: order }), type },
    findings,
  };
}

function unknownAggregate({ text, offset }: Part, path: SpecPath): Finding {
  const at = atValue(path, { start: offset, end: offset + text.length });
  const lower = text.toLowerCase();
  if (LATER.includes(lower)) return finding("not-yet-supported", at, { kind: "aggregate", what: text });
  const near = Object.hasOwn(ELSEWHERE, lower) ? ELSEWHERE[lower] : nearest(text, AGGREGATES);
  return finding("unknown-aggregate", at, { name: text, nearest: near, known: AGGREGATES });
}

/** What an aggregate takes of each row: an expression that cannot fail. */
function analyzeValue({ text, offset }: Part, path: SpecPath, { columns, from }: AggregateContext): Found<Expr> {
  const { expr, findings } = checkExpression(text, datasetScope(columns, from));
  if (expr === undefined) return { findings: expressionFindings(findings, path, offset) };
  const raises = whyRaises(expr);
  if (raises === undefined) return { facts: expr, findings: [] };
  const at = atValue(path, { start: offset, end: offset + text.length });
  return { findings: [finding("may-fail", at, { reason: raises.reason, what: printSpark(raises.what) })] };
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
