import { expect, test } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

const compiled = compileTexts(folderTexts("examples/fraud_detection"));

test("the fraud example compiles, and is told what it leaves open", async () => {
  await expect(compiled.messages).toMatchFileSnapshot("__output__/fraud_detection.messages.txt");
  expect(compiled.environments.map(({ name }) => name)).toEqual(["local", "production"]);
});

test("the IR of the local environment", async () => {
  const ir = compiled.environments.find(({ name }) => name === "local")?.ir;
  await expect(`${JSON.stringify(ir, null, 1)}\n`).toMatchFileSnapshot("__output__/fraud_detection.local.ir.json");
});

test("every file of every environment", async () => {
  const paths = Object.keys(compiled.output);
  expect(paths.length).toBeGreaterThan(20);
  await expect(`${paths.join("\n")}\n`).toMatchFileSnapshot("__output__/fraud_detection/files.txt");
  for (const [path, text] of Object.entries(compiled.output)) {
    // What is the same in both environments is kept once.
    const kept = path.replace("generated/production/", "generated/local/");
    const same = compiled.output[kept] === text;
    await expect(text, path).toMatchFileSnapshot(`__output__/fraud_detection/${same ? kept : path}`);
  }
});

test("local output needs no image and no cluster", () => {
  const local = Object.keys(compiled.output).filter((path) => path.startsWith("generated/local/"));
  expect(local.filter((path) => /docker|kubernetes/.test(path))).toEqual([]);
  expect(local.some((path) => path.startsWith("generated/local/airflow/"))).toBe(true);
});
