/** One mistake at every place of a file: each key misspelt or left out, each value of a wrong kind, each name unknown. Edits of the text, so that places stay what they are. */
import { isMap, isPair, isScalar, isSeq, parseDocument, type Node, type Pair } from "yaml";

export type Path = readonly (string | number)[];

export interface Mutant {
  readonly file: string;
  readonly path: Path;
  /** What was done, for a title. */
  readonly how: How;
  readonly text: string;
  /** Range of the mistake in `text`; of what it was left out of, where something was left out. */
  readonly span: { readonly start: number; readonly end: number };
}

export type How = "key misspelt" | "key left out" | "tab" | "name unknown" | `${Kind} given`;
type Kind = "map" | "list" | "text" | "number" | "null";

interface Place {
  readonly path: Path;
  readonly key?: Node;
  readonly value: Node | null;
  readonly flow: boolean;
  readonly parentKey?: Node;
}

const GIVEN: Readonly<Record<Kind, string>> = {
  map: "{ wrong: kind }",
  list: "[wrong kind]",
  text: "wrong kind",
  number: "-7",
  null: "null",
};

export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const places: Place[] = [];
  walk(parseDocument(text).contents, { path: [], flow: false }, places);
  return places.flatMap((place) => [...ofKey(file, text, place), ...ofValue(file, text, place)]);
}

function walk(node: unknown, around: Pick<Place, "path" | "flow" | "parentKey">, places: Place[]): void {
  const items: readonly unknown[] = isMap(node) || isSeq(node) ? node.items : [];
  const flow = around.flow || ((isMap(node) || isSeq(node)) && node.flow === true);
  const parent = around.parentKey === undefined ? {} : { parentKey: around.parentKey };
  items.forEach((item, index) => {
    const key = isPair(item) ? (item.key as Node) : undefined;
    const value = (isPair(item) ? (item as Pair).value : item) as Node | null;
    const path = [...around.path, isScalar(key) ? String(key.value) : index];
    places.push({ path, value, flow, ...parent, ...(key === undefined ? {} : { key }) });
    walk(value, { path, flow, ...(key === undefined ? parent : { parentKey: key }) }, places);
  });
}

function ofKey(file: string, text: string, place: Place): readonly Mutant[] {
  const { key, value, path, flow, parentKey } = place;
  if (key === undefined) return [];
  const [start, end] = rangeOf(key);
  const name = text.slice(start, end);
  const slip = misspelt(name);
  const from = text.lastIndexOf("\n", start) + 1;
  const indent = text.slice(from, start);
  const tab = indent.trim() === "" && indent !== "" ? [replaced(text, [from, start], "\t")] : [];
  const [gone, at] = without(text, flow, [start, value === null ? end + 1 : rangeOf(value)[1]]);
  // What is left out has no place: its map's key has.
  const [parentFrom, parentTo] = parentKey === undefined ? [0, 1] : rangeOf(parentKey);
  const moved = parentFrom > at ? text.length - gone.length : 0;
  return [
    { file, path, how: "key misspelt", ...replaced(text, [start, end], slip) },
    { file, path, how: "key left out", text: gone, span: { start: parentFrom - moved, end: parentTo - moved } },
    ...tab.map((one) => ({ file, path, how: "tab" as const, ...one })),
  ];
}

function ofValue(file: string, text: string, { value, path, key }: Place): readonly Mutant[] {
  if (value === null) return [];
  const [start, end] = rangeOf(value);
  const was: Kind = isMap(value) ? "map" : isSeq(value) ? "list" : isScalar(value) && typeof value.value === "number" ? "number" : "text";
  // A block begins on the line after its key: what replaces it stands on the key's own.
  const block = key !== undefined && text.slice(rangeOf(key)[1], start).includes("\n");
  const from = block && key !== undefined ? rangeOf(key)[1] + 2 : start;
  const to = text[end - 1] === "\n" ? end - 1 : end;
  const space = block ? " " : "";
  const first = isSeq(value) && value.items[0] !== undefined ? text.slice(...rangeOf(value.items[0] as Node)) : GIVEN.text;
  const given = { ...GIVEN, text: first };
  const kinds = (Object.keys(GIVEN) as Kind[]).filter((kind) => kind !== was);
  const wrong = kinds.map((kind): Mutant => {
    const one = replaced(text, [block ? from - 1 : from, to], `${space}${given[kind]}`);
    return { file, path, how: `${kind} given`, ...one };
  });
  const word = isScalar(value) && typeof value.value === "string" && /^[a-z][a-z_.]*$/.test(value.value) ? value.value : undefined;
  return word === undefined ? wrong : [...wrong, { file, path, how: "name unknown", ...replaced(text, [start, end], misspelt(word)) }];
}

/** As people mistype: one letter less, near the end. */
function misspelt(name: string): string {
  return name.length < 3 ? `${name}q` : `${name.slice(0, -2)}${name.slice(-1)}`;
}

function rangeOf(node: Node): readonly [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}

function replaced(text: string, [start, end]: readonly [number, number], by: string): Pick<Mutant, "text" | "span"> {
  return { text: text.slice(0, start) + by + text.slice(end), span: { start, end: start + by.length } };
}

/** Without a pair: its comma with it, or its lines. */
function without(text: string, flow: boolean, [start, end]: readonly [number, number]): readonly [text: string, at: number] {
  if (flow) {
    const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
    const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
    return after === undefined
      ? [text.slice(0, start - before) + text.slice(end), start]
      : [text.slice(0, start) + text.slice(end + after), start];
  }
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text[end - 1] === "\n" ? end : text.indexOf("\n", end) + 1 || text.length;
  return [text.slice(0, from) + text.slice(to), start];
}
