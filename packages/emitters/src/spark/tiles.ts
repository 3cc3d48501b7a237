/** The program that keeps a group current. */
import type { Ir, Program, Store } from "@mlspec/compiler";
import { serverStore, storeImports } from "../text/server.js";
import { topicsOf } from "../places.js";
import { call, code, dict, literal, type Py } from "../text/python.js";
import { constant, timedelta } from "./code.js";
import { tableOf } from "./datasets.js";

type TilesProgram = Extract<Program, { readonly kind: "tiles" }>;

interface TilesContext extends ReturnType<typeof storeImports> {
  readonly server: boolean;
  readonly group: string;
  readonly source: string;
  readonly groupName: string;
  readonly sourceName: string;
  readonly masked: boolean;
  /** Transforms from accepted rows to events, in order: all but the last, and the last. */
  readonly first: readonly Py[];
  readonly last: Py | null;
  readonly stream: Py;
}

export function tilesContext(ir: Ir, program: TilesProgram): TilesContext {
  const table = tableOf(ir, program.source);
  const topic = topicsOf(ir).find(([name]) => name === table.name)?.[1];
  const store = ir.stores[program.store];
  if (topic === undefined || store === undefined) throw new Error(`${program.id} has no topic, or no store`);
  const views = program.views.map((id) => {
    const view = tableOf(ir, id);
    if (view.kind !== "transform") throw new Error(`${id} is no transform`);
    const [below = ""] = view.reads;
    return { view, rows: call("query", [code("spark"), literal(view.sqlFile ?? ""), dict([[tableOf(ir, below).name, code("rows")]])]) };
  });
  const steps = views.map(({ rows }) => rows);
  const group = constant(program.plan, "GROUP");
  const source = constant(table.name, "SOURCE");
  return {
    ...storeImports([store.place]),
    server: store.place.kind !== "sqlite",
    group,
    source,
    groupName: program.plan,
    sourceName: table.name,
    masked: views.some(({ view }) => view.masks !== undefined),
    first: steps.slice(0, -1),
    last: steps.at(-1) ?? null,
    stream: call("TileStream", [], {
      group: code(`feature_groups.${group}`),
      source: code(`sources.${source}`),
      topic: code(`sources.${constant(table.name, "TOPIC")}`),
      tables: literal(program.state),
      store: storeOf(ir, program.plan, store),
      trigger: timedelta(topic.trigger),
      max_messages: literal(topic.maxOffsets),
      ...(steps.length === 0 ? {} : { events: code("events") }),
    }),
  };
}

/** A century: where windows reach back to the beginning, nothing ever goes, and neither do latest values. */
const ALWAYS = 36_500 * 86_400_000;

/** An entity that no event comes for any more stays as long as a window can need its newest tile. */
function storeOf(ir: Ir, planId: string, { place, path, maxAge }: Store): Py {
  if (place.kind === "sqlite") return call("File", [literal(path)]);
  const plan = ir.featurePlans[planId];
  const windows = plan?.kind === "windowed" ? plan.aggregates.flatMap((aggregate) => aggregate.windows) : undefined;
  const needed = windows?.map(({ length, tile }) => (length === "all" ? ALWAYS : length + tile + 2 * maxAge)) ?? [ALWAYS];
  return call("Server", [serverStore(ir, place, timedelta(Math.max(...needed)))]);
}
