/**
 * One mistake is one message, at its place, and a fix that is offered puts it right. Every key and value of the fraud example is spoilt in every
 * way that `mutants.ts` knows; what is allowed besides is listed below with the reason.
 */
import { describe, expect, it } from "vitest";
import { analyze, compile, createMemo, hasErrors, memoryHost, renderPretty, type Diagnostic } from "@mlspec/compiler";
import { includedShape, projectShape } from "../../packages/compiler/src/generated/annotations.js";
import { shapeAt, type Shape } from "../../packages/compiler/src/shape.js";
import { emitters, folderTexts, type Texts } from "../support/compile.js";
import { mutantsOf, type Mutant } from "./mutants.js";

/** Without its tests: these say a second time what is called how, and each name that is another one is a mistake of its own there. */
const { "specs/tests.yaml": _, ...example } = folderTexts("tests/support/fraud_files");
const memo = createMemo();

interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  readonly shown: string;
}

function check(files: Texts): Answer {
  const project = analyze(memoryHost(files), memo);
  const all = hasErrors(project.diagnostics) ? project.diagnostics : compile(project, { emitters }).diagnostics;
  // Hints are about what is right: the example as it is has some.
  const diagnostics = all.filter(({ severity }) => severity !== "hint");
  return { diagnostics, shown: renderPretty(diagnostics, project.texts) };
}

const exampleCompiles = !hasErrors(check(example).diagnostics);

interface Allowed {
  /** Mutants, as `section.name.key: how`. */
  readonly of: RegExp;
  readonly why: string;
  /** More messages than one. */
  readonly messages?: true;
  /** No message. */
  readonly silence?: true;
  /** A place elsewhere. */
  readonly elsewhere?: true;
  /** A fix that leads to the next one, and so to the end. */
  readonly further?: true;
  /** A fix after which something is left to do. */
  readonly unmended?: true;
}

const ALLOWED: readonly Allowed[] = [
  { of: /^(project|owner|targets\.kubernetes\.namespace): name unknown$/, silence: true, why: "free text: every word is as good" },
  { of: /^vars\.lake: number given$/, elsewhere: true, why: "the default gives the type, so it is the environment's value that differs" },
  { of: /^vars: key left out$/, elsewhere: true, why: "a variable is missing where it is used" },
  {
    of: /^environments\.production\.vars(\.lake)?: key left out$/,
    elsewhere: true,
    why: "the default holds, and is no place for pods: said where the path stands",
  },
  { of: /^targets\.\w+: key left out$/, elsewhere: true, why: "a target is missing where another one needs what it provides" },
  { of: /^targets\.python: key left out$/, messages: true, why: "each environment lacks another program first" },
  { of: /^include(\.0)?: (key left out|name unknown)$/, elsewhere: true, why: "what an included file defines is missing where it is used" },
  {
    of: /^(sources|transforms|features|models|entities|deployments): key left out$/,
    messages: true,
    elsewhere: true,
    why: "every name in it is missing where it is used",
  },
  {
    of: /^features\.card_velocity\.aggregates\.spend: key (misspelt|left out)$/,
    messages: true,
    further: true,
    why: "each window is an output with a name of its own",
  },
  {
    of: /^sources\.\w+\.columns\.\w+: key misspelt$/,
    further: true,
    unmended: true,
    why: "the entity or SQL names the column, too, and has it as it was",
  },
  {
    of: /^(features\.card_profile\.columns|features\.payment_context\.request|models\.fraud_score\.metrics): text given$/,
    unmended: true,
    why: "the other entries of the list went with it",
  },
  { of: /^features\.\w+\.online: key left out$/, elsewhere: true, why: "it may be left out: what needs it is the deployment" },
];

/** Names are the user's: misspelt or left out, they are missing where they are used; nothing is wrong where they are not. One fix may lead to the next use. */
const NAMES: Omit<Allowed, "of"> = { silence: true, elsewhere: true, further: true, why: "a name of the user's" };

function allowed(mutant: Mutant, key: string, root: Shape): readonly Omit<Allowed, "of">[] {
  const listed = ALLOWED.filter(({ of }) => of.test(key));
  const isKey = mutant.how === "key misspelt" || mutant.how === "key left out";
  const parent = mutant.path.slice(0, -1).reduce((shape: Shape | undefined, part) => shapeAt(shape, part), root);
  const last = mutant.path.at(-1);
  const isName = isKey && typeof last === "string" && !(parent?.keys !== undefined && Object.hasOwn(parent.keys, last));
  return isName ? [...listed, NAMES] : listed;
}

function problemsOf(mutant: Mutant, root: Shape): readonly string[] {
  const key = `${mutant.path.join(".")}: ${mutant.how}`;
  const may = allowed(mutant, key, root);
  const can = (what: keyof Omit<Allowed, "of" | "why">): boolean => may.some((one) => one[what] === true);
  const files = { ...example, [mutant.file]: mutant.text };
  const { diagnostics, shown } = check(files);
  const problems = [
    ...(diagnostics.length > 1 && !can("messages") ? [`${diagnostics.length} messages`] : []),
    ...(diagnostics.length === 0 && mutant.how !== "key left out" && !can("silence") && !isTaken(mutant, root) ? ["no message"] : []),
    ...(diagnostics.some((one) => !isAt(one, mutant)) && !can("elsewhere") ? ["said elsewhere"] : []),
    ...diagnostics.flatMap((one) =>
      can("unmended") || isMended(files, one, can("further") ? 5 : 1) ? [] : [`the fix of ${one.code} does not help`],
    ),
  ];
  return problems.length === 0 ? [] : [`${key}: ${problems.join(", ")}\n${shown}`];
}

/** Some slots take more than one kind. */
function isTaken({ path, how }: Mutant, root: Shape): boolean {
  const shape = path.reduce((at: Shape | undefined, part) => shapeAt(at, part), root);
  const kinds: Readonly<Record<string, string>> = {
    "map given": "map",
    "list given": "list",
    "text given": "text",
    "number given": "whole number",
  };
  const kind = kinds[how];
  return (
    shape?.free === true ||
    (shape?.words === undefined &&
      shape?.references === undefined &&
      kind === "text" &&
      shape?.format === undefined &&
      shape?.types?.includes("text") === true &&
      isFree(path))
  );
}

function isFree(path: Mutant["path"]): boolean {
  return path.at(-1) === "description" || path.at(-1) === "owner";
}

/** On the lines of the mistake. What is left out is missed in the definition that it was left out of. */
function isAt({ file, span }: Diagnostic, mutant: Mutant): boolean {
  if (file !== mutant.file) return false;
  const { start, end } =
    mutant.how === "key left out"
      ? block(mutant)
      : { start: lineOf(mutant.text, mutant.span.start), end: lineOf(mutant.text, mutant.span.end) };
  return lineOf(mutant.text, span.start) >= start && lineOf(mutant.text, span.end) <= end;
}

/** From the line of the key that something was left out of to the end of what is indented below it. */
function block({ path, text, span }: Mutant): { readonly start: number; readonly end: number } {
  const lines = text.split("\n");
  if (path.length === 1) return { start: 1, end: lines.length };
  const start = lineOf(text, span.start);
  const depth = indentOf(lines[start - 1] ?? "");
  const end = lines.findIndex((line, index) => index >= start && line.trim() !== "" && indentOf(line) <= depth);
  return { start, end: end < 0 ? lines.length : end };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Whether the project compiles once the fix is made; in `steps`, where one leads to the next. What offers no fix is left to the reader. */
function isMended(files: Texts, { fix }: Diagnostic, steps: number): boolean {
  if (fix === undefined) return true;
  const edited = { ...files };
  for (const { file, span, newText } of [...fix.edits].sort((a, b) => b.span.start - a.span.start))
    edited[file] = `${edited[file]?.slice(0, span.start)}${newText}${edited[file]?.slice(span.end)}`;
  // Most fixes give the example back, which compiles: that is asked once.
  if (Object.keys(edited).every((path) => edited[path] === example[path])) return exampleCompiles;
  const left = check(edited).diagnostics.filter(({ severity }) => severity === "error");
  const next = left.find((one) => one.fix !== undefined);
  return left.length === 0 || (steps > 1 && next !== undefined && isMended(edited, next, steps - 1));
}

/**
 * What is tried: a key is always misspelt and left out, a name always unknown. Of the wrong kinds of a value two, another pair at its neighbours, and of
 * three keys one is behind a tab; `MLSPEC_CASCADES=all` tries everything.
 */
function tried(mutants: readonly Mutant[]): readonly Mutant[] {
  if (process.env["MLSPEC_CASCADES"] === "all") return mutants;
  const places = [...new Set(mutants.map(({ path }) => path.join(".")))];
  return places.flatMap((place, turn) => {
    const here = mutants.filter(({ path }) => path.join(".") === place);
    const given = here.filter(({ how }) => how.endsWith(" given"));
    const rest = here.filter(({ how }) => !how.endsWith(" given") && (how !== "tab" || turn % 3 === 0));
    return [...rest, ...given.filter((_, i) => (i + turn) % 4 < 2)];
  });
}

describe.each([
  ["mlspec.yaml", projectShape],
  ["specs/data.yaml", includedShape],
  ["specs/model.yaml", includedShape],
])("one mistake in %s is one message", (file, root) => {
  const mutants = tried(mutantsOf(file, example[file] ?? ""));
  const sections = [...new Set(mutants.map(({ path }) => path.slice(0, 2).join(".")))];
  it.each(sections)("%s", { timeout: 120_000 }, (section) => {
    const here = mutants.filter(({ path }) => path.slice(0, 2).join(".") === section);
    expect(here.length).toBeGreaterThan(1);
    expect(here.flatMap((mutant) => problemsOf(mutant, root)).join("\n")).toBe("");
  });
});

it("what is allowed is met", () => {
  const keys = Object.entries(example)
    .flatMap(([file, text]) => (file.endsWith(".yaml") ? mutantsOf(file, text) : []))
    .map(({ path, how }) => `${path.join(".")}: ${how}`);
  expect(ALLOWED.filter(({ of }) => !keys.some((key) => of.test(key))).map(({ why }) => why)).toEqual([]);
});
