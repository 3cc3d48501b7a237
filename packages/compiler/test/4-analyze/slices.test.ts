import { expect, it } from "vitest";
import { madeUpProject } from "../../../../bench/lib/project.mjs";
import type { Analysis, Finding } from "../../src/4-analyze/analysis.js";
import { leakageFindings, leakageTogether } from "../../src/4-analyze/leakage.js";
import { lineageOf, type ProjectLineage } from "../../src/4-analyze/lineage.js";
import { policyFindings } from "../../src/4-analyze/policies.js";
import { ofSlices } from "../../src/4-analyze/slices.js";
import { analyze, createMemo, memoryHost } from "../../src/index.js";

/** More than one slice, of which each part reads one of the part before; with policies, and with deployments. */
const made = madeUpProject(80);
const project = {
  ...made,
  "mlspec.yaml": `${made["mlspec.yaml"] ?? ""}policies:
  no_raw_identifiers: { deny: { pii: direct, reaching: [features, models, deployments, logs] } }
deployments:
  api: { model: u2_score, serve: online }
  nightly: { model: u4_score, serve: batch, rows: u5_labelled }
`,
};

interface Found {
  readonly leakage: readonly Finding[];
  readonly policies: readonly Finding[];
}

function rule(slice: Omit<Analysis, "findings">): Found {
  let lineage: ProjectLineage | undefined;
  const once = (): ProjectLineage => (lineage ??= lineageOf(slice));
  return { leakage: leakageFindings(slice, once), policies: policyFindings(slice, once) };
}

/** What is told of all parts together, in no order, each once. */
function together(parts: readonly Found[]): readonly string[] {
  const all = [...leakageTogether(parts.flatMap(({ leakage }) => leakage)), ...parts.flatMap(({ policies }) => policies)];
  return [...new Set(all.map((one) => JSON.stringify(one)))].sort();
}

it.each([
  ["nothing", "", "", []],
  ["personal data", "country: string\n", "country: { type: string, pii: direct }\n", ["policy-denies"]],
  ["a label", "columns: [merchant_id", "columns: [is_fraud", []],
  ["a label among features", "from: u3_payments\n    columns: [merchant_id", "from: u3_labelled\n    columns: [is_fraud", ["label-leaks"]],
  ["a later row", "CAST(amount AS DOUBLE) AS", "lead(amount) OVER (PARTITION BY card_id ORDER BY created_at) AS", ["looks-ahead"]],
  ["a time that is too early", "created_at, received_at\n      FROM u", "created_at, date_trunc('day', received_at) AS received_at\n      FROM u", ["looks-ahead"]],
  ["rows of two times", "p.amount > 0", "p.amount > 0 AND d.event_id IS NOT NULL", ["known-later"]],
] as const)("slices say together what the whole says: %s", (_name, from, to, codes) => {
  const texts = Object.fromEntries(Object.entries(project).map(([path, text]) => [path, from === "" ? text : text.replaceAll(from, to)]));
  const analysis = analyze(memoryHost(texts)).environments[0]?.analysis;
  if (analysis === undefined) throw new Error("the project is not in order");
  const slices = ofSlices(analysis, createMemo(), rule);
  expect(slices.length).toBeGreaterThan(1);
  const whole = together([rule(analysis)]);
  expect(together(slices)).toEqual(whole);
  for (const code of codes) expect(whole.some((one) => one.includes(`"code":"${code}"`)), code).toBe(true);
}); // prettier-ignore
