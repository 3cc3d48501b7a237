/** What the runner is asked for one test: plain data, in which types stand in Spark's words. */
import {
  nameOf,
  printDataType,
  readByTest,
  type Analysis,
  type ExpectedRows,
  type FixtureColumn,
  type Ir,
  type TestFacts,
} from "@mlspec/compiler";
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
      Object.values(analysis.groups).flatMap((group) => (group.kind === "request" ? [] : [[group.name, nameOf(group.from)]])),
    ),
    streams: streamsOf(test, ir),
    // Each after those that it reads.
    transforms: names("transforms"),
    expected: test.expected.map((expected) => ({
      ...expected,
      asked: typed(expected.asked),
      compared: typed(expected.compared),
      of: { ...expected.of, ...programOf(expected, ir), ...servicesOf(expected, ir), ...keyOf(expected, ir) },
    })),
  };
}

function typed(columns: readonly FixtureColumn[]): readonly Job[] {
  return columns.map(({ name, type }) => ({ name, type: printDataType(type) }));
}

/** By group that a stream keeps current: its program, and the files of the transforms on its way. */
function streamsOf({ expected }: TestFacts, ir: Ir): Job {
  if (!expected.some(({ modes }) => modes.includes("stream"))) return {};
  return Object.fromEntries(
    Object.values(ir.programs).flatMap((program) => {
      if (program.kind !== "tiles") return [];
      const views = program.views.map((id) => {
        const view = ir.datasets[id];
        return [nameOf(id), view?.kind === "transform" ? view.sqlFile : undefined];
      });
      return [[program.plan, { program: moduleOf(program), views: Object.fromEntries(views) as Job }]];
    }),
  );
}

/** The modules of services that look up a group. */
function servicesOf({ of, modes }: ExpectedRows, ir: Ir): Job {
  if (of.kind !== "features" || !modes.includes("stream")) return {};
  const serving = Object.values(ir.programs).filter(
    (program) => program.kind === "serve" && ir.models[program.model]?.plans.includes(of.group),
  );
  return { services: serving.map(moduleOf) };
}

function moduleOf({ file }: { readonly file: string }): string {
  return file.replace(/\.py$/, "");
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
  return { program: moduleOf(found) };
}

/** A table is refused where two rows have the same key. */
function keyOf({ of }: ExpectedRows, ir: Ir): Job {
  const dataset = of.kind === "rows" ? ir.datasets[of.dataset] : undefined;
  if (dataset?.kind !== "transform" || !dataset.materialised || dataset.time === undefined) return {};
  return { unique: [...new Set([...dataset.time.key, dataset.time.eventTime])] };
}
