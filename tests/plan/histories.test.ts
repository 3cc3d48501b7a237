/** A history, its checkpoint and its topic belong together: what takes one of them elsewhere says what becomes of the others. */
import { diff, sidesOf, type PlanSide } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

const project = folderTexts("tests/engines/kafka/project");
const text = (project["mlspec.yaml"] ?? "").replace(/^tests:[\s\S]*/m, "");
const SCHEMA = "schemas/transfers.avsc";
const schema = project[SCHEMA] ?? "";
const ROOT = "s3://till/lake/till";
const FOLDER = "generated/production/kubernetes";

function sides(spec: string, described = schema): readonly PlanSide[] {
  const { analyzed, environments, diagnostics, messages } = compileTexts({ "mlspec.yaml": spec, [SCHEMA]: described });
  if (diagnostics.some(({ severity }) => severity === "error")) throw new Error(messages);
  return sidesOf(analyzed, environments);
}

const original = sides(text);

/** What is said of histories, and the commands that are about them. */
function said(...edits: readonly (readonly [string | RegExp, string])[]): {
  readonly why: readonly string[];
  readonly commands: readonly string[];
} {
  const spec = edits.reduce((all, [from, to]) => all.replace(from, to), text);
  expect(spec).not.toBe(text);
  const plan = diff(original, sides(spec));
  const steps = plan.environments.find(({ name }) => name === "production")?.steps ?? [];
  const isOurs = (command: string): boolean =>
    /history|checkpoint|kubectl|lake\/till s3/.test(command) && !/refunds|transfers/.test(command);
  return {
    why: [...new Set(plan.changes.flatMap(({ effects }) => effects.map(({ why }) => why)))].filter((why) => /history|stream/.test(why)),
    commands: steps.flatMap(({ commands }) => commands).filter(isOurs),
  };
}

const STOP = "kubectl delete deployment/history-payments networkpolicy/history-payments";
const START = `kubectl apply -f ${FOLDER}/history-payments.yaml`;

it("of a source that is called otherwise", () => {
  expect(said(["  payments:\n", "  sales:\n    renamed_from: payments\n"], ["FROM payments", "FROM sales"])).toEqual({
    why: ["history/payments becomes history/sales"],
    commands: [
      STOP,
      `aws s3 mv --recursive ${ROOT}/history/payments ${ROOT}/history/sales`,
      `aws s3 mv ${ROOT}/marks/history.payments.json ${ROOT}/marks/history.sales.json`,
      `kubectl apply -f ${FOLDER}/history-sales.yaml`,
    ],
  });
});

it("of another topic", () => {
  expect(said(["topic: shop.payments", "topic: shop.sales"])).toEqual({
    why: ["history/payments and its checkpoint are of shop.payments: those of shop.sales begin anew"],
    commands: [
      STOP,
      `aws s3 mv --recursive ${ROOT}/history/payments ${ROOT}/history/payments.before`,
      `aws s3 mv ${ROOT}/marks/history.payments.json ${ROOT}/marks/history.payments.before.json`,
      START,
    ],
  });
});

it("of another checkpoint, also of a source that is called otherwise", () => {
  const elsewhere = ["trigger: 2s", 'checkpoint: "s3a://till/checkpoint"'] as const;
  expect(said(elsewhere)).toEqual({
    why: ["its stream goes on from till/checkpoint, and stops where that is not there"],
    commands: [STOP, `aws s3 mv --recursive ${ROOT}/history/payments/_checkpoint s3://till/checkpoint`, START],
  });
  expect(said(elsewhere, ["  payments:\n", "  sales:\n    renamed_from: payments\n"], ["FROM payments", "FROM sales"]).commands).toEqual([
    STOP,
    `aws s3 mv --recursive ${ROOT}/history/payments ${ROOT}/history/sales`,
    `aws s3 mv ${ROOT}/marks/history.payments.json ${ROOT}/marks/history.sales.json`,
    `aws s3 mv --recursive ${ROOT}/history/sales/_checkpoint s3://till/checkpoint`,
    `kubectl apply -f ${FOLDER}/history-sales.yaml`,
  ]);
});

it("of a source that is no topic any more", () => {
  const files = '    files: { path: "${var.lake}/raw", format: json }\n';
  const edits = [
    [/ {4}kafka:\n(?: {6}.*\n)+/, files],
    ["ingested_at: broker", "ingested_at: seen_at"],
    ["paid_at: timestamp!\n", "paid_at: timestamp!\n      seen_at: timestamp!\n"],
    ["paid_at, ingested_at", "paid_at, seen_at"],
  ] as const;
  expect(said(...edits)).toEqual({
    why: ["history/payments is no longer written: its stream goes on until it is stopped"],
    commands: [STOP],
  });
});

it("of a lake that moves as a whole", () => {
  expect(said(["s3a://till/lake", "s3a://till/other"])).toEqual({
    why: ["its stream stands still while its history moves"],
    commands: [STOP, `aws s3 mv --recursive ${ROOT} s3://till/other/till`, START],
  });
});

it("of another pace nothing: another pod goes on where the stream was", () => {
  expect(said(["trigger: 2s", "trigger: 9s"], ["max_offsets_per_trigger: 2500", "max_offsets_per_trigger: 7"])).toEqual({
    why: [],
    commands: [START, "kubectl rollout status deployment/history-payments"],
  });
});

it("of a schema: the history stays, rows are made anew, and what the schema before wrote may be malformed by the new one", () => {
  const more = schema.replace('{ "name": "score"', '{ "name": "rank", "type": "int" },\n    { "name": "score"');
  const { changes, environments } = diff(original, sides(text, more));
  const change = changes.find(({ definition }) => definition === "sources.transfers");
  expect(change?.class).toBe("breaking");
  expect(
    change?.parts.map(({ path, before, after }) => [path, before?.includes("rank") ?? "none", after?.includes("rank") ?? "none"]),
  ).toEqual([
    ["kafka.schema", false, true],
    ["kafka.schema.rank", "none", false],
  ]);
  expect(change?.effects.map(({ class: kind, why }) => [kind, why])).toEqual(
    expect.arrayContaining([
      ["breaking", expect.stringMatching(/read all messages of history\/transfers by the new schema.*malformed$/)],
      ["backfill", expect.stringMatching(/sources\/transfers was written by|its rows in sources\/transfers/)],
    ]),
  );
  const commands = environments.flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  expect(commands.filter((command) => /history[/-]transfers/.test(command))).toEqual([
    START.replace("payments", "transfers"),
    "kubectl rollout status deployment/history-transfers",
  ]);
});

it("of what a schema says for its readers, nothing; nor of where it lies", () => {
  expect(diff(original, sides(text, schema.replace("In euros.", "In other words.").replace("shop.money", "shop.other"))).changes).toEqual(
    [],
  );
  const moved = compileTexts({ "mlspec.yaml": text.replace(SCHEMA, "other.avsc"), "other.avsc": schema });
  expect(diff(original, sidesOf(moved.analyzed, moved.environments)).changes).toEqual([]);
});
