import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderPretty } from "@mlspec/compiler";
import { expect, test } from "vitest";
import { graphOf, mermaid } from "../../packages/cli/src/graph.js";
import { compileTexts, folderTexts, root } from "../support/compile.js";

const readme = readFileSync(join(root, "README.md"), "utf8");
const project = folderTexts("examples/fraud_detection");

/** Code blocks below a comment, which names the file that they are from. `…` alone on a line stands for lines left out. */
const excerpts = [...readme.matchAll(/<!-- (\S+\/\S+) -->\n```\w+\n(.*?)```/gs)].map(([, path = "", text = ""]) => ({ path, text }));

test("excerpts stand in the files that they are from", () => {
  expect(excerpts.length).toBeGreaterThan(8);
  for (const { path, text } of excerpts) {
    const file = readFileSync(join(root, path), "utf8");
    let from = 0;
    for (const part of text.split("…\n")) {
      const at = file.indexOf(part, from);
      expect(at, `${path} has\n${part}`).toBeGreaterThanOrEqual(0);
      from = at + part.length;
    }
  }
});

test("the graph is the example's", () => {
  const [environment] = compileTexts(project).environments;
  const drawn = /```mermaid\n(.*?)```/s.exec(readme)?.[1];
  expect(drawn).toBe(environment && mermaid(graphOf(environment.ir)));
});

test("the mistake is shown as the compiler shows it", () => {
  const said = /<!-- mistake -->\n```\n(.*?)```/s.exec(readme)?.[1];
  const model = project["specs/model.yaml"] ?? "";
  const { analyzed, diagnostics } = compileTexts({ ...project, "specs/model.yaml": model.replace("(merchant_id)", "(merchnt_id)") });
  // The command keeps hints for later, and the count of errors is its own last line.
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(said?.replace(/\n\n1 error\n$/, "")).toBe(renderPretty(errors, analyzed.texts).trim());
});

test("links lead to files of the repository", () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = ""]) => path);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
