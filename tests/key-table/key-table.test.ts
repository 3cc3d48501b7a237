import { describe, expect, test } from "vitest";
import { projectShape } from "../../packages/compiler/src/generated/annotations.js";
import type { Shape } from "../../packages/compiler/src/shape.js";
import { compileTexts, type Texts } from "../support/compile.js";
import { base, notes, others } from "./base.js";
import { maps, single, table, type Effect } from "./table.js";

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
  const { output, diagnostics } = compileTexts(textsOf(project), notes);
  const before = original.output;
  const paths = [...new Set([...Object.keys(before), ...Object.keys(output)])].filter((path) => before[path] !== output[path]);
  return { codes: diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code}: ${message}`), paths };
}

const original = compileTexts(textsOf(base), notes);
/** Patches are alike for all targets: each has an entry, what they hold is in the table once. */
const keys = [
  ...new Set(keysOf(projectShape, "").map((key) => key.replace(/^targets\.(?:docker|\*)\.patches\./, "targets.kubernetes.patches."))),
].filter((key) => !key.startsWith("environments.*.overrides."));

test("the project with all keys compiles", () => {
  expect(original.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  expect(Object.keys(original.output).length).toBeGreaterThan(20);
});

test("every key of the language is in the table, and nothing else is", () => {
  const covered = new Set([...Object.keys(table), ...single, ...maps]);
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
