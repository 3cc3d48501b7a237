import { expect, test } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

const project = folderTexts("tests/engines/kafka/project");
const text = project["mlspec.yaml"] ?? "";

function compiled(spec: string): ReturnType<typeof compileTexts> {
  const result = compileTexts({ ...project, "mlspec.yaml": spec });
  expect(result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return result;
}

const { output, environments } = compiled(text);
const file = (path: string): string => output[`generated/production/${path}`] ?? "";
const [local] = environments;

test("a stream is a program that no schedule runs, and an ingestion reads what it writes", () => {
  const { programs = {}, tasks = {}, datasets = {} } = local?.ir ?? {};
  expect(programs["history.payments"]).toMatchObject({ reads: [], writes: ["history.payments"] });
  expect(programs["ingest.payments"]).toMatchObject({ reads: ["history.payments"], writes: ["sources.payments"] });
  expect(tasks["history.payments"]).toBeUndefined();
  expect(tasks["ingest.payments"]?.after).toEqual(["ready.payments"]);
  expect(datasets["history.payments"]).toMatchObject({ kind: "history", path: "./lake/till/history/payments" });
  expect(datasets["sources.payments"]?.columns.at(-1)).toMatchObject({ name: "ingested_at", nullable: false });
});

test("in a cluster one pod at a time runs it, and starts again where it ends", () => {
  const stream = file("kubernetes/history-payments.yaml");
  expect(stream).toMatch(/kind: Deployment[\s\S]*replicas: 1\n[\s\S]*type: Recreate\n/);
  expect(stream).toContain("- generated/production/spark/history_payments.py");
  // Of a Deployment, pods are always started again: no other policy is allowed.
  expect(stream).not.toContain("restartPolicy");
  expect(stream).toMatch(/kind: NetworkPolicy[\s\S]*port: 9098/);
  expect(file("kubernetes/kustomization.yaml")).toContain("- history-payments.yaml");
  expect(file("airflow/till__hourly_00.py")).not.toMatch(/history_payments\.py/);
});

test("only streams have the secrets of their topics", () => {
  const variable = "TILL_KAFKA_PASSWORD";
  expect(file("kubernetes/history-payments.yaml")).toMatch(
    new RegExp(`name: ${variable}\\n\\s+valueFrom:\\n\\s+secretKeyRef:\\n\\s+name: till-secrets`),
  );
  expect(file("airflow/till__hourly_00.py")).not.toContain("KAFKA");
  const having = Object.entries(output).filter(([, content]) => content.includes(variable));
  expect(having.map(([path]) => path)).toEqual([
    "generated/local/spark/sources.py",
    "generated/production/kubernetes/history-payments.yaml",
    "generated/production/kubernetes/history-refunds.yaml",
    "generated/production/kubernetes/history-transfers.yaml",
    "generated/production/spark/sources.py",
  ]);
});

test("without a topic there is nothing that reads one", () => {
  const without = compiled(
    text
      .replace(/ {2}(?:refunds|given_back|transfers|moved|which_transfers_count):\n(?: {4}.*\n)+/g, "")
      .replace(/ {4}kafka:\n(?: {6}.*\n)+/, '    files: { path: "${var.lake}/raw", format: json }\n')
      .replace("ingested_at: broker", "ingested_at: seen_at")
      .replace("paid_at: timestamp!\n", "paid_at: timestamp!\n      seen_at: timestamp!\n")
      .replace("SELECT payment_id, paid_at, ingested_at", "SELECT payment_id, paid_at, seen_at")
      .replaceAll("ingested_at: 2026", "seen_at: 2026"),
  ).output;
  expect(Object.keys(without).filter((path) => /history/.test(path))).toEqual([]);
  expect(Object.entries(without).flatMap(([path, content]) => (/kafka/.test(content) ? [path] : []))).toEqual([]);
  expect(
    Object.entries(output).flatMap(([path, content]) => (/docker.*jars.txt$/.test(path) && /kafka/.test(content) ? [path] : [])),
  ).toEqual(["generated/production/docker/jars.txt"]);
});

test("another topic is another source of rows, another pace is not", () => {
  const generation = (spec: string): string | undefined => {
    const features = `
entities: { card: { key: cardId } }
features:
  spend: { entity: card, from: payments, columns: [amount] }
`;
    return compiled(`${spec}${features}`).environments[0]?.ir.featurePlans["spend"]?.generation;
  };
  const before = generation(text);
  expect(
    generation(text.replace("trigger: 2s", "trigger: 9s").replace("max_offsets_per_trigger: 2500", "max_offsets_per_trigger: 7")),
  ).toBe(before);
  expect(generation(text.replace("topic: shop.payments", "topic: shop.other"))).not.toBe(before);
});
