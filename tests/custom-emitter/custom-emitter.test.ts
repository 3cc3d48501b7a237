import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic, Emitter } from "@mlspec/compiler";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileTexts, folderTexts, root, type Compiled, type Texts } from "../support/compile.js";

const scratch = mkdtempSync(join(tmpdir(), "mlspec-custom-emitter-"));
const name = "mlspec-company-images";
let emitter: Emitter;

beforeAll(async () => {
  execFileSync("npm", ["pack", join(root, "examples", "custom_emitter"), "--pack-destination", scratch, "--silent"]);
  writeFileSync(join(scratch, "package.json"), '{ "private": true }\n');
  const tarball = readdirSync(scratch).find((file) => file.endsWith(".tgz")) ?? "";
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--silent", `./${tarball}`], { cwd: scratch });
  const installed = createRequire(join(scratch, "package.json")).resolve(name);
  if (installed.startsWith(root)) throw new Error(`${installed} is not the installed one`);
  ({ emitter } = (await import(pathToFileURL(installed).href)) as { emitter: Emitter });
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const DOCKER = "  docker: { registry: ghcr.io/acme }\n";

/** The fraud example with other lines in the place of its docker target. */
function example(target: string): Texts {
  const texts = folderTexts("examples/fraud_detection");
  const spec = texts["mlspec.yaml"] ?? "";
  if (!spec.includes(DOCKER)) throw new Error("the example has another docker target");
  return { ...texts, "mlspec.yaml": spec.replace(DOCKER, target) };
}

/** Without hints: those are about the example. */
const told = ({ diagnostics }: Compiled): readonly Diagnostic[] => diagnostics.filter(({ severity }) => severity !== "hint");

const compile = (target: string): Compiled => compileTexts(example(target), { [name]: { emitter, plugin: true } });

test("an installed emitter provides the images that DAGs and manifests refer to", () => {
  const compiled = compile(`  ${name}: { registry: images.acme.example, tag: "2026.4" }\n`);
  const { output } = compiled;
  expect(told(compiled)).toEqual([]);
  const dag = output["generated/production/airflow/fraud_detection__daily_0200.py"] ?? "";
  expect(dag).toContain('"images.acme.example/fraud-detection-spark:2026.4"');
  expect(output["generated/production/kubernetes/fraud-api.yaml"]).toContain(
    "images.acme.example/fraud-detection-serving-fraud-api:2026.4",
  );
  expect(output["generated/production/company_images/images.yaml"]).toContain("spark/ingest_transactions.py");
  expect(Object.keys(output).filter((path) => path.includes("/docker/"))).toEqual([]);
});

test("without images, the targets that need them say so", () => {
  const compiled = compileTexts(example(""));
  expect(told(compiled).map(({ code, file, related = [] }) => [code, file, related.map(({ message }) => message)])).toEqual([
    ["kubernetes/needs-image", "mlspec.yaml", ["airflow needs it, too"]],
  ]);
  expect(compiled.output).toEqual({});
});

test("its options are checked against its own schema, at their place", () => {
  const compiled = compile(`  ${name}: { registry: images.acme.example, tag: "A B", extra: 1 }\n`);
  const spec = compiled.analyzed.texts.get("mlspec.yaml") ?? "";
  expect(told(compiled).map(({ code, span }) => [code, spec.slice(span.start, span.end)])).toEqual([
    ["target-options", '"A B"'],
    ["target-options", "extra"],
  ]);
});

test("a name that is not installed is near one that is", () => {
  expect(told(compile(`  mlspec-company-image: {}\n`)).map(({ message }) => message)).toEqual([
    expect.stringContaining("Did you mean `mlspec-company-images`?"),
  ]);
});
