import { expect, test } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

const compiled = compileTexts(folderTexts("tests/engines/feast/project"));
const ours = Object.entries(compiled.output).filter(([path]) => /\/(feast\/.*|spark\/(values_.*|feature_values)\.py)$/.test(path));

test("a project that has Feast compiles, and is told what Feast does not get", async () => {
  await expect(compiled.messages).toMatchFileSnapshot("__output__/feast.messages.txt");
});

test("the feature repository, and the jobs that write what it reads", async () => {
  expect(ours.length).toBe(2 * (3 + 3 + 1));
  for (const [path, text] of ours) {
    const kept = path.replace("generated/production/", "generated/local/");
    const same = compiled.output[kept] === text;
    await expect(text, path).toMatchFileSnapshot(`__output__/feast/${same ? kept : path}`);
  }
});

test("a run writes values after the tiles that they are made of, on the schedule of their group", () => {
  const ir = compiled.environments.find(({ name }) => name === "local")?.ir;
  const [tasks, datasets] = [ir?.tasks ?? {}, ir?.datasets ?? {}];
  expect(tasks["values.account_orders"]).toMatchObject({
    schedule: tasks["features.account_orders"]?.schedule,
    after: ["features.account_orders", "ingest.orders"],
    writes: ["values.account_orders"],
  });
  expect(tasks["values.account_profile"]?.after).toEqual(["ingest.accounts"]);
  expect(tasks["values.order_context"]).toBeUndefined();
  expect(datasets["values.account_orders"]?.path).toMatch(/\/values\/account_orders\/[0-9a-f]{8}$/);
});

test("values of another definition lie in another folder; prose and other groups make no difference", () => {
  const pathAfter = (from: string, to: string): string | undefined => {
    const texts = folderTexts("tests/engines/feast/project");
    const text = texts["mlspec.yaml"] ?? "";
    expect(text).toContain(from);
    const { environments } = compileTexts({ ...texts, "mlspec.yaml": text.replace(from, to) });
    return environments.find(({ name }) => name === "local")?.ir?.datasets["values.account_profile"]?.path;
  };
  const before = pathAfter("real * 2", "real * 2");
  expect(before).toBeDefined();
  expect(pathAfter("real * 2", "real * 3")).not.toBe(before);
  expect(pathAfter("The account as", "An account as")).toBe(before);
  expect(pathAfter("orders_7d >= 2", "orders_7d >= 3")).toBe(before);
});

test("a project without Feast has no such jobs", () => {
  const { output } = compileTexts(folderTexts("examples/fraud_detection"));
  expect(Object.keys(output).filter((path) => /feast|values_/.test(path))).toEqual([]);
});
