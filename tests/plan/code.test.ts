/** Changes of the project's own code: of functions that transforms are computed by. */
import { diff, type Plan } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { changed, sides, type Edits } from "./project.js";

/** `cleaned`, by a function, is read by `tidy`, and that by features and a model; `other` is by a function of another file. */
const EDITS: Edits = {
  "transforms.cleaned.columns": { order_id: "string!", customer_id: "string", amount: "double", ordered_at: "timestamp!", seen_at: "timestamp!" }, // prettier-ignore
  "transforms.cleaned.ingested_at": "seen_at",
  "transforms.tidy": { sql: "SELECT order_id, customer_id, amount, ordered_at, seen_at FROM cleaned", as: "table" },
  "features.tidied": { entity: "customer", from: "tidy", online: "sqlite", aggregates: { spent: "sum(amount) over 1h" } },
  "models.returns.features": ["habits", "profile", "basket", "tidied"],
  "transforms.other": {
    python: "src/other.py:make",
    inputs: ["orders"],
    key: "order_id",
    event_time: "ordered_at",
    columns: { order_id: "string!", ordered_at: "timestamp!" },
    as: "table",
  },
};
const FILES = {
  "src/clean.py": 'from src.money import euros\n\n\ndef clean(inputs, as_of):\n    """Cleans."""\n    return euros(inputs["orders"])\n',
  "src/money.py": "def euros(rows):\n    return rows\n",
  "src/other.py": "def make(inputs, as_of):\n    return inputs\n",
  "src/rates.csv": "EUR,1\n",
};
const before = sides(changed(EDITS, FILES));
const plan = (files: Readonly<Record<string, string>>, edits: Edits = {}): Plan =>
  diff(before, sides(changed({ ...EDITS, ...edits }, { ...FILES, ...files })));

/** Who has something to do because of the code. */
const on = ({ changes }: Plan): readonly string[] =>
  [
    ...new Set(changes.flatMap(({ effects }) => effects.filter((effect) => effect.class !== "compatible").map((effect) => effect.on))),
  ].sort();

/** With `models.refunds`, which the project's own code trains. */
const CLEANED = ["deployments.api", "deployments.nightly", "features.tidied", "models.refunds", "models.returns", "transforms.cleaned", "transforms.tidy"]; // prettier-ignore

const CLEAN = FILES["src/clean.py"];

it("a function's file is what its table and all below are computed by", () => {
  const made = plan({ "src/clean.py": CLEAN.replace('["orders"]', '["orders"].limit(9)') });
  expect(made.changes.map(({ definition, class: kind }) => [definition, kind])).toEqual([["code", "online"]]);
  expect(on(made)).toEqual(CLEANED);
  const steps = made.environments.find(({ name }) => name === "cloud")?.steps ?? [];
  const backfilled = steps.find(({ kind }) => kind === "backfill")?.programs.map((path) => path.split("/").at(-1));
  expect(backfilled).toEqual(["transform_cleaned.py", "transform_tidy.py", "features_tidied.py", "materialise_tidied.py"]);
  expect(made.changes[0]?.reaches).toContain("features.tidied.spent_1h");
  expect(made.changes[0]?.reaches.filter((id) => !/^(transforms|features|models|deployments)\./.test(id))).toEqual([]);
});

it.each<readonly [string, Record<string, string>, readonly string[]]>([
  ["what it imports", { "src/money.py": "def euros(rows):\n    return rows.limit(9)\n" }, CLEANED],
  ["what it may read", { "src/rates.csv": "EUR,2\n" }, [...CLEANED, "transforms.other"].sort()],
  [
    "another function's file",
    { "src/other.py": "def make(inputs, as_of):\n    return inputs[0]\n" },
    ["models.refunds", "transforms.other"],
  ],
  ["what it does not import", { "src/train.py": "def train(inputs, label, params): return 1\n" }, ["models.refunds"]],
  ["packages", { "requirements.txt": "lightgbm\npolars\n" }, ["models.refunds"]],
  ["a docstring, which is a value", { "src/clean.py": CLEAN.replace("Cleans", "Tidies") }, CLEANED],
])("%s", (_, files, reached) => {
  expect(on(plan(files))).toEqual(reached);
});

it.each<readonly [string, string]>([
  ["comments", `# Cleans.\n${CLEAN.replace("def", "# All of them.\ndef")}`],
  ["formatting", CLEAN.replaceAll("    ", "  ").replace("(inputs, as_of)", "(\n  inputs,  # by name\n  as_of\n)")],
])("%s of a function's file ask for nothing but new images", (_, text) => {
  const made = plan({ "src/clean.py": text });
  expect(made.changes.map(({ definition, class: kind }) => [definition, kind])).toEqual([["code", "metadata"]]);
  expect(on(made)).toEqual([]);
  const steps = made.environments.flatMap((environment) => environment.steps.map(({ kind }) => kind));
  expect([...new Set(steps)]).toEqual(["deploy"]);
});

it("a generation changes with the function, not with its comments", () => {
  const generation = (text: string): string | undefined =>
    sides(changed(EDITS, { ...FILES, "src/clean.py": text }))[0]?.ir.featurePlans["tidied"]?.generation;
  expect(generation(`# A note.\n${CLEAN}`)).toBe(generation(CLEAN));
  expect(generation(CLEAN.replace("orders", "refunds"))).not.toBe(generation(CLEAN));
});
