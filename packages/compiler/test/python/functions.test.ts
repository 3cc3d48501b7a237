import { describe, expect, it } from "vitest";
import { moduleNames } from "../../src/python/functions.js";
import { pythonTokens } from "../../src/python/tokens.js";

const namesIn = (text: string): ReturnType<typeof moduleNames> => moduleNames(pythonTokens(text) ?? []);
const has = (text: string, name: string): boolean | undefined => {
  const names = namesIn(text);
  return names && (names.functions.has(name) || names.others.has(name));
};

describe("names of a module", () => {
  it.each<readonly [string, string]>([
    ["a function", "def train(inputs):\n    pass\n"],
    ["a function on one line", "def train(inputs): return 1\ndef other(): ...\n"],
    ["the last of several", "def a():\n    if x:\n        return 1\n\nclass B:\n    def c(self): ...\n\ndef train(): ...\n"],
    ["one in a condition", "try:\n    import x\nexcept ImportError:\n    def train(): ...\n"],
    ["one after a condition", "if True:\n    def a():\n        if x:\n            pass\n\ndef train(): ...\n"],
    ["a class", "class train:\n    pass\n"],
    ["what is awaited", "async def train(): ...\n"],
    ["what is decorated", "@cache\n\n# Once.\ndef train(): ...\n"],
    ["a generic function", "def train[T](x: T) -> T: ...\n"],
    ["an assignment", "train = partial(fit, 3)\n"],
    ["an assignment with a type", "train: Callable[..., Any] = fit\n"],
    ["one of several assignments", "(train, test) = split()\n"],
    ["an import", "from lib.fit import (\n    fit as train,\n)\n"],
    ["an import by its own name", "from .train import train\n"],
    ["what a function sets", "def setup():\n    global other, train\n    train = 1\n"],
    ["a loop's variable", "for train in all_of_them:\n    pass\n"],
  ])("%s is one", (_, text) => {
    expect(has(text, "train")).toBe(true);
  });

  it.each<readonly [string, string]>([
    ["nothing", ""],
    ["a method", "class Model:\n    def train(self):\n        pass\n"],
    ["a function within a function", "def outer():\n    def train(): ...\n    return 1\n"],
    ["a call", 'if __name__ == "__main__":\n    train()\n'],
    ["a parameter", "def other(train): ...\n"],
    ["an argument", "x = f(train=3)\n"],
    ["a part of something", "x = model.train\n"],
    ["a module that is imported from", "from train import fit\n"],
    ["a text", 'x = "train"\n"""def train(): ..."""\n'],
    ["a comment", "# def train(): ...\n"],
  ])("%s is none", (_, text) => {
    expect(has(text, "train")).toBe(false);
  });

  it.each([
    "from lib import *\n",
    'globals()["train"] = 1\n',
    "def __getattr__(name): ...\n",
    "exec(code)\n",
    "sys.modules[__name__] = X\n",
  ])("of %j nothing is known", (text) => {
    expect(namesIn(text)).toBeUndefined();
  });

  it("a part called eval is no eval", () => {
    expect(has("def a(model):\n    model.eval()\n", "train")).toBe(false);
  });
});

describe("parameters", () => {
  const of = (text: string): unknown => namesIn(text)?.functions.get("f");

  it("have kinds, defaults and types", () => {
    expect(of("def f(a, /, b: int, c: float | None = None, *rest, d: str = ')', e, **more) -> dict[str, int]:\n    pass\n")).toEqual([
      { name: "a", kind: "positional", optional: false },
      { name: "b", kind: "either", optional: false, type: "int" },
      { name: "c", kind: "either", optional: true, type: "float", nullable: true },
      { name: "rest", kind: "rest", optional: true },
      { name: "d", kind: "keyword", optional: true, type: "str" },
      { name: "e", kind: "keyword", optional: false },
      { name: "more", kind: "keywords", optional: true },
    ]);
  });

  it("have no type where it is more than a name", () => {
    expect(
      of("def f(a: list[int], b: int | str, c: 'int', d: x.int, e: Literal['a', 'b'] = 'a', *, g: dict[str, int] = {'a': 1}): ...\n"),
    ).toEqual([
      { name: "a", kind: "either", optional: false },
      { name: "b", kind: "either", optional: false },
      { name: "c", kind: "either", optional: false },
      { name: "d", kind: "either", optional: false },
      { name: "e", kind: "either", optional: true },
      { name: "g", kind: "keyword", optional: true },
    ]);
  });

  it.each<readonly [string, string]>([
    ["decorated", "@wrapped\ndef f(a): ...\n"],
    ["defined twice", "def f(a): ...\ndef f(a, b): ...\n"],
    ["assigned", "def f(a): ...\nf = wrapped(f)\n"],
    ["a class", "class f: ...\n"],
    ["with a lambda", "def f(a=lambda x, y: x): ...\n"],
    ["generic", "def f[T](a: T): ...\n"],
  ])("of a function that is %s are not known", (_, text) => {
    expect(namesIn(text)?.functions.has("f")).toBe(true);
    expect(of(text)).toBeUndefined();
  });

  it("there are none", () => {
    expect(of("def f(): ...\n")).toEqual([]);
  });
});
