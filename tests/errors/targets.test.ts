import { expect, it } from "vitest";
import { analyze, compile, type CompileOptions } from "../../packages/compiler/src/compile.js";
import { memoryHost } from "../../packages/compiler/src/testing/memory-host.js";
import { sql } from "./run.js";

const PROJECT = `mlspec: v1
project: shop
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments: { local: { runtime: local } }
targets: { ./emitters/flyte.mjs: { domain: 7 } }
`;

function messages(options: CompileOptions): readonly (readonly [string, string])[] {
  const project = analyze(memoryHost({ "mlspec.yaml": PROJECT }), sql);
  return compile(project, options).diagnostics.map(({ code, message, span }) => [code, `${PROJECT.slice(span.start, span.end)}: ${message}`]);
}

it("target-unknown: an emitter that the host did not find", () => {
  expect(messages({ emitters: {} })).toEqual([["target-unknown", expect.stringMatching(/^\.\/emitters\/flyte\.mjs: No emitter is called/)]]);
});

it("target-options: options that the emitter's own schema refuses, at the option", () => {
  const optionsSchema = { type: "object", properties: { domain: { type: "string" } } };
  const emitter = { name: "flyte", needs: [], optionsSchema, provide: () => ({}), emit: () => ({ files: [] }) };
  const found = messages({ emitters: { "./emitters/flyte.mjs": { emitter, plugin: true } } });
  expect(found).toEqual([["target-options", expect.stringMatching(/^7: .*`domain`/)]]);
});
