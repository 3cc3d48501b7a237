import { error, hint, listOf, quote, type DiagnosticTable } from "./define.js";

/** Examples with their results, which `mlspec test` runs. */
export const testDiagnostics = {
  "fixture-value": error(
    (p: { value: string; column: string; type: string; reason: string }) =>
      `${quote(p.value)} is no value of ${quote(p.column)}, which is ${quote(p.type)}: ${p.reason}.`,
    {
      what: "A value in a row of a test does not fit its column.",
      why: "The row could never come in, or never come out: the test would say nothing about the project.",
      fix: "Write a value of the column's type. Times have an offset (`2026-01-01T10:00:00Z`), numbers with many digits stand in quotes so that none is lost, bytes are written in hexadecimal.",
    },
  ),
  "fixture-incomplete": error(
    (p: { of: string; missing: readonly string[]; reason: string }) =>
      `This row of ${quote(p.of)} lacks ${listOf(p.missing, "and")}: ${p.reason}.`,
    {
      what: "A row of a test leaves out what it cannot do without.",
      why: "Columns that may be NULL are NULL where a row leaves them out. A column that is NOT NULL has no such value; features have values of somebody, at a moment; a service is asked with all of its request.",
      fix: "Add what is missing.",
    },
  ),
  "fixture-idle": hint(
    (p: { name: string; test: string }) =>
      `Nothing that the test ${quote(p.test)} expects reads ${quote(p.name)}: these rows change nothing.`,
    {
      what: "A test gives rows of a dataset that none of its expectations reads.",
      why: "They are in the way of who reads the test; or what should be compared is missing.",
      fix: "Leave the rows out, or expect something that is computed from them.",
    },
  ),
  "test-ambiguous": error(
    (p: { name: string; choices: readonly string[] }) => `More than one thing is called ${quote(p.name)}. Write ${listOf(p.choices)}.`,
    {
      what: "A test expects something of a name that several definitions have.",
      why: "Tables, features, models and deployments have names of their own, so a name alone does not say which is meant.",
      fix: "Write the section before the name: `features.card`.",
    },
  ),
  "test-proves-nothing": error((p: { what: string; reason: string }) => `${quote(p.what)} proves nothing: ${p.reason}.`, {
    what: "A test expects nothing, or what it has given itself.",
    why: "It could not fail, whatever the project does.",
    fix: "Write what has to come out: columns of a table that is computed, outputs of a feature group, inputs of a model.",
  }),
  "test-not-streamed": error(
    (p: { what: readonly string[]; why: string }) =>
      `No stream keeps ${listOf(p.what, "and")}: ${p.why}. Leave \`modes\` out: then runs compute all of it, and streams what they keep.`,
    {
      what: "A test asks for the mode `stream`, and what it expects is computed by runs only.",
      why: "Streams keep the feature groups current that online deployments look up and whose rows are made one by one from a topic's messages. Of anything else the test would compare nothing, and could not fail.",
      fix: "Leave `modes` out: then everything is computed by runs, and by streams what these keep. With `modes: [stream]` expect only outputs of groups that a stream keeps, and that a service needs.",
    },
  ),
  "test-not-online": error(
    (p: { name: string }) =>
      `${quote(p.name)} answers no requests: it scores rows on schedule. Expect the outputs of the feature groups that its model reads.`,
    {
      what: "A test expects what a batch deployment gives to its model.",
      why: "Only a deployment with `serve: online` is asked with requests.",
      fix: "Expect the outputs of the feature groups at the interval's end, or the training rows of the model: both are computed by the same code as what is scored.",
    },
  ),
} satisfies DiagnosticTable;
