/** What docs/versions.md lists is what the tables say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectSchema, TARGET_VERSIONS } from "@mlspec/compiler";
import { findFunction, functionNames } from "../../packages/compiler/src/sql/functions/table.js";
import { FIELDS } from "../../packages/emitters/src/kubernetes/capabilities.js";
import { root } from "../support/compile.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const page = read("docs/versions.md");
const section = (title: string): string => page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? "";
const codes = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
/** Cells of the rows of a table. */
const rows = (text: string): readonly (readonly string[])[] =>
  text.split("\n").filter((line) => line.startsWith("| ")).map((line) => line.slice(2, -2).split(" | ").map((cell) => cell.trim())); // prettier-ignore

it("names the versions that each target takes, and what they are run on", () => {
  const said = rows(page.split(/^## /m)[0] ?? "").slice(1);
  expect(Object.fromEntries(said.map(([target = "", versions = ""]) => [codes(target)[0], codes(versions)[0]]))).toEqual(TARGET_VERSIONS);
  const run = Object.fromEntries(said.map(([target = "", , on = ""]) => [codes(target)[0], on]));
  const pins = ["packages/cli/requirements/jars-4.0.json", "packages/cli/requirements/jars.json"].map(
    (path) => JSON.parse(read(path)) as { spark: string; delta: string },
  );
  expect(run["spark"]).toBe(pins.map(({ spark, delta }) => `${spark} with Delta ${delta}`).join(", "));
  const installers = read("tests/engines/setup/index.mjs");
  for (const version of run["airflow"]?.match(/\d+\.\d+/g) ?? []) expect(installers).toContain(`"airflow-${version}"`);
  const schemas = read("tests/engines/setup/kubeconform.mjs");
  for (const version of run["kubernetes"]?.match(/\d+\.\d+/g) ?? []) expect(schemas).toContain(`${version}: "v${version}`);
});

it("lists the functions and the numbers of arguments that Spark 4.0 lacks", () => {
  const spark = section("Spark");
  const list = codes(spark.split("Functions: ")[1]?.split("\n\n")[0] ?? "");
  const lacking = [...functionNames()].flatMap((name) => {
    const since = findFunction(name)?.since;
    return since === undefined ? [] : [{ name, ...since }];
  });
  expect(list).toEqual(lacking.flatMap(({ name, arities }) => (arities === undefined ? [name] : [])).sort());
  const table = rows(spark.split("numbers of arguments")[1] ?? "").flatMap(([names = "", numbers = ""]) =>
    codes(names).map((name) => `${name}: ${numbers}`),
  );
  expect(table.sort()).toEqual(
    lacking.flatMap(({ name, arities }) => (arities === undefined ? [] : [`${name}: ${arities.join(", ")}`])).sort(),
  );
});

it("lists the fields of Kubernetes that not all versions have", () => {
  const said = rows(section("Kubernetes"))
    .slice(1)
    .map(([field = "", from = "", until = ""]) => `${field}|${from}|${until}`);
  const known = Object.entries(FIELDS).flatMap(([kind, fields]) =>
    fields.map(({ path, values = [], since, until }) => {
      const pod = /^spec\.(?:jobTemplate\.spec\.)?template\.spec\.(.*)$/.exec(path)?.[1];
      const field = pod === undefined ? `${kind} \`${path}\`` : `pod \`${pod.replace("spec.", "")}\``;
      const from = since ?? (until === undefined ? "not by default" : "");
      return `${field}${values.length === 0 ? "" : `: ${values.map((value) => `\`${value}\``).join(", ")}`}|${from}|${until ?? ""}`;
    }),
  );
  expect([...said].sort()).toEqual([...new Set(known)].sort());
});

it("names the table formats that the language has", () => {
  const schema: unknown = projectSchema;
  const { $defs } = schema as { readonly $defs: Record<string, { readonly properties: { readonly format: { readonly const?: string } } }> };
  expect([$defs["StorageSpec"], $defs["TableSpec"]].map((spec) => spec?.properties.format.const)).toEqual(["delta", "delta"]);
  expect(section("Tables")).toContain("is `delta`; Iceberg is not part of the language");
});
