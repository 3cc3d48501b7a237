import type { Path } from "../1-parse/index.js";
import { isRecord, shapeFor } from "../2-validate/index.js";
import type { Report } from "../diagnostic.js";
import { alike, type Memo } from "../memo.js";
import type { ProjectFile } from "./files.js";

export interface Definition {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  /** Path of the definition in its file. */
  readonly path: Path;
}

/** Plain data: what is defined where. Sources and transforms share a namespace, because both are tables in SQL. */
export interface SymbolTable {
  /** In the order of the files and of what stands in them. */
  readonly definitions: readonly Definition[];
  /** By namespace and name, the first of each. */
  readonly names: Readonly<Record<string, Readonly<Record<string, Definition>>>>;
}

export function namespaceOf(kind: string): string {
  return kind === "source" || kind === "transform" ? "table" : kind;
}

/** Of these kinds, the definition that a name stands for. */
export function find(symbols: SymbolTable, kinds: readonly string[], name: string): Definition | undefined {
  for (const kind of kinds) {
    const names = symbols.names[namespaceOf(kind)];
    const found = names !== undefined && Object.hasOwn(names, name) ? names[name] : undefined;
    if (found !== undefined && kinds.includes(found.kind)) return found;
  }
  return undefined;
}

export function namesOf(symbols: SymbolTable, kinds: readonly string[]): readonly string[] {
  return symbols.definitions.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
}

/** Collects definitions from the annotations of the language; a name that is taken is reported with both places. */
export function collectSymbols(files: readonly ProjectFile[], report: Report, memo: Memo): SymbolTable {
  const lists = files.map((file) =>
    memo.keep("definitions", [file.document], () =>
      memo.carry<readonly Definition[]>(`definitions ${file.document.file.path}`, (before) => alike(before, definitionsIn(file))),
    ),
  );
  const { symbols, taken } = memo.keep("symbols", [SYMBOLS, ...lists], () => tableOf(lists.flat()));
  if (taken.length === 0) return symbols;
  const documents = new Map(files.map(({ document }) => [document.file.path, document]));
  for (const { definition, first } of taken) {
    const place = documents.get(definition.file)?.locate(definition.path, "key");
    const other = documents.get(first.file)?.locate(first.path, "key");
    if (place === undefined || other === undefined) continue;
    const kind =
      first.kind === definition.kind
        ? `both are a ${definition.kind}`
        : `as a ${first.kind} and as a ${definition.kind}, which share their names`;
    report(
      "duplicate-definition",
      place,
      { kind, name: definition.name },
      { related: [{ ...other, message: `the ${first.kind} ${definition.name} is defined here` }] },
    );
  }
  return symbols;
}

const SYMBOLS = {};

interface Collected {
  readonly symbols: SymbolTable;
  readonly taken: readonly { readonly definition: Definition; readonly first: Definition }[];
}

function tableOf(all: readonly Definition[]): Collected {
  const names = new Map<string, Map<string, Definition>>();
  const definitions: Definition[] = [];
  const taken: { readonly definition: Definition; readonly first: Definition }[] = [];
  for (const definition of all) {
    const space = names.get(namespaceOf(definition.kind)) ?? new Map<string, Definition>();
    names.set(namespaceOf(definition.kind), space);
    const first = space.get(definition.name);
    if (first === undefined) {
      space.set(definition.name, definition);
      definitions.push(definition);
    } else taken.push({ definition, first });
  }
  const symbols = { definitions, names: Object.fromEntries([...names].map(([space, table]) => [space, Object.fromEntries(table)])) };
  return { symbols, taken };
}

function definitionsIn({ document, role }: ProjectFile): readonly Definition[] {
  const { value, file } = document;
  if (!isRecord(value)) return [];
  const sections = Object.entries(shapeFor(role).keys ?? {});
  return sections.flatMap(([section, { declares }]) => {
    const map = Object.hasOwn(value, section) ? value[section] : undefined;
    if (declares === undefined || !isRecord(map)) return [];
    return Object.keys(map).map((name) => ({ kind: declares, name, file: file.path, path: [section, name] }));
  });
}
