import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { expect, test } from "vitest";
import { base, others } from "../key-table/base.js";
import { compileTexts, type Texts } from "../support/compile.js";
import { hostile } from "./strings.js";

type Data = { [key: string]: unknown };

/** Slots whose value comes out exactly as it went in, in a Python file. */
const EXACT = [
  "sources.orders.checks.kinds.values.kind.0",
  "models.returns.params.text",
  "sources.orders.files.path",
  "storage.path",
  "sources.customers.table.path",
] as const;
/** Slots whose words are shown to people: they may be laid out, they are never code. */
const PROSE = [
  "description",
  "owner",
  "sources.orders.description",
  "sources.orders.columns.customer_id.description",
  "sources.orders.owner",
  "transforms.sales.description",
  "features.habits.description",
  "models.returns.description",
  "models.returns.owner",
  "deployments.api.description",
  "entities.customer.description",
  "targets.docker.registry",
  "targets.kubernetes.namespace",
  "models.returns.estimator",
  "models.refunds.train",
  "deployments.api.resources.cpu",
] as const;

function put(project: Data, path: string, value: unknown): void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  let at = project;
  for (const part of parts) at = (at[part] ??= {}) as Data;
  at[last] = value;
}

/** JSON with escapes for what YAML would not take as it stands. */
function yamlOf(project: unknown): string {
  return JSON.stringify(project, null, 1).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

interface Answer {
  readonly error?: string;
  readonly texts: readonly string[];
  readonly shape: string;
}

function readPython(files: readonly string[]): readonly Answer[] {
  const input = files.map((text) => JSON.stringify(text)).join("\n");
  const { stdout, stderr, status } = spawnSync("python3", [fileURLToPath(new URL("./read.py", import.meta.url))], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as readonly Answer[];
}

function outputOf(slot: string, value: string): { readonly output: Texts; readonly refused: boolean } {
  const project = structuredClone(base) as Data;
  put(project, slot, value);
  const { output, diagnostics } = compileTexts({ ...others, "mlspec.yaml": yamlOf(project) });
  return { output, refused: diagnostics.some(({ severity }) => severity === "error") };
}

const python = (output: Texts): readonly (readonly [string, string])[] => Object.entries(output).filter(([path]) => path.endsWith(".py"));
const SEED = 20260101;
/** Few where the rest of the tests runs too; `MLSPEC_HOSTILE=100` makes it more than 2,000. */
const PER_SLOT = Number(process.env["MLSPEC_HOSTILE"] ?? 4);

const benign = outputOf("description", "All keys.").output;
const known = new Map(python(benign).map(([, text], i, all) => [all[i]?.[0] ?? "", text]));

test.for([...EXACT, ...PROSE])("no string in %s becomes code, and what comes out is what went in", { timeout: 120_000 }, (slot) => {
  const strings = fc.sample(hostile, { numRuns: PER_SLOT, seed: SEED });
  const changed = new Map<string, { readonly path: string; readonly values: Set<string> }>();
  const wanted: { readonly value: string; readonly files: readonly string[] }[] = [];
  for (const value of strings) {
    const { output, refused } = outputOf(slot, value);
    if (refused) continue;
    const files = python(output).filter(([path, text]) => known.get(path) !== text);
    for (const [path, text] of files) changed.set(text, { path, values: (changed.get(text)?.values ?? new Set()).add(value) });
    wanted.push({ value, files: files.map(([, text]) => text) });
    for (const [path, text] of Object.entries(output).filter(([name, text]) => /\.ya?ml$/.test(name) && benign[name] !== text))
      expect(
        parseAllDocuments(text).flatMap((document) => ("errors" in document ? document.errors : [])),
        `${slot}: ${JSON.stringify(value)} in ${path}`,
      ).toEqual([]);
    for (const [path, text] of Object.entries(output).filter(([name]) => name.endsWith(".Dockerfile")))
      expect(instructions(text), path).toEqual(instructions(benign[path] ?? text));
  }
  const texts = [...changed.keys()];
  const answers = new Map(readPython([...texts, ...known.values()]).map((answer, i) => [[...texts, ...known.values()][i] ?? "", answer]));
  for (const [text, { path, values }] of changed) {
    const answer = answers.get(text);
    const why = `${slot}: ${[...values].map((value) => JSON.stringify(value)).join(" ")} in ${path}`;
    expect(answer?.error, why).toBeUndefined();
    if (isProse(slot) && known.has(path)) expect(namesOnly(answer), why).toEqual(namesOnly(answers.get(known.get(path) ?? "")));
  }
  for (const { value, files } of isProse(slot) ? [] : wanted) {
    const found = files.some((text) => answers.get(text)?.texts.some((each) => each.includes(value)));
    expect(found || benignHas(value), `${slot}: ${JSON.stringify(value)}`).toBe(true);
  }
});

function isProse(slot: string): boolean {
  return (PROSE as readonly string[]).includes(slot) && /description|owner/.test(slot);
}

function namesOnly(answer: Answer | undefined): string | undefined {
  return answer?.shape;
}

function benignHas(value: string): boolean {
  return [...known.values()].some((text) => text.includes(JSON.stringify(value)));
}

/** The instructions of a Dockerfile, without their arguments. */
function instructions(text: string): readonly string[] {
  return text
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .flatMap((line) => /^([A-Z]+) /.exec(line)?.[1] ?? []);
}
