/**
 * No string of a specification becomes code: hostile strings through every slot of the language, and the output read by its own
 * tools. `MLSPEC_HOSTILE=200` tries 200 strings at each place instead of 20; `MLSPEC_PYTHON` names a Python that has PyYAML.
 */
import { describe, expect, test } from "vitest";
import { around, harmless, isFree, isInBucket, isPrinted, notPrinted, places, reasonToSkip } from "./project.js";
import { readAll, type Reading } from "./readers.js";
import { compileTrials, settle, type Settled, type Trial } from "./rounds.js";
import { slots } from "./slots.js";
import { sqlTexts } from "./sql-texts.js";
import { hostileStrings } from "./strings.js";

const ROUNDS = Number(process.env["MLSPEC_HOSTILE"] ?? 20);

/** Strings by place: other ones first at each. */
const strings = new Map(places.map((place, i) => [place, hostileStrings(ROUNDS, i * 5)]));

/** The trials of a round: places that take any text, names, texts inside of expressions, what is used elsewhere, and all else, each kind in a project of its own. */
function roundOf(round: number): readonly (readonly Trial[])[] {
  const trials = places.flatMap((place): readonly Trial[] => {
    const value = strings.get(place)?.[round] ?? "";
    const wrap = around(place);
    const bare = isInBucket(place) ? [] : [{ place, value, written: value }];
    return wrap === undefined ? bare : [...bare, { place, value, written: wrap(value) }];
  });
  const kinds = trials.map((trial): string => {
    // What is wrong with these is said where they are used.
    if (/(^|\.)vars\.|^entities\..*\.key/.test(trial.place.id)) return "used elsewhere";
    if (isWrapped(trial)) return "around";
    return `${isFree(trial.place) ? "free" : "strict"} ${trial.place.kind}`;
  });
  return [...new Set(kinds)].map((kind) => trials.filter((_, i) => kinds[i] === kind));
}

function isWrapped({ value, written }: Trial): boolean {
  return written !== value;
}

interface Compared extends Settled {
  /** The output for harmless texts; absent where a change of the value may change more than a text. */
  readonly expected?: Readonly<Record<string, string>>;
}

const kept = new Map<string, Readonly<Record<string, string>>>();

function expectedOutput(trials: readonly Trial[]): Readonly<Record<string, string>> {
  const plain = trials.map((trial, i) => harmless(trial, isWrapped(trial), i));
  const key = JSON.stringify(plain.map(({ place, written }) => [place.id, written]));
  const known = kept.get(key) ?? compileTrials(plain);
  kept.set(key, known);
  return known;
}

const compared = Array.from({ length: ROUNDS }, (_, round) => roundOf(round)).flatMap((round) =>
  round.flatMap(settle).map((settled): Compared => {
    const exact = settled.trials.every((trial) => isFree(trial.place) || isWrapped(trial));
    return exact ? { ...settled, expected: expectedOutput(settled.trials) } : settled;
  }),
);

const readings = readAll(
  new Map(
    compared.flatMap(({ output, expected = {} }) =>
      [output, expected].flatMap((files) => Object.entries(files).map(([path, text]) => [text, path])),
    ),
  ),
);
const readingOf = (text: string | undefined): Reading =>
  readings.get(text ?? "") ?? { error: "there is no such file", texts: [], shape: "" };
const said = ({ place, written }: Trial): string => `${place.id}: ${JSON.stringify(written)}`;

describe("what is tried", () => {
  test("every slot of the language has a place in the project, or a reason", () => {
    const found = new Set(places.map(({ pattern }) => pattern));
    expect(slots.map(({ pattern }) => pattern).filter((pattern) => !found.has(pattern) && reasonToSkip(pattern) === undefined)).toEqual([]);
  });

  test("at least 2,000 pairs of a slot and a string, and 20 for every slot", () => {
    const tried = new Set([...strings].flatMap(([{ pattern }, all]) => all.map((value) => JSON.stringify([pattern, value]))));
    expect(tried.size).toBeGreaterThanOrEqual(2000);
    for (const [{ id }, all] of strings) expect(new Set(all).size, id).toBeGreaterThanOrEqual(Math.min(20, ROUNDS));
  });

  test("texts for people are never refused for what they say, half a character and `${` aside, and blanks where a policy asks for words", () => {
    const taken = new Set(compared.flatMap(({ trials }) => trials.map(said)));
    const prose = [...strings].filter(([{ pattern }]) => /(^|\.)(description|owner)$/.test(pattern));
    expect(prose.length).toBeGreaterThan(10);
    const refused = prose.flatMap(([place, all]) => all.filter((value) => !taken.has(said({ place, value, written: value }))));
    expect(refused.filter((value) => !/\p{Surrogate}|\$\{|^\s+$/u.test(value))).toEqual([]);
  });
});

describe("what comes out", () => {
  test("every file is read by its own tool", () => {
    const errors = compared.flatMap(({ trials, output }) =>
      Object.entries(output).flatMap(([path, text]) => {
        const { error } = readingOf(text);
        return error === undefined ? [] : [`${path}: ${error}\n${trials.map(said).join("\n")}`];
      }),
    );
    expect(errors).toEqual([]);
  });

  test("without its texts, a file is what it is for harmless ones", () => {
    const odd = compared.flatMap(({ trials, output, expected }) =>
      expected === undefined
        ? []
        : [...new Set([...Object.keys(expected), ...Object.keys(output)])]
            .filter((path) => readingOf(output[path]).shape !== readingOf(expected[path]).shape)
            .map((path) => `${path}\n${trials.map(said).join("\n")}`),
    );
    expect(odd).toEqual([]);
  });

  test("a value comes out as it went in", () => {
    const lost = compared.flatMap(({ trials, output }) => {
      const texts = [...new Set(Object.values(output).flatMap((text) => readingOf(text).texts))];
      const inSql = new Set(texts.flatMap(sqlTexts));
      const found = (trial: Trial): boolean =>
        isWrapped(trial) && !isInBucket(trial.place) ? inSql.has(trial.value) : texts.some(isPrinted(trial));
      return trials.filter((trial) => notPrinted(trial.place, isWrapped(trial)) === undefined && !found(trial)).map(said);
    });
    expect(lost).toEqual([]);
  });
});
