/** Key, event time and knowledge time that pass through a transform unchanged: by lineage, so whatever the columns are called. */
import type { TimeKeys } from "../ir.js";
import type { DatasetFacts, TransformColumn } from "./analysis.js";
import { sameName } from "./types/name.js";
import { splitColumn } from "./id.js";

export type TimedInput = Pick<DatasetFacts, "id" | "time">;

/** All that could be meant; what is the only one, is. */
export interface PassedOn {
  readonly key: readonly (readonly string[])[];
  readonly eventTime: readonly string[];
  readonly ingestedAt: readonly string[];
}

export function passedOn(columns: readonly TransformColumn[], inputs: readonly TimedInput[]): PassedOn {
  const times = new Map(inputs.flatMap(({ id, time }) => (time === undefined ? [] : [[id, time] as const])));
  const holding = (role: Role): readonly string[] => columns.filter((column) => holds(column, role, times)).map(({ name }) => name);
  const keys = [...times.values()].flatMap(({ key }) =>
    combined(key.map((_, part) => holding((time) => (time.key.length === key.length ? time.key[part] : undefined)))),
  );
  return {
    key: [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()],
    eventTime: holding(({ eventTime }) => eventTime),
    ingestedAt: holding(({ ingestedAt }) => ingestedAt),
  };
}

type Role = (time: TimeKeys) => string | undefined;

/** Whatever row of a union it is: the column is its dataset's column of that role, as it was. */
function holds({ from }: TransformColumn, role: Role, times: ReadonlyMap<string, TimeKeys>): boolean {
  return (
    from.length > 0 &&
    from.every(({ column, kind, masked }) => {
      const [dataset, own] = splitColumn(column);
      const time = times.get(dataset);
      const name = time && role(time);
      return kind === "identity" && masked === undefined && name !== undefined && sameName(name, own);
    })
  );
}

/** A key of several columns is told by the first and the last that could be meant: that there are more is what counts. */
function combined(parts: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (parts.some(({ length }) => length === 0)) return [];
  if (parts.length === 1) return (parts[0] ?? []).map((name) => [name]);
  return [parts.flatMap((names) => names.slice(0, 1)), parts.flatMap((names) => names.slice(-1))];
}

export function only<T>(candidates: readonly T[]): T | undefined {
  return candidates.length === 1 ? candidates[0] : undefined;
}
