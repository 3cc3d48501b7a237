/** What is read is never too deep for the stack: not even in a process that has compiled nothing yet, whose frames are at their largest, with less of a stack than usual. */
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

const PROGRAM = `
const [parse, binder] = await Promise.all([import(process.argv[1]), import(process.argv[2])]);
const texts = JSON.parse(process.argv[3]);
const catalogue = new Map();
console.log(JSON.stringify(texts.map((text) => {
  const parsed = parse.parseSql(text);
  return parsed.ok ? binder.bind(parsed.query, catalogue).columns[0].type.kind : parsed.problem.kind;
})));
`;

const nested = (open: string, close: string, times: number): string => `SELECT ${open.repeat(times)}1${close.repeat(times)}`;
const chain = (part: string, operator: string, times: number): string =>
  `SELECT ${Array.from({ length: times }, () => part).join(operator)}`;

it("reads and binds what is as deep as it may be on three quarters of a stack", () => {
  const texts: readonly (readonly [string, string])[] = [
    [nested("(", ")", 97), "int"],
    [nested("abs(", ")", 97), "int"],
    [nested("CASE WHEN true THEN ", " END", 48), "int"],
    [nested("(SELECT ", ")", 48), "int"],
    [chain("1", " + ", 1000), "int"],
    [chain("true", " OR ", 1000), "boolean"],
    [chain("'a'", " || ", 1000), "string"],
    [`${chain("1", "", 1)}${" UNION ALL SELECT 1".repeat(900)}`, "int"],
    [nested("(", ")", 5000), "too-deep"],
    [nested("abs(", ")", 150), "too-deep"],
  ];
  const dist = (path: string): string => new URL(`../../dist/sql/${path}`, import.meta.url).href;
  const argv = [dist("parse/index.js"), dist("bind/index.js"), JSON.stringify(texts.map(([text]) => text))];
  const options = ["--no-opt", "--no-sparkplug", "--stack-size=700", "--input-type=module", "-e", PROGRAM];
  const said = execFileSync(process.execPath, [...options, ...argv], { encoding: "utf8" });
  expect(JSON.parse(said)).toEqual(texts.map(([, kind]) => kind));
});
