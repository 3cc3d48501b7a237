/** The key of an entity is looked up in every dataset that describes it. Where none has it, the key is wrong; where one lacks it, that one. */
import { nearest } from "../diagnostic.js";
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import type { DatasetFacts, EntityFacts, Finding, SpecPath } from "./analysis.js";
import { knowledgeOf, typedColumns } from "./dataset.js";
import { atValue, finding } from "./finding.js";
import type { Gist } from "./gist.js";
import { findName } from "./types/name.js";
import { nameOf } from "./id.js";

type Facts = Pick<Gist, "entities" | "datasets" | "groups" | "models" | "deployments" | "spec">;

/** A dataset, by its name. */
interface Named {
  readonly name: string;
  /** Where it is named. */
  readonly path: SpecPath;
}

interface Reader {
  readonly dataset: DatasetFacts;
  /** Where the dataset is named. */
  readonly path: SpecPath;
}

export function entityKeyFindings(facts: Facts, memo: Memo): readonly Finding[] {
  const { datasets, entities, groups, models, deployments, spec } = facts;
  const named = memo.keep("readers of entities", [entities, groups, models, deployments], () => readersByEntity(facts));
  const wanted = memo.keep("keys of datasets", [named], () => keysByDataset(named));
  const lacking = saidOfEach<DatasetFacts, string>(datasets, {
    step: "datasets that lack a key",
    memo,
    on: wanted,
    say: (name, dataset) =>
      knowledgeOf(dataset) === "all" && wanted.get(name)?.some((column) => !has(dataset, column)) === true ? [name] : [],
  });
  // In most projects, every dataset has the keys that are looked up in it.
  if (lacking.length === 0) return [];
  return memo.keep("keys", [datasets, named, spec.entities], () => findingsOf(facts, named));
}

function findingsOf(facts: Facts, named: ReturnType<typeof readersByEntity>): readonly Finding[] {
  return named.flatMap(({ entity, readers: all }) => {
    const readers = all.flatMap(({ name, path }): readonly Reader[] => {
      const dataset = facts.datasets[name];
      return dataset !== undefined && knowledgeOf(dataset) === "all" ? [{ dataset, path }] : [];
    });
    return entity.key.flatMap((column, index) => ofColumn(entity, column, index, { readers, facts }));
  });
}

function readersByEntity(facts: Facts): readonly { readonly entity: EntityFacts; readonly readers: readonly Named[] }[] {
  return Object.values(facts.entities).map((entity) => ({ entity, readers: readersOf(entity, facts) }));
}

/** Columns by which entities are looked up in each dataset. */
function keysByDataset(named: ReturnType<typeof readersByEntity>): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, Set<string>>();
  for (const { entity, readers } of named)
    for (const { name } of readers) {
      const known = keys.get(name) ?? new Set();
      for (const column of entity.key) known.add(column);
      keys.set(name, known);
    }
  return new Map([...keys].map(([name, columns]) => [name, [...columns]]));
}

function ofColumn(
  { name: entity }: EntityFacts,
  column: string,
  index: number,
  { readers, facts }: { readonly readers: readonly Reader[]; readonly facts: Facts },
): readonly Finding[] {
  const lacking = readers.filter(({ dataset }) => !has(dataset, column));
  const datasets = [...new Set(lacking.map(({ dataset }) => dataset.name))];
  if (datasets.length === 0) return [];
  if (lacking.length === readers.length) {
    const key = facts.spec.entities?.[entity]?.key;
    const at = atValue(["entities", entity, "key", ...(typeof key === "string" ? [] : [index])]);
    const common = commonColumns(readers.map(({ dataset }) => dataset));
    const near = nearest(column, common);
    const more = near === undefined ? {} : { replacement: near };
    return [finding("entity-key", at, { entity, name: column, datasets, known: common, nearest: near }, more)];
  }
  return datasets.map((name) => {
    const [first, ...others] = lacking.filter(({ dataset }) => dataset.name === name);
    const path = first?.path ?? [];
    const related = others.map((other) => ({ message: "it is read here, too", at: atValue(other.path) }));
    return finding(
      "entity-key",
      atValue(path),
      { entity, name: column, datasets: [name], known: [] },
      related.length === 0 ? {} : { related },
    );
  });
}

function has(dataset: DatasetFacts, name: string): boolean {
  return findName(typedColumns(dataset), name, (column) => column.name) !== undefined;
}

function commonColumns([first, ...others]: readonly DatasetFacts[]): readonly string[] {
  return (first === undefined ? [] : typedColumns(first))
    .map(({ name }) => name)
    .filter((name) => others.every((other) => has(other, name)));
}

/** Feature groups, and models and batch deployments that use them. */
function readersOf(entity: EntityFacts, { groups, models, deployments }: Facts): readonly Named[] {
  const reader = (id: string, path: SpecPath): readonly Named[] => [{ name: nameOf(id), path }];
  const using = Object.values(models).filter(({ plans }) =>
    plans.some((plan) => {
      const group = groups[plan];
      return group !== undefined && group.kind !== "request" && group.entity === entity.name;
    }),
  );
  return [
    ...Object.values(groups).flatMap((group) =>
      group.kind === "request" || group.entity !== entity.name ? [] : reader(group.from, ["features", group.name, "from"]),
    ),
    ...using.flatMap(({ name, observations }) => reader(observations, ["models", name, "observations"])),
    ...Object.values(deployments).flatMap(({ name, model, rows }) =>
      rows === undefined || !using.some((one) => one.name === model) ? [] : reader(rows, ["deployments", name, "rows"]),
    ),
  ];
}
