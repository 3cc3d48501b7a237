/**
 * Labels in features. Whatever a label has a say in is not known before the label is: what is computed from it, what it chooses, sorts, groups
 * or joins. And where the label only repeats what one column of its row says, that column is the label.
 */
import type { Analysis, Finding, ModelFacts, TransformFacts } from "./analysis.js";
import { atValue, finding } from "./finding.js";
import type { ProjectLineage } from "./lineage.js";
import { outputPlace } from "./output-place.js";
import { sameName } from "./types/name.js";
import { nameOf, splitColumn } from "./id.js";

type Facts = Omit<Analysis, "findings">;

/** A label, or a column that says the same. */
interface Told {
  readonly model: ModelFacts;
  readonly label: string;
  readonly column: string;
  /** The label itself, or a column that it is a renaming of: not a function of one. */
  readonly isSame: boolean;
}

type Labels = ReadonlyMap<string, Told>;

/** Labels, and columns of the rows below them that they repeat. */
function labelsOf(analysis: Facts): Labels {
  const labels = new Map<string, Told>();
  const all = Object.values(analysis.models).map((model) => ({ model, label: `${model.observations}.${model.label.column}` }));
  for (const { model, label } of all) labels.set(label, { model, label, column: label, isSame: true });
  for (const { model, label } of all)
    for (const one of repeatedBy(model, analysis)) if (!labels.has(one.column)) labels.set(one.column, { model, label, ...one });
  return labels;
}

/**
 * Columns that a label is a renaming or a function of, each alone and in the same row, as far down as that can be seen. Of a label that is computed
 * from several, nobody knows which of them is the late one.
 */
function repeatedBy({ observations, label }: ModelFacts, { datasets }: Facts): readonly Pick<Told, "column" | "isSame">[] {
  const start: Input = { dataset: observations, name: label.column, isSame: true };
  const found: Input[] = [];
  // Without recursion: chains of transforms may be long.
  for (let at = onlyInput(start, datasets); at !== undefined; at = onlyInput(at, datasets)) found.push(at);
  return found.map(({ dataset, name, isSame }) => ({ column: `${dataset}.${name}`, isSame }));
}

interface Input {
  readonly dataset: string;
  readonly name: string;
  readonly isSame: boolean;
}

/** The one column that a transform's column is made from, where both are of the same row, and it is neither key nor time. */
function onlyInput(made: Input, datasets: Facts["datasets"]): Input | undefined {
  const facts = datasets[nameOf(made.dataset)];
  if (facts?.kind !== "transform" || facts.time === undefined) return undefined;
  const column = facts.columns.find((one) => sameName(one.name, made.name));
  if (column === undefined) return undefined;
  const { from, indirect } = column;
  if (from.some(({ kind }) => kind === "aggregation") || indirect.some(({ kinds }) => kinds.includes("window"))) return undefined;
  const deciding = indirect.flatMap(({ column: id, kinds }) => (kinds.includes("conditional") ? [id] : []));
  const [input, ...others] = new Set([...from.map(({ column: id }) => id), ...deciding]);
  if (input === undefined || others.length > 0) return undefined;
  const [dataset, own] = splitColumn(input);
  const below = datasets[nameOf(dataset)];
  if (below?.time === undefined || !facts.readOnce.includes(dataset) || !isOfSameRow(facts, `${dataset}.${below.time.eventTime}`))
    return undefined;
  const { key, eventTime, ingestedAt } = below.time;
  if ([...key, eventTime, ingestedAt].some((each) => each !== undefined && sameName(each, own))) return undefined;
  const isSame = made.isSame && from.length === 1 && from.every(({ kind, masked }) => kind === "identity" && masked === undefined);
  return { dataset, name: own, isSame };
}

/** Whether the event time of a transform's rows is that of the rows that they are made from. */
function isOfSameRow({ columns, time }: TransformFacts, eventTime: string): boolean {
  const own = columns.find(({ name }) => time !== undefined && sameName(name, time.eventTime));
  return own?.from.length === 1 && own.from.every(({ column, kind }) => kind === "identity" && sameName(column, eventTime));
}

/** All that has a say in a value, in which rows there are, or in what order. */
function inputsOf(lineage: ProjectLineage, column: string): readonly string[] {
  const { from, indirect } = lineage.get(column) ?? { from: [], indirect: [] };
  return [...from, ...indirect].map((input) => input.column);
}

/**
 * Columns that a label has a say in, with it. A function of the project's code that reads a table with the label itself is taken to use it; one
 * that reads a table with a column that is repeated may do without.
 */
function taintedBy(labels: Labels, { datasets }: Facts, lineage: ProjectLineage): Labels {
  const tainted = new Map(labels);
  for (const column of lineage.keys()) {
    if (tainted.has(column) || !/^(transforms|features)\./.test(column)) continue;
    const dataset = datasets[nameOf(splitColumn(column)[0])];
    const isFunction = column.startsWith("transforms.") && dataset?.kind === "transform" && dataset.function !== undefined;
    const told = inputsOf(lineage, column)
      .flatMap((input) => tainted.get(input) ?? [])
      .find((one) => !isFunction || one.column === one.label);
    if (told !== undefined) tainted.set(column, told);
  }
  return tainted;
}

/** A label, or what it has a say in, among the outputs of a feature group: at the first output on the way. */
export function leakingLabels(analysis: Facts, lineage: ProjectLineage): readonly Finding[] {
  const { groups } = analysis;
  const tainted = taintedBy(labelsOf(analysis), analysis, lineage);
  return Object.values(groups).flatMap(({ id, name: group, outputs }) =>
    outputs.flatMap(({ name }): Finding[] => {
      const column = `${id}.${name}`;
      const told = tainted.get(column);
      const further = inputsOf(lineage, column).some((input) => input.startsWith("features.") && tainted.has(input));
      if (told === undefined || further) return [];
      const { model, label, column: repeated, isSame } = told;
      // A label that is known with its row may be counted later, but is not there when the row itself is asked about.
      if (model.label.knownAfter === 0 && groups[group]?.kind !== "request") return [];
      const related = [{ message: "the label", at: atValue(["models", model.name, "label", "column"]) }];
      const args = { feature: `${group}.${name}`, label, model: model.name, repeated: repeated === label ? "" : repeated };
      // Of earlier rows it may be known all the same: then `known_after` is not right.
      const code = isSame || groups[group]?.kind === "request" ? "label-leaks" : "label-repeated";
      return [finding(code, outputPlace(groups, group, name), args, { related })];
    }),
  );
}
