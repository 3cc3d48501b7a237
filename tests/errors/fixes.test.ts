import { describe, expect, it } from "vitest";
import { applyFixes } from "../../packages/compiler/src/fixes.js";
import type { Diagnostic } from "../../packages/compiler/src/diagnostic.js";
import { cases, check, type Outcome } from "./run.js";

/** Fixes that bring something else to light, by case and code, each with the reason why that is right. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "number-version/ten number-version 0": "only as a text is the version known, and Spark has no such one",
  "unknown-column/everywhere unknown-column 2": "the group's outputs are known only now, so that another slip in them shows",
};

/** A mistake by what is marked: its message may name other candidates once another mistake is gone. */
const key = ({ code, file, span }: Diagnostic, texts: Outcome["texts"]): string =>
  `${code}: ${(texts.get(file) ?? "").slice(span.start, span.end)}`;

function counts({ diagnostics, texts }: Outcome): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const each of diagnostics) found.set(key(each, texts), (found.get(key(each, texts)) ?? 0) + 1);
  return found;
}

interface One {
  readonly name: string;
  readonly of: ReturnType<typeof cases>[number];
  readonly index: number;
}

const fixable = cases().flatMap((of): readonly One[] =>
  check(of).diagnostics.flatMap((diagnostic, index) =>
    diagnostic.fix === undefined ? [] : [{ name: `${of.code}/${of.name} ${diagnostic.code} ${index}`, of, index }],
  ),
);

it("there are fixes", () => {
  expect(fixable.length).toBeGreaterThan(20);
  expect(Object.keys(EXCEPTIONS).filter((name) => !fixable.some((one) => one.name === name))).toEqual([]);
});

describe("a fix takes its mistake away and brings no other", () => {
  it.each(fixable.filter(({ name }) => !Object.hasOwn(EXCEPTIONS, name)))("$name", ({ of, index }) => {
    const before = check(of);
    const diagnostic = before.diagnostics[index];
    if (diagnostic?.fix === undefined) throw new Error("the case has changed between two looks");
    const { title, edits } = diagnostic.fix;
    const { texts, made } = applyFixes([{ ...diagnostic, fix: { title, edits } }], before.texts);
    expect(made).toHaveLength(1);
    const [old, now] = [counts(before), counts(check(of, texts))];
    const was = key(diagnostic, before.texts);
    expect(now.get(was) ?? 0).toBeLessThan(old.get(was) ?? 0);
    expect([...now].filter(([message, count]) => count > (old.get(message) ?? 0))).toEqual([]);
  });
});

describe("all certain fixes of a project together", () => {
  it.each(cases().filter(({ made }) => made === undefined))("$code: $name", (one) => {
    let { diagnostics, texts } = check(one);
    const files = new Map(texts);
    for (let round = 0; round < 10; round++) {
      const fixed = applyFixes(diagnostics, texts);
      if (fixed.made.length === 0) break;
      for (const [file, text] of fixed.texts) files.set(file, text);
      ({ diagnostics, texts } = check(one, files));
    }
    expect(diagnostics.filter(({ fix }) => fix !== undefined && fix.guess !== true)).toEqual([]);
  });
});
