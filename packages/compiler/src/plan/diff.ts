/** Two compiled projects → what the change between them means. Pure: whoever calls has read both. */
import { existenceEffects, definitionsOf } from "./existence.js";
import type { Found, Pair } from "./effect.js";
import { frameParts } from "./frame.js";
import { historyEffects } from "./histories.js";
import { movesOf } from "./moves.js";
import { partsOf } from "./parts.js";
import { at, worst, type Change, type Effect, type EnvironmentPlan, type FileChange, type Part, type Plan, type PlanSide } from "./plan.js";
import { meaningsOf } from "./reach.js";
import { scheduleEffects } from "./schedules.js";
import { servingEffects } from "./serving.js";
import { streamEffects } from "./streams.js";
import { stepsOf } from "./steps.js";
import { tableEffects } from "./tables.js";

/** `before` and `after` hold the environments of each side; one that only one side has is a change by itself. */
export function diff(before: readonly PlanSide[], after: readonly PlanSide[]): Plan {
  const found = after.flatMap((side): readonly Compared[] => {
    const old = before.find(({ name }) => name === side.name);
    return old === undefined ? [] : [compare(old, side)];
  });
  const comes = after.filter(({ name }) => !before.some((old) => old.name === name)).map((side) => lone(side, "added"));
  const goes = before.filter(({ name }) => !after.some((now) => now.name === name)).map((side) => lone(side, "removed"));
  const environments = [...found, ...comes, ...goes].toSorted((a, b) => (a.plan.name < b.plan.name ? -1 : 1));
  const changes = merged(environments);
  return { class: worst(changes.map((change) => change.class)), changes, environments: environments.map(({ plan }) => plan) };
}

interface Compared {
  readonly changes: readonly Change[];
  readonly plan: EnvironmentPlan;
}

function compare(before: PlanSide, after: PlanSide): Compared {
  const moves = movesOf(before.analysis, after.analysis);
  const pair: Pair = { before, after, moves, meanings: meaningsOf(before, after, moves) };
  const kinds = [existenceEffects, tableEffects, historyEffects, servingEffects, scheduleEffects, streamEffects];
  const effects = kinds.flatMap((effectsOf) => effectsOf(pair));
  const said = [...definitionChanges(pair, effects), ...frameChanges(pair, effects)];
  const changes = [...said, ...unexplained(pair, effects, said)];
  const files = filesOf(before, after);
  return { changes, plan: { name: after.name, steps: stepsOf({ before, after, effects, files }), files } };
}

function definitionChanges(pair: Pair, effects: readonly Found[]): readonly Change[] {
  const { before, after, moves } = pair;
  const old = new Map(definitionsOf(before.analysis).map((id) => [moves.now(id), id]));
  const now = new Set(definitionsOf(after.analysis));
  return [...new Set([...old.keys(), ...now])].sort().flatMap((id): readonly Change[] => {
    const was = old.get(id);
    const parts = partsOf(
      was === undefined ? undefined : { analysis: before.analysis, id: was, sql: pair.meanings.ownText(id, "before") },
      now.has(id) ? { analysis: after.analysis, id, sql: pair.meanings.ownText(id, "after") } : undefined,
    );
    const change = was === undefined ? "added" : !now.has(id) ? "removed" : was === id ? "changed" : "moved";
    if (change === "changed" && parts.length === 0) return [];
    const moved = change === "moved" ? { was: was ?? id } : {};
    return [changeOf(pair, { definition: id, change, ...moved, parts }, effects)];
  });
}

function frameChanges(pair: Pair, effects: readonly Found[]): readonly Change[] {
  return [...frameParts(pair.before, pair.after)].map(([definition, parts]) => {
    const sides = new Set(parts.map(({ before, after }) => (before === undefined ? "added" : after === undefined ? "removed" : "changed")));
    const [only = "changed"] = sides;
    const whole = definition.startsWith("targets.") && parts.some(({ path }) => path === "target");
    return changeOf(pair, { definition, change: whole && sides.size === 1 ? only : "changed", parts }, effects);
  });
}

/** Effects that belong to no change stand by the definition that they are about: none is lost. */
function unexplained(pair: Pair, effects: readonly Found[], said: readonly Change[]): readonly Change[] {
  const told = new Set(said.flatMap((change) => change.effects.map(({ on, why }) => `${on} ${why}`)));
  const left = effects.filter(({ on, why }) => !told.has(`${on} ${why}`));
  return [...new Set(left.map(({ definition }) => definition))].map((definition) =>
    changeOf(pair, { definition, change: "changed", parts: [] }, left),
  );
}

type Bare = Pick<Change, "definition" | "change" | "was" | "parts">;

function changeOf(pair: Pair, bare: Bare, all: readonly Found[]): Change {
  const reached = pair.meanings.reachedBy(bare.definition);
  const isOurs = ({ definition, from }: Found): boolean =>
    definition === bare.definition || from.some((id) => id === bare.definition || reached.includes(id));
  const effects = all.filter(isOurs).map(({ class: kind, on, why }): Effect => ({ class: kind, on, why }));
  const own = bare.change === "changed" && bare.parts.every(({ prose }) => prose) ? "metadata" : "compatible";
  return {
    ...bare,
    class: worst([own, ...effects.map((effect) => effect.class)]),
    environments: [pair.after.name],
    effects: unique(effects),
    reaches: reached.filter((id) => id !== bare.definition),
  };
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}

function filesOf(before: PlanSide, after: PlanSide): readonly FileChange[] {
  const [old, now] = [byPath(before), byPath(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((path): readonly FileChange[] => {
    const [a, b] = [old.get(path), now.get(path)];
    if (a !== undefined && b !== undefined)
      return a.text === b.text ? [] : [{ path, change: "changed", from: [...new Set([...a.from, ...b.from])].sort() }];
    return [{ path, change: a === undefined ? "added" : "removed", from: (b ?? a)?.from ?? [] }];
  });
}

function byPath({ folder, files }: PlanSide): ReadonlyMap<string, PlanSide["files"][number]> {
  return new Map(files.map((file) => [`${folder}/${file.path}`, file]));
}

/** An environment that comes or goes as a whole. */
function lone(side: PlanSide, change: "added" | "removed"): Compared {
  const definition = `environments.${side.name}`;
  const effect: Effect = {
    class: "compatible",
    on: definition,
    why: change === "added" ? "its output is new" : "its output is no longer written",
  };
  const parts: readonly Part[] = [
    { path: "runtime", [change === "added" ? "after" : "before"]: side.ir.environment.runtime, prose: false },
  ];
  const empty: PlanSide = { ...side, files: [] };
  return {
    changes: [{ definition, change, class: "compatible", environments: [side.name], parts, effects: [effect], reaches: [] }],
    plan: { name: side.name, steps: [], files: change === "added" ? filesOf(empty, side) : filesOf(side, empty) },
  };
}

/** What is the same in several environments is said once. */
function merged(compared: readonly Compared[]): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const change of compared.flatMap((one) => one.changes)) {
    const key = JSON.stringify({ ...change, environments: [] });
    const known = changes.get(key);
    changes.set(key, known === undefined ? change : { ...known, environments: [...known.environments, ...change.environments] });
  }
  return [...changes.values()].toSorted((a, b) => (a.definition < b.definition ? -1 : a.definition > b.definition ? 1 : 0));
}

interface Project {
  readonly environments: readonly { readonly name: string; readonly analysis?: PlanSide["analysis"] }[];
  readonly templates: PlanSide["templates"];
}

/** The sides of a compiled project, for `diff`. */
export function sidesOf(
  { environments, templates }: Project,
  compiled: readonly Omit<PlanSide, "analysis" | "templates">[],
): readonly PlanSide[] {
  const facts = Object.fromEntries(environments.map(({ name, analysis }) => [name, analysis]));
  return compiled.flatMap((environment): readonly PlanSide[] => {
    const analysis = at(facts, environment.name);
    return analysis === undefined ? [] : [{ ...environment, analysis, templates }];
  });
}
