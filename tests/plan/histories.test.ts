/** A history, its checkpoint and its topic belong together: what takes one of them elsewhere says what becomes of the others. */
import { diff, sidesOf, type PlanSide } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

const text = (folderTexts("tests/engines/kafka/project")["mlspec.yaml"] ?? "").replace(/^tests:[\s\S]*/m, "");
const ROOT = "s3://till/lake/till";
const FOLDER = "generated/production/kubernetes";

function sides(spec: string): readonly PlanSide[] {
  const { analyzed, environments, diagnostics, messages } = compileTexts({ "mlspec.yaml": spec });
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
  const isOurs = (command: string): boolean => /history|checkpoint|kubectl|lake\/till s3/.test(command) && !command.includes("refunds");
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

it("of another pace nothing: the stream goes on where it was", () => {
  expect(said(["trigger: 2s", "trigger: 9s"], ["max_offsets_per_trigger: 2500", "max_offsets_per_trigger: 7"])).toEqual({
    why: [],
    commands: [],
  });
});
