/** Online stores are filled on their group's schedule: windows that end before it comes round again hold nothing for the rest of the time. */
import { printDuration } from "../shorthand/index.js";
import type { Analysis, Finding, ModelFacts, Where, WindowedFacts } from "./analysis.js";
import { delayOf } from "./delay.js";
import { refsOf } from "./expr/walk.js";
import { atKey, atValue, finding } from "./finding.js";
import { nameOf } from "./id.js";
import { hasTopics, notRowByRow, streamed, unstreamed } from "./streamed.js";

/** What is said of the online stores of groups that services look up. */
export function refreshFindings(facts: Facts): readonly Finding[] {
  return [...unstreamedFindings(facts), ...endlessFindings(facts), ...emptyFindings(facts), ...shortFindings(facts)];
}

/** Models that answer requests. */
export function servedModels({ deployments, models }: Pick<Facts, "deployments" | "models">): readonly ModelFacts[] {
  const online = Object.values(deployments).filter(({ serve }) => serve === "online");
  return online.flatMap(({ model }) => (Object.hasOwn(models, model) ? (models[model] ?? []) : []));
}

function servedPlans(facts: Facts): ReadonlySet<string> {
  return new Set(servedModels(facts).flatMap(({ plans }) => plans));
}

/** Windows over the whole past, of groups that a stream keeps current. */
function endlessFindings(facts: Facts): readonly Finding[] {
  if (!hasTopics(facts.spec)) return [];
  return [...servedPlans(facts)].flatMap((name) => {
    const group = facts.groups[name];
    if (group?.kind !== "windowed" || !group.online || streamed(facts, group.from) === undefined) return [];
    return group.aggregates.flatMap((aggregate) => {
      const endless = aggregate.windows.filter(({ length }) => length === "all");
      const [first] = endless;
      if (first === undefined) return [];
      const args = { group: name, outputs: endless.map(({ output }) => output), tile: printDuration(first.tile) };
      return [finding("stream-keeps-all", windowsOf(facts, name, aggregate.name), args)];
    });
  });
}

/** Windows in which no event can be: at t they hold what was known before t - delay, and they begin at most their length and a tile before t. */
function emptyFindings(facts: Facts): readonly Finding[] {
  return Object.values(facts.groups).flatMap((group) => {
    if (group.kind !== "windowed") return [];
    const delay = delayOf(facts, group);
    return group.aggregates.flatMap((aggregate) => {
      const empty = aggregate.windows.filter(({ length, tile }) => length !== "all" && length + tile <= delay);
      if (empty.length === 0) return [];
      const own = facts.spec.features?.[group.name]?.delay !== undefined;
      const args = { group: group.name, outputs: empty.map(({ output }) => output), delay: printDuration(delay), own };
      const related = own ? [{ message: "how long it takes until an event counts", at: atValue(["features", group.name, "delay"]) }] : [];
      return [finding("window-within-delay", windowsOf(facts, group.name, aggregate.name), args, { related })];
    });
  });
}

/** Where the windows of an aggregate are written. */
function windowsOf({ spec }: Facts, group: string, aggregate: string): Where {
  const path = ["features", group, "aggregates", aggregate];
  return atValue(typeof spec.features?.[group]?.aggregates?.[aggregate] === "object" ? [...path, "over"] : path);
}

/** A group over a topic that no stream keeps current. */
function unstreamedFindings(facts: Facts): readonly Finding[] {
  if (!hasTopics(facts.spec)) return [];
  return [...servedPlans(facts)].flatMap((name) => {
    const group = facts.groups[name];
    if (group === undefined || group.kind === "request" || !group.online) return [];
    const found = unstreamed(facts, group.from);
    if (found === undefined) return [];
    const period = facts.schedules[group.schedule]?.longest ?? 0;
    const { source, transform, why } = found;
    const related = [{ message: "not row by row", at: atKey("transforms", nameOf(transform)) }];
    const what = notRowByRow({ transform, why });
    return [finding("filled-on-schedule", atKey("features", name), { group: name, source: nameOf(source), why: what, period: printDuration(period) }, { related })]; // prettier-ignore
  });
}

type Facts = Pick<Analysis, "spec" | "datasets" | "groups" | "models" | "deployments" | "schedules">;

function shortFindings(facts: Facts): readonly Finding[] {
  const short = new Map<string, { readonly group: WindowedFacts; readonly outputs: Set<string>; readonly deployments: string[] }>();
  for (const { name, model, serve } of Object.values(facts.deployments)) {
    const served = serve === "online" && Object.hasOwn(facts.models, model) ? facts.models[model] : undefined;
    if (served === undefined) continue;
    const read = featuresOf(served, facts.groups);
    const groups = [...new Set([...read].map((feature) => feature.slice(0, feature.indexOf("."))))].sort();
    for (const group of groups.map((each) => facts.groups[each])) {
      if (group?.kind !== "windowed" || !group.online || streamed(facts, group.from) !== undefined) continue;
      const outputs = shortWindows(group, read, facts.schedules);
      if (outputs.length === 0) continue;
      const known = short.get(group.name) ?? { group, outputs: new Set(), deployments: [] };
      outputs.forEach((output) => known.outputs.add(output));
      known.deployments.push(name);
      short.set(group.name, known);
    }
  }
  return [...short.values()].map(({ group, outputs, deployments }) => {
    const period = facts.schedules[group.schedule]?.longest ?? 0;
    const own = facts.spec.features?.[group.name]?.schedule !== undefined;
    return finding(
      "window-shorter-than-refresh",
      atKey("features", group.name, "aggregates"),
      { group: group.name, outputs: [...outputs], deployments, period: printDuration(period) },
      { related: [{ message: "when it is refreshed", at: own ? atKey("features", group.name, "schedule") : atKey("schedule") }] },
    );
  });
}

function shortWindows(group: WindowedFacts, read: ReadonlySet<string>, schedules: Analysis["schedules"]): readonly string[] {
  const longest = schedules[group.schedule]?.longest;
  if (longest === undefined) return [];
  return group.aggregates.flatMap(({ windows }) =>
    windows.flatMap(({ output, length }) => (read.has(`${group.name}.${output}`) && length !== "all" && length < longest ? [output] : [])),
  );
}

/** The inputs of a model and all that they are derived from, as `group.output`. */
export function featuresOf(model: ModelFacts, groups: Analysis["groups"]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = model.inputs.map(({ group, column }) => ({ group, column }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { group, column } = next;
    if (found.has(`${group}.${column}`)) continue;
    found.add(`${group}.${column}`);
    const derived = groups[group]?.derived.find(({ name }) => name === column);
    for (const ref of derived === undefined ? [] : refsOf(derived.expr)) {
      if (ref.scope === "output") open.push({ group: ref.group, column: ref.name });
      else if (ref.scope === "dataset") open.push({ group, column: ref.name });
    }
  }
  return found;
}
