import { expect, it } from "vitest";
import { projectFlags, readArguments, UsageError, type Flag } from "../src/args.js";

const flags: readonly Flag[] = [
  ...projectFlags,
  { name: "env", short: "e", value: "NAME", help: "" },
  { name: "only", value: "TASK", many: true, help: "" },
  { name: "check", help: "" },
];
const read = (...argv: string[]): ReturnType<typeof readArguments> => readArguments(argv, flags, 1);
const mistake = (...argv: string[]): string => {
  try {
    read(...argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "";
};

it("reads values behind a space, behind =, and by the short name", () => {
  expect(read("--env", "local").value("env")).toBe("local");
  expect(read("--env=local").value("env")).toBe("local");
  expect(read("-e", "local").value("env")).toBe("local");
});

it("keeps the last of several values, and all of them", () => {
  const args = read("--only", "a", "--only", "b", "dir");
  expect([args.value("only"), args.values("only"), args.positionals]).toEqual(["b", ["a", "b"], ["dir"]]);
});

it("knows a switch that is given from one that is not", () => {
  expect([read("--check").has("check"), read().has("check")]).toEqual([true, false]);
});

it("names the option that a mistyped one is near", () => {
  expect(mistake("--chek")).toBe("unknown option --chek. Did you mean --check?");
  expect(mistake("--zzzzzzzz")).toBe("unknown option --zzzzzzzz.");
});

it("refuses a missing value, a value for a switch, and one that is not on the list", () => {
  expect(mistake("--env")).toBe("--env needs a value: --env NAME");
  expect(mistake("--check=yes")).toBe("--check takes no value");
  expect(mistake("--format", "jsn")).toBe("--format is one of pretty, json, github, sarif; not `jsn`. Did you mean json?");
});

it("refuses more operands than the command takes", () => {
  expect(mistake("a", "b")).toBe("unexpected argument `b`");
});
