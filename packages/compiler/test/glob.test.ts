import { expect, test } from "vitest";
import { globMatcher, matchGlob } from "../src/glob.js";

test.for<[string, readonly string[], readonly string[]]>([
  ["specs/*.yaml", ["specs/a.yaml", "specs/.yaml", "specs/a.b.yaml"], ["specs/a/b.yaml", "a.yaml", "specs/a.yml", "xspecs/a.yaml"]],
  ["src/**", ["src/a", "src/a/b.py"], ["src", "srcs/a"]],
  ["**/*.py", ["a.py", "a/b.py", "a/b/c.py"], ["a.pyc"]],
  ["a/**/z", ["a/z", "a/b/z", "a/b/c/z", "a/z/z"], ["a/b", "z"]],
  ["**", ["a", "a/b"], []],
  ["**/a/**/b", ["a/b", "x/a/y/z/b", "a/a/b/b"], ["a", "b", "b/a"]],
  ["a?c.[a-c]", ["abc.a", "axc.c"], ["ac.a", "abc.d", "a/c.a"]],
  ["[!ab]x", ["cx", "-x"], ["ax", "bx", "x"]],
  ["[a-]x", ["ax", "-x"], ["bx"]],
  ["{specs,more}/{a,b}.yaml", ["specs/a.yaml", "more/b.yaml"], ["specs/c.yaml", "{specs,more}/a.yaml"]],
  ["a{,b}", ["a", "ab"], ["abb"]],
  // What would be an expression, or none, is itself.
  ["a+(b)|^$.x", ["a+(b)|^$.x"], ["ab.x", "aab"]],
  ["[z-a].yaml", [], ["z.yaml", "b.yaml"]],
  ["[", ["["], ["a"]],
  ["{a", ["{a"], ["a"]],
])("%s", ([glob, matching, others]) => {
  expect(matching.filter((path) => !matchGlob(glob, path))).toEqual([]);
  expect(others.filter((path) => matchGlob(glob, path))).toEqual([]);
});

test("hostile globs answer at once", () => {
  const begin = performance.now();
  const path = `${"a/".repeat(200)}${"a".repeat(200)}`;
  for (const glob of [
    "**/".repeat(100) + "x",
    "*a".repeat(100) + "x",
    "a".repeat(100_000),
    "{a,b}".repeat(1000),
    "[".repeat(10_000),
    "{".repeat(10_000),
    "{a,".repeat(10_000),
    "1+".repeat(20_000),
  ])
    expect(globMatcher(glob)(path)).toBe(false);
  expect(performance.now() - begin).toBeLessThan(2000);
});
