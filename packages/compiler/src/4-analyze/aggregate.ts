import type { AggregatePlan, Output, WindowPlan } from "../ir.js";
import { parseAggregate, parseDuration, parseWindow, parseWindowedAggregate, type AggregateCall, type Window } from "../shorthand/index.js";
import type { AggregateSpec } from "../spec.js";
import { analyzeCall, type AggregateContext } from "./aggregate-call.js";
import type { Finding, SpecPath } from "./analysis.js";
import { checkCondition } from "./expr/unfailing.js";
import { atValue, expressionFindings, finding, type Found } from "./finding.js";
import { datasetScope } from "./source.js";

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
  const { type, ...call } = called.facts;
  const plan: AggregatePlan = {
    name,
    ...call,
    ...(where?.expr === undefined ? {} : { where: where.expr }),
    type,
    windows,
  };
  return {
    facts: { plan, outputs: windows.map((window) => ({ name: window.output, type, nullable: !/^count(_if)?$/.test(call.function) })) },
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
