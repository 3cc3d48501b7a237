/** Values that are well written and still cannot work: a split without a part, a gate that does not depend on the model; and amounts that hardly are what was meant. */
import { parseCpu, parseMemory, parsePercent } from "../shorthand/index.js";
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import type { ModelSpec, ProjectSpec } from "../spec.js";
import type { Analysis, Finding, GateFacts, ModelFacts, SpecPath } from "./analysis.js";
import { estimatorFindings } from "./estimator.js";
import type { Expr } from "./expr/ast.js";
import { atValue, finding } from "./finding.js";

export function boundsFindings(
  { spec, models }: Pick<Analysis, "spec" | "models">,
  packages: readonly string[],
  memo: Memo,
): readonly Finding[] {
  return [
    ...estimatorFindings(spec, packages, memo),
    ...saidOfEach<ModelSpec, Finding>(spec.models ?? NONE, {
      step: "empty parts",
      memo,
      say: (name, model) => emptyPart(model.split.test, ["models", name, "split", "test"]),
    }),
    ...decidedGates(models, memo).flatMap(([name, gate]) => gateRange(gate, gateAt(spec, name, gate))),
    ...(["sources", "transforms", "features", "models", "deployments"] as const).flatMap((section) =>
      saidOfEach<Requesting, Finding>(spec[section] ?? NONE, {
        step: `resources of ${section}`,
        memo,
        say: (name, { resources }) => (resources === undefined ? [] : largeRequests(resources, [section, name, "resources"])),
      }),
    ),
  ];
}

const NONE = {};

interface Requesting {
  readonly resources?: Requests;
}

interface Requests {
  readonly cpu?: string | number;
  readonly memory?: string;
}

function largeRequests({ cpu, memory }: Requests, path: SpecPath): readonly Finding[] {
  return [...large("cpu", cpu, [...path, "cpu"]), ...large("memory", memory, [...path, "memory"])];
}

function emptyPart(test: string, path: SpecPath): readonly Finding[] {
  const share = parsePercent(test);
  if (!share.ok || (share.value > 0 && share.value < 1)) return [];
  const reason = share.value === 0 ? "no row is left to test with; metrics and gates need some" : "no row is left to learn from";
  return [finding("bad-value", atValue(path), { value: test, reason: `${reason}. Most projects test with \`20%\`` })];
}

/** Greatest requests of machines that can be had; far above what one program here makes use of. */
const MOST = { cpu: 256_000, memory: 4 * 2 ** 40 } as const;
const MOST_SHOWN = { cpu: "256 cores", memory: "4 TiB" } as const;

function large(kind: "cpu" | "memory", written: string | number | undefined, path: SpecPath): readonly Finding[] {
  if (written === undefined) return [];
  const amount = kind === "cpu" ? parseCpu(String(written)) : parseMemory(String(written));
  return amount.ok && amount.value > MOST[kind]
    ? [finding("large-request", atValue(path), { value: String(written), kind, most: MOST_SHOWN[kind] })]
    : [];
}

/** Gates that say the same of every model. */
function decidedGates(models: Analysis["models"], memo: Memo): readonly (readonly [model: string, gate: GateFacts])[] {
  return saidOfEach<ModelFacts, readonly [string, GateFacts]>(models, {
    step: "decided gates",
    memo,
    say: (name, { gate }) => gate.filter((each) => gateRange(each, []).length > 0).map((each) => [name, each] as const),
  });
}

function gateAt(spec: ProjectSpec, model: string, { text }: GateFacts): SpecPath {
  return ["models", model, "gate", (spec.models?.[model]?.gate ?? []).indexOf(text)];
}

/** Least and greatest value of each metric. Those that are not here have a least of 0 and no greatest. */
const RANGES: ReadonlyMap<string, readonly [number, number]> = new Map([
  ...["roc_auc", "average_precision", "brier_score", "accuracy", "precision", "recall", "f1", "f1_macro"].map(
    (name): [string, readonly [number, number]] => [name, [0, 1]],
  ),
  ["r2", [-Infinity, 1]],
]);

function gateRange({ text, expr }: GateFacts, path: SpecPath): readonly Finding[] {
  if (expr.node !== "binary") return [];
  const metric = metricOf(expr.left) ?? metricOf(expr.right);
  const number = numberOf(expr.right) ?? numberOf(expr.left);
  if (metric === undefined || number === undefined) return [];
  const [least, most] = RANGES.get(metric) ?? [0, Infinity];
  // A comparison changes at the number only: both ends, and the number itself where it lies between them, stand for all values.
  const values = [least, most, ...(number >= least && number <= most ? [number] : [])];
  const flipped = metricOf(expr.left) === undefined;
  const answers = new Set(values.map((value) => (flipped ? compare(expr.op, number, value) : compare(expr.op, value, number))));
  if (answers.size !== 1) return [];
  const always = answers.has(true) ? "always" : "never";
  return [finding("gate-range", atValue(path), { gate: text, metric, least: shown(least), most: shown(most), always })];
}

function shown(value: number): string {
  return Number.isFinite(value) ? String(value) : "";
}

function compare(op: string, left: number, right: number): boolean {
  switch (op) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "=":
      return left === right;
    default:
      return left !== right;
  }
}

function metricOf(expr: Expr): string | undefined {
  if (expr.node === "cast") return metricOf(expr.operand);
  return expr.node === "column" && expr.ref.scope === "metric" && expr.ref.of === "candidate" ? expr.ref.name : undefined;
}

function numberOf(expr: Expr): number | undefined {
  if (expr.node === "cast") return numberOf(expr.operand);
  if (expr.node === "unary" && expr.op === "-") {
    const value = numberOf(expr.operand);
    return value === undefined ? undefined : -value;
  }
  return expr.node === "literal" && typeof expr.value === "number" ? expr.value : undefined;
}
