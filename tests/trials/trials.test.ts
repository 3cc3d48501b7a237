/**
 * What people really write who have never seen mlspec: each is told once, at the line and word that it is about. Where one says something else on purpose,
 * read the whole message (`MLSPEC_TRIALS=shown` prints them) before the trial follows.
 */
import { describe, expect, it } from "vitest";
import { applyFixes, renderPretty } from "@mlspec/compiler";
import { features } from "./features.js";
import { files } from "./files.js";
import { keys } from "./keys.js";
import { models } from "./models.js";
import { names } from "./names.js";
import { checked, toldOf, tried, type Trial } from "./run.js";
import { sql } from "./sql.js";
import { things } from "./things.js";
import { values } from "./values.js";
import { yaml } from "./yaml.js";

/** Trials whose fix brings to light what is wrong behind it. */
const UNCOVERS: Readonly<Record<string, string>> = {
  "version unquoted 3.10": "only as a text is the version known, and there is no such one",
  "emoji in sql before bad column": "the query gives a column more than the tests know of",
  "features text": "the other groups went with the list, and tests name them",
};

const trials: Readonly<Record<string, readonly Trial[]>> = { yaml, keys, values, names, files, sql, features, models, things };

describe.each(Object.entries(trials))("%s", (_, group) => {
  it.each(group)("$name", { timeout: 60_000 }, (trial) => {
    const outcome = tried(trial);
    const shown = renderPretty(outcome.diagnostics, outcome.texts);
    if (process.env["MLSPEC_TRIALS"] === "shown") console.log(shown);
    expect(toldOf(outcome), shown).toEqual(trial.told);
    expect(trial.told.length > 1).toBe(trial.several !== undefined);
    // A person cannot do anything with what is not said.
    expect(outcome.diagnostics.map(({ message }) => message).join("\n")).not.toMatch(/\bundefined\b|\[object|\bNaN\b|\bits nothing\b/);

    // What is put right without asking takes its mistake away, brings no other, and changes nothing on other lines.
    const fixed = applyFixes(outcome.diagnostics, outcome.texts);
    if (fixed.made.length === 0) return;
    const after = checked({ ...outcome.files, ...Object.fromEntries(fixed.texts) });
    const left = Object.hasOwn(UNCOVERS, trial.name) ? after.diagnostics.length : outcome.diagnostics.length - fixed.made.length;
    expect(after.diagnostics.length, renderPretty(after.diagnostics, after.texts)).toBe(left);
    for (const [file, text] of fixed.texts) {
      const edits = fixed.made.flatMap(({ fix }) => fix?.edits ?? []).filter((edit) => edit.file === file);
      expect(
        outsideOf(
          outcome.texts.get(file) ?? "",
          edits.map(({ span }) => span),
        ),
      ).toBe(outsideOf(text, movedBy(edits.map(({ span, newText }) => ({ ...span, length: newText.length })))));
    }
  });
});

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text without some of its parts. */
function outsideOf(text: string, parts: readonly Range[]): string {
  return [...parts].sort((a, b) => b.start - a.start).reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** Where parts lie once each of them has another length. */
function movedBy(parts: readonly (Range & { readonly length: number })[]): readonly Range[] {
  let by = 0;
  return [...parts]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, length }) => {
      const moved = { start: start + by, end: start + by + length };
      by += length - (end - start);
      return moved;
    });
}

it("there are enough", () => {
  expect(Object.values(trials).flat().length).toBeGreaterThan(200);
});
