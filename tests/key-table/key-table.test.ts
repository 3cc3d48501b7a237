import { diff, sidesOf, type Plan } from "@mlspec/compiler";
import { describe, expect, test } from "vitest";
import { projectShape } from "../../packages/compiler/src/generated/annotations.js";
import type { Shape } from "../../packages/compiler/src/shape.js";
import { compileTexts, type Texts } from "../support/compile.js";
import { base, notes, others } from "./base.js";
import { policies } from "./policies.js";
import type { Effect } from "./effect.js";
import { planned, type PlanEffect } from "./planned.js";
import { maps, single, table } from "./table.js";
import { tested } from "./tested.js";

/** Every key that a project may write, `*` for a name of the user's. */
function keysOf(shape: Shape, path: string): readonly string[] {
  const own = Object.entries(shape.keys ?? {}).flatMap(([key, inner]) => [path + key, ...keysOf(inner, `${path}${key}.`)]);
  const inner = [shape.values, shape.items].flatMap((each) => (each === undefined ? [] : keysOf(each, `${path}*.`)));
  return [...own, ...inner];
}

type Data = { [key: string]: unknown };

function put(project: Data, path: string, value: unknown): void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  let at = project;
  for (const part of parts) at = (at[part] ??= {}) as Data;
  if (value === undefined) delete at[last];
  else at[last] = value;
}

function textsOf(project: unknown): Texts {
  return { ...others, "mlspec.yaml": JSON.stringify(project, null, 2) };
}

interface Changed {
  readonly codes: readonly string[];
  readonly paths: readonly string[];
}

function changed(key: string, { at = key, to, and = {} }: Effect): Changed {
  const project = structuredClone(base) as Data;
  put(project, at, to);
  for (const [path, value] of Object.entries(and)) put(project, path, value);
  const { output, diagnostics } = compileTexts(textsOf(project), notes, policies);
  const before = original.output;
  const paths = [...new Set([...Object.keys(before), ...Object.keys(output)])].filter((path) => before[path] !== output[path]);
  return { codes: diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code}: ${message}`), paths };
}

const original = compileTexts(textsOf(base), notes, policies);
/** Patches are alike for all targets: each has an entry, what they hold is in the table once. */
const keys = [
  ...new Set(keysOf(projectShape, "").map((key) => key.replace(/^targets\.(?:docker|feast|\*)\.patches\./, "targets.kubernetes.patches."))),
].filter((key) => !key.startsWith("environments.*.overrides."));

test("the project with all keys compiles", () => {
  expect(original.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  expect(Object.keys(original.output).length).toBeGreaterThan(20);
});

test("every key of the language is in the table, and nothing else is", () => {
  const covered = new Set([...Object.keys(table), ...Object.keys(planned), ...Object.keys(tested), ...single, ...maps]);
  expect(keys.filter((key) => !covered.has(key))).toEqual([]);
  expect([...covered].filter((key) => !keys.includes(key))).toEqual([]);
});

describe("a change of the key changes the output", () => {
  test.for(Object.entries(table).filter(([, { refused }]) => refused === undefined))("%s", ([key, effect]) => {
    const { codes, paths } = changed(key, effect);
    expect(codes).toEqual([]);
    expect(paths.filter((path) => effect.changes.test(path.replace(/^generated\/[^/]+\//, "")))).not.toEqual([]);
  });

  test.for(Object.entries(table).filter(([, { refused }]) => refused !== undefined))("%s is refused", ([key, effect]) => {
    expect(changed(key, effect).codes).toEqual([expect.stringMatching(effect.refused ?? /never/)]);
  });
});

/** The base, in which something says that it was called `former`: a column in long form. */
function renamed(at: string): { [key: string]: unknown } {
  const project = structuredClone(base) as Data;
  const type = at.split(".").reduce<unknown>((inner, key) => (inner as Data)[key], project);
  if (typeof type === "string") put(project, at, { type });
  put(project, `${at}.renamed_from`, "former");
  return project;
}

function planBetween(was: PlanEffect["was"], now: Texts): Plan {
  const before = Object.entries(textsOf(base)).map(
    ([path, text]) => [path, was.reduce((all, [from, to]) => all.replace(from, to), text)] as const,
  );
  const [old, is] = [compileTexts(Object.fromEntries(before), notes, policies), compileTexts(now, notes, policies)];
  expect(old.messages).not.toContain("error[");
  return diff(sidesOf(old.analyzed, old.environments), sidesOf(is.analyzed, is.environments));
}

function movesIn({ changes }: Plan): readonly string[] {
  return changes.flatMap((change) => [
    ...(change.was === undefined ? [] : [`${change.was} → ${change.definition}`]),
    ...change.parts.flatMap(({ path, was }) => (was === undefined ? [] : [`${change.definition} ${was} → ${path}`])),
  ]);
}

describe("a key that only `mlspec plan` reads", () => {
  test.for(Object.entries(planned))("%s", ([, { at, was, moves }]) => {
    const texts = textsOf(renamed(at));
    expect(compileTexts(texts, notes, policies).output, "no output changes").toEqual(original.output);
    expect(movesIn(planBetween(was, textsOf(base))), "without the key").toEqual([]);
    expect([...new Set(movesIn(planBetween(was, texts)))]).toEqual([moves]);
  });
});

function testsOf(texts: Texts): unknown {
  return compileTexts(texts, notes, policies).analyzed.environments.map(({ analysis }) => analysis?.tests);
}

describe("a key that only `mlspec test` reads", () => {
  test.for(Object.entries(tested))("%s", ([, { at, to }]) => {
    const project = structuredClone(base) as Data;
    put(project, at, to);
    expect(changed("tests", { at, to, changes: /./ })).toEqual({ codes: [], paths: [] });
    expect(testsOf(textsOf(project))).not.toEqual(testsOf(textsOf(base)));
  });
});
