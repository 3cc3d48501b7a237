/** What the runner is asked for one test: plain data, in which types stand in Spark's words. */
import { printDataType, readByTest, type Analysis, type ExpectedRows, type FixtureColumn, type Ir, type TestFacts } from "@mlspec/compiler";
import { UsageError } from "../args.js";

export type Job = Readonly<Record<string, unknown>>;

export function jobOf(test: TestFacts, analysis: Analysis, ir: Ir): Job {
  const read = readByTest(test, analysis);
  const names = (section: string): readonly string[] =>
    analysis.graph.order.filter((id) => id.startsWith(`${section}.`) && read.has(id)).map((id) => id.slice(section.length + 1));
  return {
    name: test.name,
    given: test.given.map(({ dataset, columns, rows, time }) => ({ dataset, columns: typed(columns), rows, ...(time && { time }) })),
    // By group, what it is computed from.
    groups: Object.fromEntries(
      Object.values(analysis.groups).flatMap((group) =>
        group.kind === "request" ? [] : [[group.name, group.from.slice(group.from.indexOf(".") + 1)]],
      ),
    ),
    // Each after those that it reads.
    transforms: names("transforms"),
    expected: test.expected.map((expected) => ({
      ...expected,
      asked: typed(expected.asked),
      compared: typed(expected.compared),
      of: { ...expected.of, ...programOf(expected, ir), ...keyOf(expected, ir) },
    })),
  };
}

function typed(columns: readonly FixtureColumn[]): readonly Job[] {
  return columns.map(({ name, type }) => ({ name, type: printDataType(type) }));
}

/** The module that computes what is expected. */
function programOf({ of, title }: ExpectedRows, ir: Ir): Job {
  if (of.kind !== "training" && of.kind !== "request") return {};
  const found = Object.values(ir.programs).find((program) =>
    of.kind === "training"
      ? program.kind === "training_set" && program.model === of.model
      : program.kind === "serve" && program.deployment === of.deployment,
  );
  if (found === undefined) throw new UsageError(`no target of this project makes the program for \`${title}\``);
  return { program: found.file.replace(/\.py$/, "") };
}

/** A table is refused where two rows have the same key. */
function keyOf({ of }: ExpectedRows, ir: Ir): Job {
  const dataset = of.kind === "rows" ? ir.datasets[of.dataset] : undefined;
  if (dataset?.kind !== "transform" || !dataset.materialised || dataset.time === undefined) return {};
  return { unique: [...new Set([...dataset.time.key, dataset.time.eventTime])] };
}
