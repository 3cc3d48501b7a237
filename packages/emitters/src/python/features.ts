/** What a service must look up and compute for its model: no output that nothing needs. */
import {
  picksRow,
  refsOf,
  type AggregatePlan,
  type ColumnRef,
  type DataType,
  type Derived,
  type FeaturePlan,
  type Field,
  type Ir,
  type LatestPlan,
  type Model,
  type Store,
  type StorePlace,
  type WindowedPlan,
} from "@mlspec/compiler";
import { call, literal, tuple, type Py } from "../text/python.js";
import { timedelta } from "../text/python-time.js";
import { storeCode, type ServerPlace } from "../text/server.js";
import { item } from "./code.js";
import { pythonExpression } from "./expression.js";
import { typeName } from "./types.js";

export interface Needed {
  readonly groups: readonly Py[];
  readonly places: readonly StorePlace[];
  readonly kinds: ReadonlySet<"windowed" | "latest">;
  /** Names of request columns, by feature. */
  readonly request: readonly (readonly [string, string])[];
  readonly derived: readonly { readonly name: string; readonly value: Py }[];
  readonly expressions: ReadonlySet<string>;
}

export function neededBy(ir: Ir, model: Model): Needed {
  const plans = model.plans.map((id) => planOf(ir, id));
  const { names, order } = closure(plans, model);
  const printed = order.map(({ plan, derived }) => {
    const { value, names: functions } = pythonExpression(derived.expr, (ref) => columnCode(plan, ref));
    return { name: feature(plan.name, derived.name), value, functions };
  });
  const stored = plans
    .filter((plan) => plan.kind !== "request")
    .filter((plan) => plainOutputs(plan).some((name) => names.has(feature(plan.name, name))));
  return {
    groups: stored.map((plan) => storedGroup(ir, plan, names)),
    places: stored.map((plan) => storeOf(ir, plan).place),
    kinds: new Set(stored.map((plan) => plan.kind)),
    request: plans
      .filter((plan) => plan.kind === "request")
      .flatMap((plan) => plan.columns.map(({ name }) => [feature(plan.name, name), name] as const))
      .filter(([name]) => names.has(name)),
    derived: printed.map(({ name, value }) => ({ name, value })),
    expressions: new Set(printed.flatMap(({ functions }) => [...functions])),
  };
}

export function feature(group: string, name: string): string {
  return `${group}__${name}`;
}

function planOf(ir: Ir, id: string): FeaturePlan {
  const plan = ir.featurePlans[id];
  if (plan === undefined) throw new Error(`there is no feature plan ${id}`);
  return plan;
}

interface Step {
  readonly plan: FeaturePlan;
  readonly derived: Derived;
}

/** All features that the inputs are made of, and the derived ones among them with what they read first. */
function closure(plans: readonly FeaturePlan[], model: Model): { readonly names: ReadonlySet<string>; readonly order: readonly Step[] } {
  const steps = new Map(
    plans.flatMap((plan) => plan.derived.map((derived) => [feature(plan.name, derived.name), { plan, derived }] as const)),
  );
  const names = new Set<string>();
  const order: Step[] = [];
  const visit = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    const step = steps.get(name);
    if (step === undefined) return;
    for (const ref of refsOf(step.derived.expr)) if (ref.scope !== "at") visit(refName(step.plan, ref));
    order.push(step);
  };
  for (const input of model.inputs) visit(input.name);
  return { names, order };
}

function plainOutputs(plan: WindowedPlan | LatestPlan): readonly string[] {
  if (plan.kind === "latest") return plan.columns.map(({ name }) => name);
  return plan.aggregates.flatMap(({ windows }) => windows.map(({ output }) => output));
}

function refName(plan: FeaturePlan, ref: ColumnRef): string {
  if (ref.scope === "output") return feature(ref.group, ref.name);
  if (ref.scope === "dataset") return feature(plan.name, ref.name);
  throw new Error(`a derived value cannot read a ${ref.scope}`);
}

function columnCode(plan: FeaturePlan, ref: ColumnRef): Py {
  return item("row", ref.scope === "at" ? "at" : refName(plan, ref));
}

function storedGroup(ir: Ir, plan: WindowedPlan | LatestPlan, names: ReadonlySet<string>): Py {
  const store = storeOf(ir, plan);
  return call("StoredGroup", [], {
    group: groupValue(ir, plan, names),
    place: store.place.kind === "sqlite" ? literal(store.path) : serverPlace(ir, store.place),
    max_age: timedelta(store.maxAge),
  });
}

function storeOf(ir: Ir, plan: WindowedPlan | LatestPlan): Store {
  const store = plan.store === undefined ? undefined : ir.stores[plan.store];
  if (store === undefined) throw new Error(`${plan.id} is served but has no store`);
  return store;
}

function serverPlace(ir: Ir, place: ServerPlace): Py {
  const { server, held } = storeCode(ir, place);
  return call(place.kind === "redis" ? "RedisPlace" : "PostgresPlace", [server, held]);
}

function groupValue(ir: Ir, plan: WindowedPlan | LatestPlan, names: ReadonlySet<string>): Py {
  const fields = ir.datasets[plan.from]?.columns ?? [];
  const key = tuple(
    plan.key.map((name) => column("Key", name, typeName(fields.find((known) => known.name === name)?.type ?? { kind: "string" }))),
  );
  const common = { name: literal(plan.name), generation: literal(plan.generation), key };
  const wanted = (name: string): boolean => names.has(feature(plan.name, name));
  if (plan.kind === "latest") {
    const columns = plan.columns.filter(({ name }) => wanted(name)).map(({ name, type }) => column("Latest", name, typeName(type)));
    return call("LatestGroup", [], { ...common, columns: tuple(columns) });
  }
  const windows = plan.aggregates.flatMap((aggregate) =>
    aggregate.windows
      .filter(({ output }) => wanted(output))
      .map(({ output, length, tile }) =>
        call(
          "Window",
          [
            literal(output),
            literal(aggregate.name),
            literal(aggregate.function),
            literal(typeName(aggregate.type)),
            literal(length === "all" ? null : length / 1000),
            literal(tile / 1000),
            ...orderOf(aggregate, plan, fields),
          ],
          aggregate.fraction === undefined ? {} : { fraction: literal(aggregate.fraction) },
        ),
      ),
  );
  return call("WindowedGroup", [], { ...common, windows: tuple(windows) });
}

/** The types of what the rows of an aggregate are ordered by, where its value is that of one row: `EntityGroup.order` in `windows.py`. */
function orderOf({ function: name, by }: AggregatePlan, { time }: WindowedPlan, fields: readonly Field[]): readonly Py[] {
  if (!picksRow(name)) return [];
  const moment: DataType = { kind: "timestamp" };
  const key = time.key.map((column) => fields.find((field) => field.name === column)?.type ?? moment);
  const types = [...(by === undefined ? [] : [by.type]), moment, moment, ...key, moment];
  return [tuple(types.map((type) => literal(typeName(type))))];
}

function column(kind: "Key" | "Latest", name: string, type: string): Py {
  return call(kind, [literal(name), literal(type)]);
}
