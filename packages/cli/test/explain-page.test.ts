import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { renderMarkdown } from "../src/markdown.js";
import { explained, knownCodes } from "../src/page.js";
import { folder, mlspec } from "./support.js";

const plain = { outColour: false, columns: 80 };

const PAGE = `# may-fail

*error*

A long sentence with \`code that is kept whole\` and **weight**, [a link](https://example.org), <signs> and \\*stars\\*.

- one
- two words

## What to do

\`\`\`diff
-   a / b
+   a / nullif(b, 0)
\`\`\`
`;

it("wraps paragraphs to the terminal, and code never", () => {
  expect(renderMarkdown(PAGE, { ...plain, columns: 40 })).toBe(`may-fail

error

A long sentence with
\`code that is kept whole\` and weight, a
link (https://example.org), <signs> and
*stars*.

- one
- two words

What to do

    -   a / b
    +   a / nullif(b, 0)
`);
});

it("colours headings, code and differences, where colours are wanted", () => {
  const shown = renderMarkdown(PAGE, { outColour: true, columns: 200 });
  expect(shown).toContain("\u001b[1mWhat to do\u001b[0m");
  expect(shown).toContain("\u001b[36mcode that is kept whole\u001b[0m");
  expect(shown).toContain("    \u001b[32m+   a / nullif(b, 0)\u001b[0m");
  expect(
    Math.max(
      ...renderMarkdown("word ".repeat(80), { outColour: false, columns: 300 })
        .split("\n")
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(100);
});

it.each(knownCodes())("the page of %s can be read on a terminal", (code) => {
  const page = explained(code);
  if (page === undefined) throw new Error("a known code has a page");
  const shown = renderMarkdown(page.markdown, plain);
  expect(shown.split("\n")[0]).toBe(code);
  expect(shown).toContain("\nPut right:\n");
  // Nothing of Markdown is left outside of code.
  const prose = shown.split("\n").filter((line) => !line.startsWith("    "));
  expect(prose.join("\n").replaceAll(/`[^`]*`/g, "")).not.toMatch(/^#|\*\*|```|<!--/m);
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(80);
});

it("explains a code with its example, and as data", async () => {
  const { code, stdout } = await mlspec(folder(), "explain", "split-comma");
  expect([code, stdout]).toEqual([0, expect.stringContaining('+     columns: { order_id: string!, amount: "decimal(12,2)"') as string]);
  const { stdout: json } = await mlspec(folder(), "explain", "split-comma", "--format", "json");
  const markdown = readFileSync(new URL("../../../docs/diagnostics/split-comma.md", import.meta.url), "utf8");
  expect(JSON.parse(json)).toMatchObject({ code: "split-comma", severity: "error", markdown: markdown.slice(markdown.indexOf("# ")) });
});

it("knows a code that is written like a key, also where there is no project", async () => {
  const { code, stderr } = await mlspec(folder(), "explain", "label_leaks");
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("Did you mean label-leaks?") as string });
});

it("explains codes of emitters, and knows near ones", async () => {
  expect((await mlspec(folder(), "explain", "docker/invalid-registry")).stdout).toContain("ghcr.io/acme");
  expect((await mlspec(folder(), "explain", "airflow/needs-image")).stdout).toContain("no target\nprovides it");
  const { code, stderr } = await mlspec(folder(), "explain", "docker/invalid-registri");
  expect([code, stderr]).toEqual([2, expect.stringContaining("Did you mean docker/invalid-registry?") as string]);
});
