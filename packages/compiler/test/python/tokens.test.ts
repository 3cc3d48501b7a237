import { describe, expect, it } from "vitest";
import { pythonTokens } from "../../src/python/tokens.js";

const said = (text: string): string | undefined => {
  const tokens = pythonTokens(text);
  return tokens && JSON.stringify(tokens);
};

const CLEAN = `import os

def clean(inputs, as_of):
    if inputs:
        return inputs["a"].where("amount # 1 > 0")
    return {"x": [1, 2]}
`;

it.each<readonly [string, string]>([
  ["comments", CLEAN.replace("import os", "# Cleans.\nimport os  # for paths")],
  ["a comment that is indented otherwise", CLEAN.replace("    return {", "            # Late.\n  # Later.\n    return {")],
  ["blank lines", CLEAN.replaceAll("\n", "\n\n")],
  ["blanks", CLEAN.replace("(inputs, as_of)", "( inputs,as_of )").replace("[1, 2]", "[1,2]")],
  ["how deep a block is", CLEAN.replace("        return", "      return")],
  ["where a bracket is broken", CLEAN.replace("[1, 2]", "[  # two\n1,\n\n 2\n]")],
  ["a line that goes on", CLEAN.replace("return {", "return \\\n        {")],
  ["line ends", CLEAN.replaceAll("\n", "\r\n")],
  ["no line end at the end", CLEAN.trimEnd()],
  ["a mark at the beginning", `\uFEFF${CLEAN}`],
])("%s make no difference", (_, text) => {
  expect(text).not.toBe(CLEAN);
  expect(said(text)).toBe(said(CLEAN));
  expect(said(CLEAN)).toBeDefined();
});

it.each<readonly [string, string, string]>([
  ["a # in a string", 'f("a # 1")', 'f("a # 2")'],
  ["a # in a long string", 'f("""a\n# 1\n""")', 'f("""a\n# 2\n""")'],
  ["blanks in a string", 'f("a b")', 'f("a  b")'],
  ["an escaped quote", 'f("\\" # 1")', 'f("\\" # 2")'],
  ["a quote after a backslash in a raw string", 'f(r"\\" # 1")', 'f(r"\\" # 2")'],
  ["a prefix", 'f("a")', 'f(r"a")'],
  ["a name before a string", 'f(a if b else"x")', 'f(a if b elser"x")'],
  ["what is in an f-string", 'f"{a}"', 'f"{b}"'],
  ["a # in an f-string", "f\"{a['x']} # 1\"", "f\"{a['x']} # 2\""],
  ["a statement in a block", "if a:\n    b\n    c", "if a:\n    b\nc"],
  ["a block in a block", "if a:\n  if b:\n    c\n  d", "if a:\n  if b:\n    c\n    d"],
  ["two statements", "a\n-b", "a -b"],
  ["a number, and a name of a number", "x = 1.e5", "x = 1 .e5"],
  ["signs", "a != b", "a == b"],
  ["signs that belong together", "a // b", "a / b"],
  ["names", "ab", "a.b"],
  ["a docstring, which is a value", 'def f():\n    """A."""', 'def f():\n    """B."""'],
])("%s does", (_, a, b) => {
  expect(said(a)).toBeDefined();
  expect(said(a)).not.toBe(said(b));
});

describe("where it is in doubt, it says nothing", () => {
  it.each<readonly [string, string]>([
    ["the same quotes in an f-string", 'f"{a["x"]} # {1}"'],
    ["an f-string that ends later since Python 3.12", 'f"{"#"}"'],
    ["braces between quotes in an f-string", "f\"{'}'}\""],
    ["braces that are open", 'f"{a"'],
    ["a string that is open", "f('a)\n"],
    ["a long string that is open", '"""a'],
    ["brackets that are open", "f(a"],
    ["brackets that close nothing", "f a)"],
    ["another encoding", "# -*- coding: latin-1 -*-\nx = 1"],
    ["another encoding on the second line", "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = 1"],
    ["a form feed", "a\n\fb"],
    ["a sign that Python has not", "a ? b"],
    ["a depth that was not there before", "if a:\n    b\n  c"],
    ["tabs and blanks mixed", "if a:\n    b\n\tc"],
    ["a line that begins with what goes on", "if a:\n\\\n    b"],
  ])("%s", (_, text) => {
    expect(said(text)).toBeUndefined();
  });

  it("and an encoding that is UTF-8 is no doubt", () => {
    expect(said("# -*- coding: utf-8 -*-\nx = 1")).toBe(said("x = 1"));
  });
});
