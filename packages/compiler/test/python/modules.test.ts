import { expect, it } from "vitest";
import { importedFiles } from "../../src/python/modules.js";
import { pythonTokens } from "../../src/python/tokens.js";

const FILES = ["src/__init__.py", "src/clean.py", "src/money.py", "src/lib/__init__.py", "src/lib/dates.py", "src/lib/zones.py", "src/rates.csv", "top.py"]; // prettier-ignore
const imported = (text: string, path = "src/clean.py"): readonly string[] => importedFiles(path, pythonTokens(text), new Set(FILES));
const PACKAGE = "src/__init__.py";
const ALL = FILES.filter((file) => file.endsWith(".py") && file !== "src/clean.py").sort();

it.each<readonly [string, readonly string[]]>([
  ["import os, json", []],
  ["import src.money", ["src/money.py"]],
  ["import os, src.money as m, top", ["src/money.py", "top.py"]],
  ["from src import money", ["src/money.py"]],
  ["from src.money import (\n  euros,  # the most\n  dollars as d,\n)", ["src/money.py"]],
  ["from src.lib.dates import day", ["src/lib/__init__.py", "src/lib/dates.py"]],
  ["from . import money", ["src/money.py"]],
  ["from .money import euros", ["src/money.py"]],
  ["from .lib import zones, dates", ["src/lib/__init__.py", "src/lib/dates.py", "src/lib/zones.py"]],
  ["def f():\n    from src import money\n    return money", ["src/money.py"]],
  ["if a: import top", ["top.py"]],
  ["import json; import top", ["top.py"]],
  ["raise A from B\nimport top", ["top.py"]],
  ["def f():\n    yield from g\n    import top", ["top.py"]],
  ["# import top", []],
  ['"import top"', []],
])("%s", (text, files) => {
  expect(imported(text)).toEqual([PACKAGE, ...files].sort());
});

it("goes up from packages", () => {
  expect(imported("from .. import money\nfrom ..lib.zones import x", "src/lib/dates.py")).toEqual([
    PACKAGE,
    "src/lib/__init__.py",
    "src/lib/zones.py",
    "src/money.py",
  ]);
});

it.each(["import importlib", "x = __import__(name)", "exec(text)", "import sys", "from src import *", "f'{a"])(
  "takes all Python where a file may import anything: %s",
  (text) => {
    expect(imported(text)).toEqual(ALL);
  },
);
