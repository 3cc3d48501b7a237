/** `tests:`: what they name, whether their rows fit, and whether they can fail. */
import type { Field } from "../data-type.js";
import { nearest } from "../diagnostics/nearest.js";
import type { TestSpec } from "../spec.js";
import type { DatasetFacts, Finding, SpecPath } from "./analysis.js";
import { knowledgeOf, typedColumns } from "./dataset.js";
import { expectedOf, SECTIONS } from "./expectation.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import type { Expected, GivenRows, TestFacts } from "./test-facts.js";
import { inModes } from "./test-modes.js";
import { plainColumn, readRow, type ReadRow, type TestedProject } from "./test-row.js";
import { nameOf } from "./id.js";

export interface Tests {
  readonly tests: Readonly<Record<string, TestFacts>>;
  readonly findings: readonly Finding[];
}

/** `wrong` are ids of definitions with mistakes: what follows from these in a test is told when they are right. */
export function analyzeTests(facts: TestedProject, wrong: ReadonlySet<string>): Tests {
  const found = Object.entries(facts.spec.tests ?? {}).map(([name, test]) => {
    const { facts: made, findings } = analyzeTest(name, test, facts);
    const waits = wrong.size > 0 && [...standsOn(test, facts), ...servedBy(test, facts)].some((id) => wrong.has(id));
    return { made, findings: waits ? findings.filter(({ code }) => code === "unknown-reference") : findings };
  });
  return {
    tests: Object.fromEntries(found.flatMap(({ made }) => (made === undefined ? [] : [[made.name, made] as const]))),
    findings: found.flatMap(({ findings }) => findings),
  };
}

/** All definitions that a test is about, down to sources, whether anything is known of them or not. */
function standsOn({ given, expect }: TestSpec, { spec, graph }: TestedProject): ReadonlySet<string> {
  const sections = [...Object.keys(given), ...Object.keys(expect)].flatMap((title) => {
    const name = nameOf(title);
    return SECTIONS.filter((section) => Object.hasOwn(spec[section] ?? {}, name)).map((section) => `${section}.${name}`);
  });
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const read of graph.reads[id] ?? []) visit(read);
  };
  for (const id of sections) visit(id);
  return seen;
}

/** Who looks up what a test is about: that decides what streams keep. */
function servedBy({ modes }: TestSpec, { spec }: TestedProject): readonly string[] {
  if (modes?.includes("stream") !== true) return [];
  return (["deployments", "models"] as const).flatMap((section) => Object.keys(spec[section] ?? {}).map((name) => `${section}.${name}`));
}

function analyzeTest(name: string, spec: TestSpec, facts: TestedProject): Found<TestFacts> {
  const path = ["tests", name];
  const given = Object.entries(spec.given).map(([dataset, rows]) => givenOf(dataset, rows, { facts, path: [...path, "given", dataset] }));
  const expected = Object.entries(spec.expect).map(([title, rows]) =>
    expectedOf(title, rows, { facts, given: Object.keys(spec.given), path: [...path, "expect", title] }),
  );
  const moded = inModes(
    expected.flatMap((one) => one.facts ?? []),
    { name, spec, facts },
  );
  // What is expected is known where all that is named is.
  const whole = moded.facts.length === expected.length;
  const findings = [...[...given, ...expected].flatMap((one) => one.findings), ...(whole ? moded.findings : [])];
  if (expected.length === 0) findings.push(finding("test-proves-nothing", atKey(...path), { what: name, reason: "it expects nothing" }));
  const test: TestFacts = {
    id: `tests.${name}`,
    name,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    given: given.flatMap((one) => one.facts ?? []),
    expected: moded.facts,
  };
  return { facts: test, findings: [...findings, ...(whole ? idle(test, facts, path) : [])] };
}

interface GivenInput {
  readonly facts: TestedProject;
  readonly path: SpecPath;
}

function givenOf(name: string, rows: readonly Readonly<Record<string, unknown>>[], { facts, path }: GivenInput): Found<GivenRows> {
  const { spec, datasets } = facts;
  const names = [...Object.keys(spec.sources ?? {}), ...Object.keys(spec.transforms ?? {})];
  if (!names.includes(name)) {
    const near = nearest(name, names);
    const args = { kind: "source or transform", name, nearest: near, known: names };
    return { findings: [finding("unknown-reference", atKey(...path), args, near === undefined ? {} : { replacement: near })] };
  }
  const dataset = datasets[name];
  if (dataset === undefined || knowledgeOf(dataset) === "wrong") return { findings: [] };
  const open = dataset.kind === "transform" && knowledgeOf(dataset) === "some";
  if (open)
    return {
      findings: [
        finding("test-proves-nothing", atKey(...path), {
          what: name,
          reason: "not all of its columns are known, so nothing can stand in its place. Declare its `columns`, or give what it reads",
        }),
      ],
    };
  // Raw rows have what is not stored, too.
  const columns = [...typedColumns(dataset), ...(dataset.kind === "source" ? (dataset.dropped ?? []) : [])];
  const read = rows.map((row, i) => readRow(row, columns, { where: name, path: [...path, i] }));
  const findings = [...read.flatMap((one) => one.findings), ...incomplete(read, columns, { name, path })];
  const values = read.map(({ values: row }) => columns.map((column) => row[column.name] ?? null));
  const time = timeOf(dataset);
  return { facts: { dataset: dataset.id, columns: columns.map(plainColumn), rows: values, ...time }, findings };
}

function timeOf({ time }: DatasetFacts): Pick<GivenRows, "time"> {
  return time === undefined ? {} : { time };
}

/** Columns that are NOT NULL have to be there; said once for all rows that lack the same. */
function incomplete(
  rows: readonly ReadRow[],
  columns: readonly Field[],
  { name, path }: { readonly name: string; readonly path: SpecPath },
): readonly Finding[] {
  const told = new Set<string>();
  return rows.flatMap(({ written, misspelt }, i) => {
    if (misspelt) return [];
    const missing = columns.filter((column) => !column.nullable && !written.has(column.name)).map((column) => column.name);
    if (missing.length === 0 || told.has(missing.join())) return [];
    told.add(missing.join());
    const reason = missing.length === 1 ? "it is NOT NULL" : "they are NOT NULL";
    return [finding("fixture-incomplete", atValue([...path, i]), { of: name, missing, reason })];
  });
}

/** Datasets that are given and that nothing expected reads. */
function idle(test: TestFacts, project: TestedProject, path: SpecPath): readonly Finding[] {
  const read = readByTest(test, project);
  return test.given
    .filter(({ dataset }) => !read.has(dataset))
    .map(({ dataset }) => {
      const name = nameOf(dataset);
      return finding("fixture-idle", atKey(...path, "given", name), { name, test: test.name });
    });
}

/** Ids of the definitions that a test computes, down to what it gives: what stands in place of a transform ends the way to its inputs. */
export function readByTest(test: TestFacts, { graph }: Pick<TestedProject, "graph">): ReadonlySet<string> {
  const given = new Set(test.given.map(({ dataset }) => dataset));
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    if (!given.has(id)) for (const read of graph.reads[id] ?? []) visit(read);
  };
  for (const expected of test.expected) for (const id of startsOf(expected)) visit(id);
  return seen;
}

/** A service reads what its features are of, not the observations that its model was trained on. */
function startsOf({ of }: Expected): readonly string[] {
  switch (of.kind) {
    case "rows":
      return [of.dataset];
    case "quarantine":
      return [of.source];
    case "training":
      return [`models.${of.model}`];
    case "features":
    case "request":
      return of.plans.map((plan) => `features.${plan}`);
  }
}
