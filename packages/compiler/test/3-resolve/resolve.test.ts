import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { front } from "../front.js";
import { renderPretty } from "../../src/render.js";

const example = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../examples/fraud_detection/${path}`, import.meta.url)), "utf8");

it("finds nothing wrong with the example, and merges it for each environment", () => {
  const files = {
    "mlspec.yaml": example("mlspec.yaml"),
    "specs/data.yaml": example("specs/data.yaml"),
    "specs/model.yaml": example("specs/model.yaml"),
  };
  const { diagnostics, resolution } = front(files);
  expect(renderPretty(diagnostics, new Map(Object.entries(files)))).toBe("");
  const [local, production] = resolution.environments;
  expect(local?.spec?.storage.path).toBe("./lake");
  expect(production?.spec?.storage.path).toBe("s3a://acme-fraud/lake");
  expect(production?.spec?.sources?.["cards"]?.files?.path).toBe("s3a://acme-fraud/lake/raw/cards");
  expect(production?.spec?.deployments?.["fraud_api"]?.scale).toEqual({ min: 4, max: 24, cpu: "70%" });
  expect(local?.spec?.deployments?.["fraud_api"]?.scale).toEqual({ min: 2, max: 12, cpu: "70%" });
  expect(production?.origin(["deployments", "fraud_api", "scale", "min"])).toEqual({
    file: "mlspec.yaml",
    path: ["environments", "production", "overrides", "deployments", "fraud_api", "scale", "min"],
    by: "overrides",
  });
  expect(production?.origin(["deployments", "fraud_api", "scale", "cpu"])).toMatchObject({ file: "specs/model.yaml", by: "file" });
});
