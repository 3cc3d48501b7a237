/**
 * The analyses of single definitions, each with the text of all that it depends on. Numbers that JSON lacks stand only where
 * definitions take any value, and analysis does not read those.
 */
import type { Memo } from "../memo.js";
import type { Query } from "../sql/ast.js";
import type { CatalogueTable } from "../sql/bind/env.js";
import type { GroupFacts } from "./analysis.js";
import { analyzeFunction } from "./function.js";
import { analyzeDeployment } from "./deployment.js";
import { analyzeGroup } from "./group.js";
import { analyzeModel, plansOf } from "./model.js";
import { analyzeSource } from "./source.js";
import { bindSql, type BoundSql } from "./sql/bind.js";
import { readSql, treeOf, type SqlReading } from "./sql/read.js";
import { analyzeTransform } from "./transform.js";
import { groupOf } from "./id.js";

export interface Analyses {
  /** Whether an SQL text can be read, and which tables it reads. */
  readonly sql: (text: string) => SqlReading;
  /** A text that can be read, over all tables that it reads and that are there. */
  readonly bound: (text: string, tables: readonly CatalogueTable[]) => BoundSql;
  readonly source: typeof analyzeSource;
  readonly transform: typeof analyzeTransform;
  readonly function: typeof analyzeFunction;
  readonly group: typeof analyzeGroup;
  readonly model: typeof analyzeModel;
  readonly deployment: typeof analyzeDeployment;
}

export function remembering(memo: Memo): Analyses {
  const trees = new Map<string, Query>();
  return {
    sql: (text) => memo.get("sql", text, () => readSql(text, trees)),
    bound: (text, tables) => memo.get("bound", JSON.stringify([text, tables]), () => bindSql(text, treeOf(text, trees), tables)),
    source: (...input) => memo.get("source", JSON.stringify(input), () => analyzeSource(...input)),
    transform: (name, spec, from) => {
      const { text, ...rest } = from;
      return memo.get("transform", JSON.stringify([name, spec, text.sql, rest]), () => analyzeTransform(name, spec, from));
    },
    function: (...input) => memo.get("function", JSON.stringify(input), () => analyzeFunction(...input)),
    group: (input) => {
      const request = [...input.request];
      return memo.get("group", JSON.stringify({ ...input, request }), () => analyzeGroup(input));
    },
    model: (input) => {
      const wanted = input.spec.features.map(groupOf);
      const groups = some(input.groups, plansOf(wanted, input.groups));
      const features = wanted.map((name) => (Object.hasOwn(input.features, name) ? input.features[name] : undefined));
      return memo.get("model", JSON.stringify({ ...input, groups, features }), () => analyzeModel(input));
    },
    deployment: (input) => {
      const groups = some(input.groups, input.model?.plans ?? []);
      return memo.get("deployment", JSON.stringify({ ...input, groups }), () => analyzeDeployment(input));
    },
  };
}

function some(groups: ReadonlyMap<string, GroupFacts>, names: readonly string[]): readonly (GroupFacts | undefined)[] {
  return names.map((name) => groups.get(name));
}
