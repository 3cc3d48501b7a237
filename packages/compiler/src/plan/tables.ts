/** Effects on stored tables: of sources, of transforms, and tiles. */
import type { Field } from "../data-type.js";
import { canonical } from "../hash.js";
import type { Dataset } from "../ir.js";
import { placeOf, readersOf, type Found, type Pair, type Work } from "./effect.js";
import { nameOf } from "../4-analyze/id.js";
import { at, type PlanSide } from "./plan.js";

export function tableEffects(pair: Pair): readonly Found[] {
  return [
    ...Object.values(pair.after.ir.datasets).flatMap((now) => {
      const old = at(pair.before.ir.datasets, pair.moves.was(now.id));
      if (old === undefined || (now.kind !== "source" && now.kind !== "transform")) return [];
      return storedTable(pair, old, now);
    }),
    ...Object.values(pair.after.ir.featurePlans).flatMap(({ name }) => tiles(pair, name)),
  ];
}

function storedTable(pair: Pair, old: Dataset, now: Dataset): readonly Found[] {
  if (old.path === undefined && now.path === undefined) return [];
  const whole: Work = { kind: "backfill", program: programOf(now) };
  if (old.path === undefined)
    return [
      found(now, {
        class: "backfill",
        on: now.id,
        why: `it is stored from now on: ${placeOf(now.path ?? "")} has to be computed`,
        from: [],
        work: [whole],
      }),
    ];
  if (now.path === undefined) {
    const why = "it is a view now: the table is no longer written";
    return [found(now, { class: "breaking", on: readersOf(old.path), why, from: [], work: [{ kind: "clean", path: old.path }] })];
  }
  return [...stale(pair, now, old.path), ...lookedFurther(pair, now, old.path), ...columnEffects(pair, { old, now, path: old.path })];
}

/** How far rows look back is nothing that they mean, as long as it is far enough: what looked further has found nothing there. */
function lookedFurther({ before, after, moves }: Pair, now: Dataset, path: string): readonly Found[] {
  const said = ({ analysis }: PlanSide, id: string): string | undefined => analysis.spec.transforms?.[nameOf(id)]?.look_back;
  const far = ({ analysis }: PlanSide, id: string): number | undefined => {
    const facts = at(analysis.datasets, nameOf(id));
    return facts?.kind === "transform" ? facts.incremental?.lookBack : undefined;
  };
  const old = moves.was(now.id);
  const [was, is] = [far(before, old), far(after, now.id)];
  if (was === undefined || is === undefined || is <= was || said(before, old) === said(after, now.id)) return [];
  const why = `its rows in ${placeOf(path)} were made by a look-back of ${said(before, old) ?? "none"}: those that look further found nothing there`;
  return [found(now, { class: "backfill", on: now.id, why, from: [], work: [{ kind: "backfill", program: programOf(now) }] })];
}

function programOf({ kind, name }: Dataset): string {
  return `${kind === "source" ? "ingest" : "transform"}.${name}`;
}

function found({ id }: { readonly id: string }, effect: Omit<Found, "definition">): Found {
  return { definition: id, ...effect };
}

function backfill({ after: { analysis } }: Pair, now: Dataset): Work {
  const facts = at(analysis.datasets, now.name);
  const start = facts?.schedule === undefined ? undefined : at(analysis.schedules, facts.schedule)?.start;
  // A transform is computed as a whole by each of its runs.
  return { kind: "backfill", program: programOf(now), ...(now.kind !== "source" || start === undefined ? {} : { from: start }) };
}

function stale(pair: Pair, now: Dataset, path: string): readonly Found[] {
  const { meanings } = pair;
  const nodes = meanings.nodesOf(now.id);
  const old = nodes.filter(meanings.isStale);
  // Rows that are stored already hold NULL there.
  const wanted = now.kind !== "source" ? [] : nodes.filter((id) => meanings.isNew(id) && meanings.readersOf(id).length > 0);
  if (old.length === 0 && wanted.length === 0) return [];
  const columns = [...old, ...wanted].map(lastOf);
  const what = old.includes(now.id) ? "its rows" : `its column${columns.length === 1 ? "" : "s"} ${names(columns)}`;
  const why = `${what} in ${placeOf(path)} ${what.startsWith("its column ") ? "was" : "were"} written by the definition before`;
  const missing = `rows that are stored already have no ${names(wanted.map(lastOf))}`;
  return [
    found(now, {
      class: "backfill",
      on: now.id,
      why: old.length > 0 ? why : missing,
      from: [...old, ...wanted],
      work: [backfill(pair, now)],
    }),
  ];
}

interface Columns {
  readonly old: Dataset;
  readonly now: Dataset;
  readonly path: string;
}

function columnEffects(pair: Pair, { old, now, path }: Columns): readonly Found[] {
  const effects: Found[] = [];
  const add = (column: string, why: string, work: readonly Work[]): void =>
    void effects.push(found(now, { class: "breaking", on: readersOf(path), why, from: [`${now.id}.${column.toLowerCase()}`], work }));
  for (const was of old.columns) {
    const id = pair.moves.now(`${old.id}.${was.name.toLowerCase()}`);
    const is = now.columns.find(({ name }) => `${now.id}.${name.toLowerCase()}` === id);
    if (is === undefined) add(was.name, ...noLonger(pair, { old, now, path }, was.name));
    else if (is.name.toLowerCase() !== was.name.toLowerCase())
      add(is.name, `the column ${was.name} is called ${is.name} now`, [{ kind: "alter", path, sql: renameSql(path, was.name, is.name) }]);
    if (is !== undefined && !sameType(was, is))
      add(is.name, `the column ${is.name} has another type, and a stored table keeps its own`, [
        { kind: "rebuild", path },
        backfill(pair, now),
      ]);
    else if (is !== undefined && is.nullable && !was.nullable && now.kind === "source") {
      const sql = [`ALTER TABLE ${table(path)} ALTER COLUMN ${quoted(is.name)} DROP NOT NULL`];
      const why = `the stored table refuses NULL in ${is.name} until it is altered`;
      effects.push(found(now, { class: "backfill", on: now.id, why, from: [id], work: [{ kind: "alter", path, sql }] }));
    }
  }
  const added = now.columns.filter(({ name }) => pair.meanings.isNew(`${now.id}.${name.toLowerCase()}`));
  if (added.length > 0 && effects.length === 0) {
    const why = `${placeOf(path)} gets ${names(added.map(({ name }) => name))}${now.kind === "source" ? lacking(pair, now) : ""}`;
    effects.push(found(now, { class: "compatible", on: now.id, why, from: [] }));
  }
  return effects;
}

/** What becomes of rows that lack a column. */
function lacking({ after }: Pair, { name }: Extract<Columns["now"], { kind: "source" }>): string {
  switch (at(after.analysis.spec.sources ?? {}, name)?.kafka?.format) {
    case undefined:
      // Ingestion stops at them.
      return ": raw rows have to have it from the next run on";
    case "json":
      return ": it is NULL in messages without it";
    case "csv":
      return ": messages with fewer values are malformed";
    case "avro":
    case "avro_confluent":
      return "";
  }
}

/** What is kept of a column that is not to be stored any more is in older rows, and in the quarantine. */
function noLonger(pair: Pair, { now, path }: Columns, name: string): readonly [string, readonly Work[]] {
  if (now.kind !== "source" || now.dropped?.some((one) => one.name.toLowerCase() === name.toLowerCase()) !== true)
    return [`the column ${name} is no longer written`, []];
  const work: readonly Work[] = [{ kind: "rebuild", path }, { kind: "rebuild", path: now.verdictsPath }, backfill(pair, now)];
  return [
    `the column ${name} is no longer stored; older rows and the quarantine have it until they are made anew and what is put aside is removed`,
    work,
  ];
}

function sameType(a: Field, b: Field): boolean {
  return canonical(a.type) === canonical(b.type);
}

function renameSql(path: string, from: string, to: string): readonly string[] {
  const name = table(path);
  return [
    `ALTER TABLE ${name} SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')`,
    `ALTER TABLE ${name} RENAME COLUMN ${quoted(from)} TO ${quoted(to)}`,
  ];
}

function table(path: string): string {
  const isAbsolute = path.startsWith("/") || path.includes("://");
  return `delta.${quoted(isAbsolute ? path : `./${path.replace(/^\.\//, "")}`)}`;
}

function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

function tiles({ before, after, moves, meanings }: Pair, name: string): readonly Found[] {
  const now = at(after.ir.featurePlans, name);
  const id = `features.${name}`;
  const old = at(before.ir.featurePlans, moves.was(id).slice("features.".length));
  if (now === undefined || old === undefined || !meanings.nodesOf(id).includes(id)) return [];
  const stored = now.kind === "windowed" ? at(after.ir.datasets, now.dataset)?.path : undefined;
  if (stored === undefined || now.generation === old.generation) return [];
  const why = `its tiles in ${placeOf(stored)} follow the definition before: its next run makes all of them anew`;
  return [{ definition: id, class: "backfill", on: id, why, from: [id], work: [{ kind: "backfill", program: id }] }];
}

export function lastOf(id: string): string {
  return id.split(".").slice(2).join(".") || id;
}

export function names(list: readonly string[]): string {
  return list.length > 4 ? `${list.slice(0, 3).join(", ")} and ${list.length - 3} more` : list.join(", ");
}
