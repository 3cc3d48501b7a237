import { expect, it } from "vitest";
import { execForm, isSafePath, printDockerfile } from "../../src/text/dockerfile.js";

it("prints instructions in exec form", () => {
  expect(
    printDockerfile([
      { kind: "arg", name: "BASE", value: "python:3.12" },
      { kind: "from", image: "${BASE}", as: "builder" },
      { kind: "copy", from: "builder", chown: "10001:10001", sources: ["a", "b/c"], to: "/app/" },
      { kind: "entrypoint", argv: ["python", "a b"] },
    ]),
  ).toBe(
    'ARG BASE="python:3.12"\nFROM ${BASE} AS builder\nCOPY --from=builder --chown=10001:10001 a b/c /app/\nENTRYPOINT ["python", "a b"]\n',
  );
});

it("switches variables and quotes in values off", () => {
  expect(printDockerfile([{ kind: "label", values: { title: 'a "$HOME" \\' } }])).toBe('LABEL title="a \\"\\$HOME\\" \\\\"\n');
});

it("has no form for text that could end an instruction", () => {
  expect(() => printDockerfile([{ kind: "label", values: { a: "x\nRUN id" } }])).toThrow("not allowed here");
  expect(() => printDockerfile([{ kind: "comment", text: "x\nRUN id" }])).toThrow("not allowed here");
  expect(() => printDockerfile([{ kind: "copy", sources: ["$HOME"], to: "/app" }])).toThrow("not a plain path");
});

it.each(["a b", "a*", "../x", "a/../b", "$x", 'a"', ""])("does not copy %j", (path) => {
  expect(isSafePath(path)).toBe(false);
});

it("writes commands as JSON", () => {
  expect(execForm(["a", 'b"', "\u2028"])).toBe('["a", "b\\"", "\\u2028"]');
});
