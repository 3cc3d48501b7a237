/** Ways to spoil a project's text: as people do, and as nobody does. Each is a function of a few numbers, so that a run can be repeated. */
import { parseDocument, visit, type Document, type Pair } from "yaml";

/** Numbers in [0, 1) that a mutation chooses by. */
export type Chance = () => number;
export type Mutation = (text: string, chance: Chance) => string;

function pick<T>(items: readonly T[], chance: Chance): T | undefined {
  return items[Math.floor(chance() * items.length)];
}

function lines(text: string, change: (all: string[], at: number, chance: Chance) => void, chance: Chance): string {
  const all = text.split("\n");
  const full = all.flatMap((line, i) => (line.trim() === "" ? [] : [i]));
  change(all, pick(full, chance) ?? 0, chance);
  return all.join("\n");
}

/** Changes a pair of the tree and prints it again. */
function tree(text: string, chance: Chance, change: (pair: Pair, pairs: readonly Pair[], document: Document) => void): string {
  const document = parseDocument(text);
  const pairs: Pair[] = [];
  visit(document, { Pair: (_, pair) => void pairs.push(pair) });
  const pair = pick(pairs, chance);
  if (pair !== undefined) change(pair, pairs, document);
  return document.toString();
}

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  0.1,
  "",
  " ",
  "x",
  "null",
  "10m",
  "9999999999d",
  "all",
  "*",
  "{",
  "${var.lake}",
  "${var.nothing}",
  "${",
  "${secret.x}",
  [],
  [[]],
  [null],
  {},
  { x: 1 },
  { x: { x: { x: [] } } },
  "a".repeat(5000),
  "😀",
  "\u0000",
  "\ud800",
  "__proto__",
  "constructor",
  "count(*) over 1h",
  "count(*) over",
  "sum((((((x)))))) over [1h",
  "SELECT",
  "SELECT 1",
  "SELECT * FROM transactions",
  "0 2 * * *",
  "60 24 32 13 8",
  "Etc/GMT+12",
  "Etc/GMT-14",
  "EST5EDT",
  "2026-02-30",
  "9999-12-31",
  "0000-01-01",
  "../../etc/passwd",
  "/etc/passwd",
  "C:\\x",
  "string!",
  "decimal(39,40)",
  "array<array<array<int>>>",
  ">=2.11 <4",
  "v1",
];
const KEYS: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
  "x-mine",
  "nowhere",
  "<<",
  "1",
  "a.b",
  "a/b",
  "~0",
  "É",
  "key\nkey",
];

export const mutations: Readonly<Record<string, Mutation>> = {
  "a key less": (text, chance) =>
    tree(text, chance, (pair, _, document) => visit(document, { Pair: (__, each) => (each === pair ? visit.REMOVE : undefined) })),
  "another value": (text, chance) => tree(text, chance, (pair) => (pair.value = pick(VALUES, chance))),
  "another key": (text, chance) => tree(text, chance, (pair) => (pair.key = pick(KEYS, chance))),
  "two values exchanged": (text, chance) =>
    tree(text, chance, (pair, pairs) => {
      const other = pick(pairs, chance) ?? pair;
      [pair.value, other.value] = [other.value, pair.value];
    }),
  "two keys exchanged": (text, chance) =>
    tree(text, chance, (pair, pairs) => {
      const other = pick(pairs, chance) ?? pair;
      [pair.key, other.key] = [other.key, pair.key];
    }),
  "a line twice": (text, chance) => lines(text, (all, at) => all.splice(at, 0, all[at] ?? ""), chance),
  "a line less": (text, chance) => lines(text, (all, at) => all.splice(at, 1), chance),
  "a line indented otherwise": (text, chance) =>
    lines(
      text,
      (all, at, next) => (all[at] = pick([` ${all[at]}`, `\t${all[at]}`, `      ${all[at]}`, (all[at] ?? "").trimStart()], next) ?? ""),
      chance,
    ),
  "two lines exchanged": (text, chance) =>
    lines(
      text,
      (all, at, next) => {
        const other = Math.floor(next() * all.length);
        [all[at], all[other]] = [all[other] ?? "", all[at] ?? ""];
      },
      chance,
    ),
  "the end cut off": (text, chance) => text.slice(0, Math.floor(chance() * text.length)),
  "the beginning cut off": (text, chance) => text.slice(Math.floor(chance() * text.length)),
  "a character changed": (text, chance) =>
    splice(text, 1, pick([..."{}[]\"'`:#&*!|>%@-?,\\ \n\t\r\u0000\u0007\u0085\u2028\uFEFF😀~$"], chance) ?? "", chance),
  "a character less": (text, chance) => splice(text, 1, "", chance),
  "some words put in": (text, chance) =>
    splice(
      text,
      0,
      pick(
        [
          "<<: *a",
          "&a ",
          "*a",
          "!!python/object:os.system ",
          "---\n",
          "...\n",
          "%YAML 1.1\n",
          "? ",
          "- ",
          ": ",
          "? [",
          "{{ x }}",
          "\r",
          "\r\n",
        ],
        chance,
      ) ?? "",
      chance,
    ),
  "line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
  "a mark in front": (text, chance) => `\uFEFF${splice(text, 1, "", chance)}`,
};

function splice(text: string, remove: number, insert: string, chance: Chance): string {
  const at = Math.floor(chance() * text.length);
  return text.slice(0, at) + insert + text.slice(at + remove);
}
