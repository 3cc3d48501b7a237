import type { Field } from "../data-type.js";
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import type { FeatureSpec, ProjectSpec } from "../spec.js";
import type { DatasetFacts, Finding } from "./analysis.js";
import { knowledgeOf, typedColumns } from "./dataset.js";
import { atValue, finding } from "./finding.js";
import { unknownColumn } from "./source.js";
import { sameType } from "./expr/coerce.js";
import { findName } from "./types/name.js";
import { printDataType } from "./types/text.js";
import { groupOf } from "./id.js";

const NONE = {};

/** Types of the request columns of each group: those that the observations of the models have that use it, directly or through derived values. */
export function requestFields(
  spec: ProjectSpec,
  datasets: ReadonlyMap<string, DatasetFacts>,
  memo: Memo,
): { readonly byGroup: ReadonlyMap<string, ReadonlyMap<string, Field>>; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const byGroup = new Map<string, ReadonlyMap<string, Field>>();
  const asking = saidOfEach<FeatureSpec, readonly [string, FeatureSpec]>(spec.features ?? NONE, {
    step: "groups that ask",
    memo,
    say: (name, feature) => (feature.request === undefined ? [] : [[name, feature]]),
  });
  if (asking.length === 0) return { byGroup, findings };
  const uses = groupUses(spec);
  for (const [group, feature] of asking) {
    const fields = new Map<string, Field>();
    (feature.request ?? []).forEach((name, i) => {
      const path = ["features", group, "request", i];
      const readers = Object.entries(spec.models ?? {}).filter(([, model]) => reaches(model.features.map(groupOf), group, uses));
      const tables = readers.flatMap(([, model]) => datasets.get(model.observations) ?? []);
      const found = tables.flatMap((table) => {
        const columns = typedColumns(table);
        const column = findName(columns, name, (one) => one.name);
        if (
          knowledgeOf(table) === "all" &&
          column === undefined &&
          !findings.some((one) => JSON.stringify(one.at) === JSON.stringify(atValue(path)))
        )
          findings.push(unknownColumn(name, columns, table.name, path));
        return column ? [column] : [];
      });
      const [first] = found;
      if (first === undefined) return;
      const types = [...new Set(found.filter((one) => !sameType(one.type, first.type)).map((one) => printDataType(one.type)))];
      if (types.length > 0)
        findings.push(finding("request-types", atValue(path), { column: name, types: [printDataType(first.type), ...types] }));
      fields.set(name, { ...first, name, nullable: found.some((one) => one.nullable) });
    });
    byGroup.set(group, fields);
  }
  return { byGroup, findings };
}

/** Groups whose names stand in the derived values of a group. By words: types come later. */
function groupUses(spec: ProjectSpec): ReadonlyMap<string, readonly string[]> {
  const features = spec.features ?? {};
  return new Map(
    Object.entries(features).map(([group, { derived }]) => {
      const words = new Set(
        Object.values(derived ?? {}).flatMap((text) => [...text.matchAll(/(\w+)\s*\./g)].map((match) => match[1] ?? "")),
      );
      return [group, [...words].filter((other) => other !== group && Object.hasOwn(features, other))];
    }),
  );
}

function reaches(from: readonly string[], to: string, uses: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(uses.get(name) ?? []));
  }
  return false;
}
