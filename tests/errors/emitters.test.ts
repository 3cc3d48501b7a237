import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtins } from "@mlspec/emitters";
import { compileTexts, type Texts } from "../support/compile.js";
import { diffOf, pageText } from "./page.js";
import { folder, type Outcome } from "./run.js";

const GOOD = `mlspec: v1
project: shop
vars: { lake: ./lake }
storage: { path: "\${var.lake}", format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments:
  local: { runtime: local }
  production: { runtime: kubernetes, vars: { lake: "s3a://shop/lake" } }
code: [src/**]
targets:
  spark: { version: "4.1" }
  python: {}
  docker: { registry: ghcr.io/shop }
  kubernetes: { version: "1.34", namespace: shop }
entities: { customer: { key: customer_id } }
sources:
  orders:
    files: { path: "\${var.lake}/raw/orders", format: parquet }
    key: order_id
    event_time: ordered_at
    columns: { order_id: string!, customer_id: string!, amount: double, returned: boolean!, ordered_at: timestamp! }
features:
  latest:
    entity: customer
    from: orders
    columns: [amount]
models:
  returns:
    task: binary_classification
    observations: orders
    label: { column: returned, known_after: 30d }
    features: [latest]
    train: src/train.py:train
    split: { by: time, test: 20% }
    metrics: [roc_auc]
`;
const CODE: Texts = { "src/train.py": "def train(inputs, label, params): ...\n" };

type Edits = readonly (readonly [from: string, to: string])[];

/** What stands in a project that has Feast. */
const WITH_FEAST: Edits = [["  kubernetes: {", '  feast: { version: "0.67" }\n  kubernetes: {']];

interface Mistake {
  /** What the good project has besides. */
  readonly besides?: Edits;
  /** What stands in the good project, and what in the bad one. */
  readonly edits: Edits;
  readonly code?: Texts;
  /** The text that is underlined. */
  readonly at: string;
}

const mistakes: Readonly<Record<string, Mistake>> = {
  "docker/invalid-registry": { edits: [["registry: ghcr.io/shop", 'registry: "GHCR.io/shop"']], at: '"GHCR.io/shop"' },
  "docker/unsupported-path": {
    edits: [["code: [src/**]", 'code: [src/**, "my settings.json"]']],
    code: { "my settings.json": "{}\n" },
    at: "docker",
  },
  "docker/unsupported-storage": { edits: [["s3a://shop/lake", "hdfs://shop/lake"]], at: "docker" },
  "feast/key-type": { besides: WITH_FEAST, edits: [["customer_id: string!", "customer_id: date!"]], at: "latest" },
  "feast/left-out": { besides: WITH_FEAST, edits: [["amount: double,", 'amount: "map<string,double>",']], at: "latest" },
  "feast/online-store": { besides: WITH_FEAST, edits: [['version: "0.67" }', 'version: "0.67", online_store: redis }']], at: "redis" },
  "feast/unsupported-path": {
    besides: WITH_FEAST,
    edits: [['version: "0.67" }', 'version: "0.67", registry: "/mnt/$TEAM/registry.db" }']],
    at: '"/mnt/$TEAM/registry.db"',
  },
  "kubernetes/invalid-namespace": { edits: [["namespace: shop", "namespace: My_Team"]], at: "My_Team" },
  "python/input-type": { edits: [["amount: double,", 'amount: "array<double>",']], at: "returns" },
  "python/module-path": { edits: [["src/train.py:train", "src/my-train.py:train"]], code: { "src/my-train.py": "def train(inputs, label, params): ...\n" }, at: "returns" },
};

function edited(text: string, edits: Edits): string {
  return edits.reduce((before, [from, to]) => before.replace(from, () => to), text);
}

function compiled(spec: string, code: Texts = {}): Outcome {
  const { diagnostics, analyzed } = compileTexts({ "mlspec.yaml": spec, ...CODE, ...code });
  return { diagnostics, texts: analyzed.texts };
}

const codes = Object.entries(builtins).flatMap(([name, { diagnostics = {} }]) =>
  Object.entries(diagnostics).map(([code, entry]) => [`${name}/${code}`, entry] as const),
);

it("every code of an emitter has an example", () => {
  expect(codes.map(([code]) => code).sort()).toEqual(Object.keys(mistakes).sort());
});

describe("what only an emitter can judge is told at its place; the page shows it, and what puts it right", () => {
  it.each(codes.filter(([code]) => Object.hasOwn(mistakes, code)))("%s", async (code, entry) => {
    const { besides = [], edits, code: files, at } = mistakes[code] ?? { edits: [], at: "" };
    const good = edited(GOOD, besides);
    const bad = edited(good, edits);
    const before = compiled(bad, files);
    const after = compiled(good);
    const told = before.diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(told?.severity).toBe(entry.severity);
    expect((before.texts.get(told?.file ?? "") ?? "").slice(told?.span.start, told?.span.end)).toBe(at);
    expect(after.diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
    const change = `\`\`\`diff\n${diffOf("mlspec.yaml", bad, good)}\`\`\``;
    await expect(pageText(code, entry, { before, after, change })).toMatchFileSnapshot(join(folder, `../../docs/diagnostics/${code}.md`));
  });
});
