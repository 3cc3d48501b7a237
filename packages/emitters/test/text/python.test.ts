import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { call, dict, dotted, identifier, list, literal, print } from "../../src/text/python.js";
import { hostileValue, SAMPLES } from "./hostile.js";

const READ_BACK = `
import ast, json, sys
for index, (source, want) in enumerate(json.load(sys.stdin)):
    got = ast.literal_eval(source)
    if got != want:
        sys.exit(f"{index}: {source!r} is {got!r}, not {want!r}")
print("same")
`;

it("prints what Python reads back as the same value", () => {
  const pairs = fc.sample(hostileValue, SAMPLES).map((value, index) => {
    const indent = (index % 3) * 4;
    return [print(literal(value), { indent, column: indent + 7, after: 1 }), value];
  });
  const python = spawnSync("python3", ["-c", READ_BACK], { input: JSON.stringify(pairs), encoding: "utf8" });
  expect(python.stderr).toBe("");
  expect(python.stdout.trim()).toBe("same");
});

it("chooses the quotes that need fewer escapes", () => {
  expect(print(literal("plain"))).toBe('"plain"');
  expect(print(literal('say "hi"'))).toBe("'say \"hi\"'");
  expect(print(literal("it's"))).toBe('"it\'s"');
  expect(print(literal("\"'"))).toBe('"\\"\'"');
  expect(print(literal("a\u2028\0\ud800\u{1f600}"))).toBe('"a\\u2028\\x00\\ud800\\U0001f600"');
});

it("keeps a list on one line while it fits in 100 columns", () => {
  const words = literal(Array.from({ length: 11 }, () => "abcde"));
  expect(print(words, { indent: 0, column: 0, after: 0 })).not.toContain("\n");
  expect(print(words, { indent: 4, column: 10, after: 0 })).toBe(`[\n${'        "abcde",\n'.repeat(11)}    ]`);
});

it("breaks calls inside their brackets", () => {
  const value = call("Asset", [literal("x")], { name: dict([["a", list([identifier("b"), dotted("c.d")])]]) });
  expect(print(value)).toBe('Asset("x", name={"a": [b, c.d]})');
  expect(print(value, { indent: 0, column: 90, after: 0 })).toBe('Asset(\n    "x",\n    name={"a": [b, c.d]},\n)');
});

it.each(["", "1a", "a b", "class", "a\n", "é", "a.b"])("refuses %j as an identifier", (name) => {
  expect(() => identifier(name)).toThrow("not a Python identifier");
});

it("refuses numbers that Python has no literal for", () => {
  expect(() => print(literal(Number.NaN))).toThrow("not a finite number");
});
