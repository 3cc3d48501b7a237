import type { Ir } from "@mlspec/compiler";
import { expect, it } from "vitest";
import type { Step } from "../../src/run/plan.js";
import { programHashes } from "../../src/run/program-hash.js";
import { folder } from "../support.js";

const step = (kind: string, language: Step["language"] = "pyspark"): Step => ({
  id: kind,
  schedule: "daily",
  language,
  kind,
  path: `generated/local/${language === "python" ? "python" : "spark"}/${kind}.py`,
  args: [],
  start: "2026-01-01T00:00:00Z",
  end: "2026-01-02T00:00:00Z",
  after: [],
  settled: [],
  exitCodes: [],
});
const ALL = [step("ingest"), step("transform"), step("features"), step("train", "python")];

/** What the hashes stand on: a transform by `src/clean.py`, which imports `src/money.py`. */
function irOf(texts: Readonly<Record<string, string>>, trainer: string): Ir {
  const code = ["src/clean.py", "src/money.py", "src/train.py"].map((path) => ({
    path,
    sha256: texts[path] ?? "",
    imports: path === "src/clean.py" ? ["src/money.py"] : [],
  }));
  const datasets = { cleaned: { kind: "transform", function: { file: "src/clean.py", function: "clean" } }, orders: { kind: "source" } };
  // Nothing else of it is looked at.
  return { code, datasets, models: { m: { trainer: { kind: trainer } } } } as unknown as Ir;
}

/** Tasks whose program is another one with another text of a file. */
function others(path: string, trainer = "function"): readonly string[] {
  const project = folder({ "generated/local/spark/a.py": "", "generated/local/python/a.py": "" });
  const before = programHashes(project, irOf({}, trainer));
  const after = programHashes(project, irOf({ [path]: "other" }, trainer));
  return ALL.filter((each) => before(each) !== after(each)).map(({ id }) => id);
}

it("a function is part of what calls it, and of nothing that comes before", () => {
  expect(others("src/clean.py", "class")).toEqual(["transform", "features"]);
  expect(others("src/money.py", "class")).toEqual(["transform", "features"]);
  expect(others("src/train.py", "class")).toEqual([]);
});

it("code that trains is part of training, so that all else is kept", () => {
  expect(others("src/train.py")).toEqual(["train"]);
});

it("emitted files are part of every task of their folder", () => {
  const hash = (text: string): string => programHashes(folder({ "generated/local/spark/a.py": text }), irOf({}, "class"))(step("ingest"));
  expect(hash("a")).toBe(hash("a"));
  expect(hash("a")).not.toBe(hash("b"));
});
