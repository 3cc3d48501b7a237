/** In which modes what a test expects is computed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jobOf } from "../../packages/cli/src/test/job.js";
import { compileTexts, folderTexts, root } from "../support/compile.js";

const FOLDER = "tests/engines/tests/streamed";
const project = folderTexts(FOLDER)["mlspec.yaml"] ?? "";
const KEPT = ["payments_1h", "payments_24h", "spend_24h", "usual"];

/** What is said, and the job of each test. */
function compiled(edit = (text: string): string => text): { readonly messages: string; readonly jobs: Record<string, unknown> } {
  const { analyzed, environments, messages } = compileTexts({ "mlspec.yaml": edit(project) });
  const analysis = analyzed.environments[0]?.analysis;
  const ir = environments[0]?.ir;
  if (analysis === undefined || ir === undefined) return { messages, jobs: {} };
  return { messages, jobs: Object.fromEntries(Object.values(analysis.tests).map((each) => [each.name, jobOf(each, analysis, ir)])) };
}

test("what a stream keeps is computed in both modes, unless the test says otherwise", () => {
  const { messages, jobs } = compiled();
  expect(messages).toBe("");
  expect(jobs).toMatchObject({
    step_by_step: {
      streams: { card_velocity: { program: "tiles_card_velocity", views: { spending: "sql/spending.sql" } } },
      expected: [
        {
          title: "card_velocity",
          modes: ["batch", "stream"],
          streamed: expect.arrayContaining(["spend_24h"]),
          of: { services: ["serve_till_api"] },
        },
        { title: "till_api", modes: ["batch", "stream"], of: { program: "serve_till_api" } },
      ],
    },
    by_runs: { streams: {}, expected: [{ modes: ["batch"], streamed: [] }] },
  });
});

test("only outputs that a service needs are read from its store", () => {
  const one = (text: string): string => text.replace("features: [card_velocity]", "features: [card_velocity.usual]");
  const { jobs } = compiled((text) =>
    one(text).replace(", card_velocity__payments_24h: 3, card_velocity__spend_24h: 35.50", ", card_velocity__usual: 12"),
  );
  const { expected } = jobs["step_by_step"] as { expected: { streamed: string[] }[] };
  // What it is derived from is looked up, too.
  expect([...(expected[0]?.streamed ?? [])].sort()).toEqual(KEPT.filter((name) => name !== "payments_1h"));
});

test.for([
  [
    "a group that is not served",
    (text: string) => text.replace("serve: online }", "serve: batch, rows: spending }").replace(/ {6}till_api:\n.*\n/, ""),
  ],
  ["a transform that is not row by row", (text: string) => text.replace("FROM payments\n", "FROM payments GROUP BY ALL\n")],
  [
    "files",
    (text: string) =>
      text
        .replace(/kafka: .*/, "files: { path: ./raw, format: json }")
        .replace("ingested_at: broker", "ingested_at: ingested_at")
        .replace("paid_at: timestamp! }", "paid_at: timestamp!, ingested_at: timestamp! }"),
  ],
] as const)("by runs only: %s", ([, edit]) => {
  const { jobs } = compiled(edit);
  const modes = Object.values(jobs).flatMap((job) => (job as { expected: { modes: string[] }[] }).expected.map((each) => each.modes));
  expect(modes.length).toBeGreaterThan(2);
  expect(new Set(modes.flat())).toEqual(new Set(["batch"]));
});

test("a stream that is asked for has to be there", () => {
  const asked = (text: string): string => text.replace("modes: [batch]", "modes: [stream]");
  expect(compiled(asked).messages).toBe("");
  const { messages } = compiled((text) => asked(text).replace("FROM payments\n", "FROM payments GROUP BY ALL\n"));
  expect(messages).toMatch(/error\[test-not-streamed\]: No stream keeps `card_velocity`: `spending` is not made row by row, for/);
  expect(messages).toMatch(/\n {2}--> mlspec\.yaml:\d+:13\n.*\n.* {4}modes: \[stream\]\n.*\^{6}\n/);
});

test("what services look up is known when they are right", () => {
  const { messages } = compiled((text) => text.replace("modes: [batch]", "modes: [stream]").replace("roc_auc", "roc_auk"));
  expect(messages).toContain("roc_auk");
  expect(messages).not.toContain("test-not-streamed");
});

test("what a test puts in the place of functions is there", () => {
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const [program, runner] = [read("templates/spark/tile_stream.py"), read("packages/cli/runner/tests_streams.py")];
  const [, listed = ""] = /REPLACED = \((.*?)\)/.exec(runner) ?? [];
  const replaced = [...listed.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
  expect(replaced.length).toBeGreaterThan(3);
  for (const name of [...replaced, "parsed", "alone", "noted", "at_position", "steps"])
    expect(program, name).toMatch(new RegExp(`^(def ${name}\\(| {4}${name},$|from .* import (.*, )?${name}(,|$))`, "m"));
});
