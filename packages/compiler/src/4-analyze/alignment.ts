import type { Finding } from "./analysis.js";
import type { Gist } from "./gist.js";
import { NO_SCHEDULE } from "./schedules.js";
import { atValue, finding } from "./finding.js";

/** Readers on a schedule whose distance to that of what they read changes. */
export function unaligned({
  datasets,
  groups,
  models,
  deployments,
  schedules,
  lags,
}: Pick<Gist, "datasets" | "groups" | "models" | "deployments" | "schedules" | "lags">): readonly Finding[] {
  if (allAligned({ datasets, groups, schedules, lags })) return [];
  const byId = new Map(Object.values(datasets).map((facts) => [facts.id, facts]));
  const findings: Finding[] = [];
  const check = (
    consumer: { readonly name: string; readonly schedule: string },
    dataset: string,
    path: readonly (string | number)[],
  ): void => {
    // Through views, each once: they may be many ways to one table, or a circle.
    const seen = new Set<string>();
    const open = [dataset];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const facts = byId.get(id);
      if (facts === undefined || seen.has(id)) continue;
      seen.add(id);
      if (facts.schedule !== undefined) compare(consumer, { name: facts.name, schedule: facts.schedule }, path);
      else if (facts.kind === "transform") open.push(...facts.reads);
    }
  };
  const compare = (
    consumer: { readonly name: string; readonly schedule: string },
    producer: { readonly name: string; readonly schedule: string },
    path: readonly (string | number)[],
  ): void => {
    if (consumer.schedule === NO_SCHEDULE || producer.schedule === NO_SCHEDULE) return;
    if (consumer.schedule === producer.schedule || lags[`${consumer.schedule}<${producer.schedule}`] !== undefined) return;
    findings.push(finding("schedules-do-not-align", atValue(path), { consumer: consumer.name, producer: producer.name }));
  };
  const plans = (
    consumer: { readonly name: string; readonly schedule: string },
    wanted: readonly string[],
    path: readonly string[],
  ): void => {
    for (const plan of wanted) {
      const group = groups[plan];
      if (group !== undefined && group.kind !== "request") compare(consumer, group, path);
    }
  };
  for (const facts of Object.values(datasets))
    if (facts.kind === "transform" && facts.schedule !== undefined)
      for (const read of facts.reads) check({ name: facts.name, schedule: facts.schedule }, read, ["transforms", facts.name]);
  for (const facts of Object.values(groups)) if (facts.kind !== "request") check(facts, facts.from, ["features", facts.name, "from"]);
  for (const facts of Object.values(models)) {
    check(facts, facts.observations, ["models", facts.name, "observations"]);
    plans(facts, facts.plans, ["models", facts.name, "features"]);
  }
  for (const { name, schedule, rows, model } of Object.values(deployments)) {
    if (schedule === undefined) continue;
    if (rows !== undefined) check({ name, schedule }, rows, ["deployments", name, "rows"]);
    plans({ name, schedule }, models[model]?.plans ?? [], ["deployments", name, "model"]);
  }
  return findings;
}

/** In most projects whoever reads is at a constant distance from whatever there is to read. */
function allAligned({ datasets, groups, schedules, lags }: Pick<Gist, "datasets" | "groups" | "schedules" | "lags">): boolean {
  const producers = new Set<string>();
  for (const facts of [...Object.values(datasets), ...Object.values(groups)])
    if ("schedule" in facts && facts.schedule !== undefined) producers.add(facts.schedule);
  producers.delete(NO_SCHEDULE);
  return Object.keys(schedules).every((one) => [...producers].every((other) => one === other || lags[`${one}<${other}`] !== undefined));
}
