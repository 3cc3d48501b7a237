import { nearest } from "../diagnostic.js";
import type { DataType, Field } from "../data-type.js";
import type { AggregateFunction } from "../ir.js";
import { splitArguments, type AggregateCall, type Part } from "../shorthand/index.js";
import {
  AGGREGATES,
  aggregateNamed,
  orders,
  resultType,
  secondArgument,
  takesCondition,
  type SecondArgument,
} from "./aggregate-functions.js";
import type { Finding, SpecPath } from "./analysis.js";
import type { Expr } from "./expr/ast.js";
import { checkUnfailing } from "./expr/unfailing.js";
import { atValue, expressionFindings, finding, type Found } from "./finding.js";
import { datasetScope } from "./source.js";
import { printDataType } from "./types/text.js";

export interface AggregateContext {
  readonly columns: readonly Field[];
  /** Name of the dataset, for messages. */
  readonly from: string;
  /** Path of the group. */
  readonly path: SpecPath;
  /** Tile that the group sets. */
  readonly tile?: number;
}

/** Part of the language to come. */
const LATER = ["last_n", "top_k"];

/** What other tools call them; undefined where there is nothing like it, however near a name is. */
const ELSEWHERE: Readonly<Record<string, AggregateFunction | undefined>> = {
  mean: "avg",
  average: "avg",
  median: "approx_percentile",
  percentile: "approx_percentile",
  quantile: "approx_percentile",
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

/** What is called, without windows. */
interface Call {
  readonly function: AggregateFunction;
  readonly argument?: Expr;
  readonly by?: Expr;
  readonly fraction?: number;
  readonly type: DataType;
}

export function analyzeCall(call: AggregateCall, path: SpecPath, context: AggregateContext): Found<Call> {
  const name = aggregateNamed(call.function.text.toLowerCase());
  if (name === undefined) return { findings: [unknownAggregate(call.function, path)] };
  if (call.argument.text === "*") {
    if (name === "count") return { facts: { function: name, type: { kind: "bigint" } }, findings: [] };
    return mismatch(call.argument, path, `\`${name}\` takes a value, not \`*\``, "");
  }
  const wanted = secondArgument(name);
  const [value, second, ...more] = wanted === undefined ? [call.argument] : splitArguments(call.argument);
  if (value === undefined || more.length > 0 || (wanted !== undefined && second === undefined))
    return mismatch(call.argument, path, `\`${name}\` takes two values: ${wanted?.usage ?? ""}`, "");
  const argument = analyzeValue(value, path, context);
  const beside =
    second === undefined || wanted === undefined ? { facts: {}, findings: [] } : analyzeSecond(wanted, second, { name, path, context });
  const findings = [...argument.findings, ...beside.findings];
  if (argument.facts === undefined || findings.length > 0) return { findings };
  const type = resultType(name, argument.facts.type);
  const given = printDataType(argument.facts.type);
  if (type !== undefined) return { facts: { function: name, argument: argument.facts, ...beside.facts, type }, findings };
  return mismatch(value, path, `\`${name}\` ${takesCondition(name) ? "takes a condition, and this is" : "does not take"} ${given}`);
}

function mismatch({ text, offset }: Part, path: SpecPath, reason: string, remedy?: string): Found<never> {
  const at = atValue(path, { start: offset, end: offset + text.length });
  return { findings: [finding("type-mismatch", at, { reason, remedy })] };
}

interface OfCall {
  readonly name: AggregateFunction;
  readonly path: SpecPath;
  readonly context: AggregateContext;
}

/** What rows are compared by, or a fraction. */
function analyzeSecond(
  { kind, usage }: SecondArgument,
  second: Part,
  { name, path, context }: OfCall,
): Found<Pick<Call, "by" | "fraction">> {
  if (kind === "fraction") {
    const fraction = /^(0?\.\d+|[01](\.0*)?|0\.\d*)$/.test(second.text) ? Number(second.text) : undefined;
    if (fraction !== undefined) return { facts: { fraction }, findings: [] };
    return mismatch(second, path, `\`${name}\` takes a number from 0 to 1: ${usage}`, "");
  }
  const { facts: by, findings } = analyzeValue(second, path, context);
  if (by === undefined) return { findings };
  return orders(by.type) ? { facts: { by }, findings } : mismatch(second, path, `\`${name}\` cannot compare ${printDataType(by.type)}`);
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
  const { expr, findings } = checkUnfailing(text, datasetScope(columns, from));
  return expr === undefined ? { findings: expressionFindings(findings, path, offset) } : { facts: expr, findings: [] };
}
