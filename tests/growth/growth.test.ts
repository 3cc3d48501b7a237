import { analyze, compile, hasErrors, memoryHost } from "@mlspec/compiler";
import { expect, test } from "vitest";
import { emitters, madeUpProject } from "../../bench/lib/project.mjs";

/** CPU in ms from text to IR: what else the machine does counts little. */
function cost(definitions: number): number {
  const host = memoryHost(madeUpProject(definitions));
  const begin = process.cpuUsage();
  const { environments, diagnostics } = compile(analyze(host), { emitters });
  const { user, system } = process.cpuUsage(begin);
  expect(hasErrors(diagnostics)).toBe(false);
  expect(Object.keys(environments[0]?.ir.models ?? {})).toHaveLength(definitions / 10);
  return (user + system) / 1000;
}

test("ten times the definitions cost about ten times the time, not a hundred", { timeout: 60_000 }, () => {
  cost(200);
  const small = Math.min(cost(200), cost(200), cost(200));
  // `npm run bench -- startup` measures the exponent; this only tells a line from a square, on any machine.
  expect(cost(2000) / small).toBeLessThan(40);
});
