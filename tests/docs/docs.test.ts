import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { projectSchema } from "@mlspec/compiler";
import { AGGREGATES } from "../../packages/compiler/src/4-analyze/aggregate-functions.js";
import { METRICS } from "../../packages/compiler/src/4-analyze/model.js";
import { OUR_FUNCTIONS } from "../../packages/compiler/src/4-analyze/expr/functions.js";
import { compileTexts, folderTexts, root } from "../support/compile.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const values = read("docs/values.md");
const codes = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
const section = (title: string): string => values.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? "";

test("links lead to files and headings that are there", () => {
  const pages = [
    "README.md",
    ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md"))
      .map((path) => `docs/${path}`),
  ];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => !/^https?:/.test(link) && !leads(page, link))
      .map((link) => `${page}: ${link}`),
  );
  expect(pages.length).toBeGreaterThan(50);
  expect(broken).toEqual([]);
});

function leads(page: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const path = file === "" ? page : join(dirname(page), file);
  if (!existsSync(join(root, path))) return false;
  if (heading === undefined) return true;
  const headings = [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => title.toLowerCase().replaceAll(" ", "-"));
  return headings.includes(heading);
}

test("every format of the language has its place in values.md", () => {
  const formats = new Set([...JSON.stringify(projectSchema).matchAll(/"x-format":"([a-z-]+)"/g)].map(([, format = ""]) => format));
  expect(formats.size).toBeGreaterThan(15);
  const titles = [...values.matchAll(/^## (.*)$/gm)].map(([, title = ""]) => title.replaceAll(" ", "-"));
  expect([...formats].filter((format) => !titles.includes(format))).toEqual([]);
});

test("values.md lists the metrics of each task, the aggregates and the functions that there are", () => {
  const rows = section("metric")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map(codes);
  expect(Object.fromEntries(rows.map(([task = "", ...names]) => [task, names]))).toEqual(METRICS);
  const aggregates = [...section("aggregate").matchAll(/`(\w+)\(/g)].map(([, name = ""]) => name);
  expect([...new Set(aggregates)].sort()).toEqual([...AGGREGATES].sort());
  for (const name of OUR_FUNCTIONS) expect(section("expression")).toContain(`\`${name}(`);
});

test("what deploy.md tells to run, apply and look at is there in the example", () => {
  const page = read("docs/deploy.md");
  const { output } = compileTexts(folderTexts("examples/fraud_detection"));
  const emitted = Object.keys(output);
  for (const [path] of page.matchAll(/generated\/production[\w./-]*/g))
    expect(
      emitted.some((file) => file === path || file.startsWith(`${path}/`)),
      path,
    ).toBe(true);
  const manifests = emitted.flatMap((path) => (path.includes("/kubernetes/") ? [output[path]] : [])).join("\n");
  const names = [...page.matchAll(/fraud-detection-[a-z-]+[a-z]|(?<=\s)(?:deployment|service)\/[a-z-]+/g)].map(([name]) =>
    name.replace(/^\w+\//, ""),
  );
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(manifests).toContain(`name: ${name}\n`);
  for (const [, dag = ""] of page.matchAll(/airflow dags \w+ (\w+)/g)) expect(emitted).toContain(`generated/production/airflow/${dag}.py`);
  const commands = [...page.matchAll(/^mlspec (\w+)(.*)$/gm)];
  expect(commands.length).toBeGreaterThan(3);
  for (const [, name = "", flags = ""] of commands) {
    const source = read(`packages/cli/src/commands/${name}.ts`);
    for (const [, flag = ""] of flags.matchAll(/--(\w+)/g)) expect(source).toContain(`name: "${flag}"`);
  }
});

test("excerpts in docs/tests.md stand in the example", () => {
  const [, path = "", text = ""] = /<!-- (\S+) -->\n```yaml\n(.*?)```/s.exec(read("docs/tests.md")) ?? [];
  const parts = text.split("…\n");
  expect(parts.length).toBe(2);
  for (const part of parts) expect(read(path)).toContain(part);
});
