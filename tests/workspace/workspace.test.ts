import { analyze, compile, createMemo, createWorkspace, memoryHost, type Kept } from "@mlspec/compiler";
import fc from "fast-check";
import { expect, test } from "vitest";
import { madeUpProject } from "../../bench/lib/project.mjs";
import { compileTexts, emitters, folderTexts, type Texts } from "../support/compile.js";

const PART = "specs/part_0003.yaml";
const made = madeUpProject(100);
const part = made[PART] ?? "";

function edited(from: string, to: string): ReturnType<ReturnType<typeof createWorkspace>["computed"]> {
  const workspace = createWorkspace(memoryHost(made));
  expect(workspace.diagnostics()).toEqual([]);
  expect(part).toContain(from);
  workspace.setFile(PART, part.replace(from, to));
  workspace.diagnostics();
  return workspace.computed();
}

test("all of a new project is computed, once for both environments", () => {
  const workspace = createWorkspace(memoryHost(made));
  workspace.diagnostics();
  // A source's path is another in production, which nothing depends on here.
  expect(workspace.computed()).toEqual({ file: 11, sql: 40, bound: 40, source: 20, transform: 40, group: 30, model: 10 });
});

test("what is asked again without a change costs nothing", () => {
  const workspace = createWorkspace(memoryHost(made));
  const first = workspace.project();
  expect(workspace.project()).toBe(first);
  workspace.setFile(PART, part);
  expect(workspace.project()).not.toBe(first);
  expect(workspace.computed()).toEqual({});
});

test("after an edit of one file only what it reaches is computed again", () => {
  expect(edited("sources:", "# a comment\nsources:"), "a comment").toEqual({ file: 1 });
  expect(edited("Large events abroad.", "Large events elsewhere."), "a description").toEqual({ file: 1, transform: 1 });
  expect(edited("WHERE country <> 'FR'", "WHERE country <> 'DE'"), "an SQL text").toEqual({
    file: 1,
    sql: 1,
    bound: 1,
    transform: 1,
    group: 1,
  });
  expect(edited("max(amount) over 7d", "min(amount) over 7d"), "a feature").toEqual({ file: 1, group: 1, model: 1 });
  expect(edited("params: { max_iter: 200 }", "params: { max_iter: 100 }"), "a model").toEqual({ file: 1, model: 1 });
});

test("unsaved text counts, a removed file is gone, and the host's file can come back", () => {
  const host = memoryHost(made);
  const workspace = createWorkspace(host);
  workspace.setFile("specs/more.yaml", "sources: { more: 1 }\n");
  expect(workspace.diagnostics().map(({ file }) => file)).toEqual(["specs/more.yaml"]);
  workspace.removeFile("specs/more.yaml");
  expect(workspace.diagnostics()).toEqual([]);
  workspace.removeFile(PART);
  expect(workspace.diagnostics().map(({ code }) => code)).toContain("unknown-table");
  workspace.resetFile(PART);
  expect(workspace.diagnostics()).toEqual([]);
  expect([...host.files.keys()]).toEqual(Object.keys(made));
});

const example = folderTexts("examples/fraud_detection");
const paths = Object.keys(example).filter((path) => /\.(yaml|sql)$/.test(path));

/** Lines of a file dropped, doubled or swapped. */
const edit = fc.record({
  path: fc.constantFrom(...paths),
  line: fc.nat(),
  how: fc.constantFrom("drop", "double", "swap", "restore"),
});

function apply(text: string, line: number, how: string): string {
  const lines = text.split("\n");
  const at = line % lines.length;
  if (how === "drop") lines.splice(at, 1);
  else if (how === "double") lines.splice(at, 0, lines[at] ?? "");
  else if (how === "swap") lines.splice(at, 2, lines[at + 1] ?? "", lines[at] ?? "");
  return lines.join("\n");
}

test("however one comes to a text, what is said of it is the same", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      const workspace = createWorkspace(memoryHost(example));
      const texts: Record<string, string> = { ...example };
      for (const { path, line, how } of edits) {
        texts[path] = how === "restore" ? (example[path] ?? "") : apply(texts[path] ?? "", line, how);
        workspace.setFile(path, texts[path]);
        const fresh = analyze(memoryHost(texts));
        expect(workspace.diagnostics()).toEqual(fresh.diagnostics);
        expect(workspace.project().environments.map(({ analysis }) => analysis)).toEqual(
          fresh.environments.map(({ analysis }) => analysis),
        );
      }
    }),
    { numRuns: 60 },
  );
});

/** A project with what crosses its files: policies, labels, hashes, circles of groups, an environment that overrides. */
const crossing: Texts = {
  ...Object.fromEntries(Object.entries(madeUpProject(80)).map(([path, text]) => [path, text.replace("country: string\n", "country: { type: string, pii: direct }\n").replace("from: u3_payments\n    columns", "from: u3_labelled\n    columns")])), // prettier-ignore
  "mlspec.yaml": `${(made["mlspec.yaml"] ?? "").replace('lake: "s3a://made-up/lake" }', 'lake: "s3a://made-up/lake" }, cloud: { provider: aws, region: eu-west-1 }, overrides: { models: { u1_score: { params: { max_iter: 300 } } } }')}
policies:
  no_raw_identifiers: { deny: { pii: direct, reaching: [features, models, deployments, logs] } }
  owned: { require: [description], of: [sources, features] }
  at_home: { deny: { pii: direct, reaching: [regions], outside: [eu-*] } }
`,
};

/** Pairs of texts of which one becomes the other, and back again. */
const MEANINGS: readonly (readonly [string, string])[] = [
  ["card_id: string!", "card_id: { type: string, pii: direct }"],
  ["country: { type: string, pii: direct }\n", "country: string\n"],
  ["country: { type: string, pii: direct }\n", "country: { type: string, pii: direct, mask: drop }\n"],
  ["region: eu-west-1", "region: us-east-1"],
  ["cloud: { provider: aws, region: eu-west-1 }, ", ""],
  ["outside: [eu-*]", "outside: [us-*]"],
  ["AS amount, country,", "AS amount, sha2(country, 256) AS country,"],
  ["columns: [merchant_id", "columns: [is_fraud"],
  ["    ingested_at: received_at\n    as: table", "    as: table"],
  ["amount: double", "amount: float"],
  ["amount: double", "amont: double"],
  ["    lateness: 10m\n", ""],
  ["merchant_id, country]", "merchant_id]"],
  ["columns: [merchant_id", "columns: [sha2(merchant_id, 256)"],
  ["SELECT event_id, card_id, merchant_id,", "SELECT event_id, card_id, sha2(card_id, 256) AS merchant_id,"],
  ["CAST(amount AS DOUBLE)", "CAST(amount AS FLOAT)"],
  ["CAST(amount AS DOUBLE) AS", "lead(amount) OVER (PARTITION BY card_id ORDER BY created_at) AS"],
  ["country, created_at, received_at\n      FROM u", "country, created_at, date_trunc('day', received_at) AS received_at\n      FROM u"],
  ["    ingested_at: received_at\n    columns:", "    columns:"],
  ["p.amount > 0", "p.amount > 0 AND d.event_id IS NOT NULL"],
  ["country <> 'FR'\n", "country <> 'FR' AND rand() > 0\n"],
  ["_velocity.spend_7d, 0)", "_velocity.spend_ratio, 0)"],
  ["_velocity.spend_7d, 0)", "_velocity.spent, 0)"],
  ["spend_ratio: spend_1h / nullif(spend_7d, 0)", "spend_ratio: u0_abroad_velocity.spend_share"],
  ["from: u1_payments", "from: u1_labelled"],
  ["largest: max(amount) over 7d", "largest: max(amount) over 5d"],
  ["country]\n", "country]\n  more:\n    request: [amount]\n"],
  ["features: [u2_velocity", "features: [more, u2_velocity"],
  ["FROM u2_payments p", "FROM u2_large p"],
  ["FROM u1_large\n", "FROM u1_abroad\n"],
  ["u3_payments:", "u3_paid:"],
  ["label: { column: is_fraud", "label: { column: country"],
  ["max_iter: 200", "max_iter: ${var.more}"],
  ["vars: { lake: ./lake }", "vars: { lake: ./lake, more: 3 }"],
  ['cron: "0 4 * * 0"', 'cron: "0 4 * * 1"'],
  ['schedule: { cron: "0 2 * * *"', 'schedule: { cron: "0 3 * * *"'],
  // What rules over the whole project remember of each definition.
  ["entity: card\n    from: u2_payments", "entity: card\n    from: u2_disputes"],
  ["card_id, merchant_id,\n", "card_id AS card, merchant_id,\n"],
  ["key: card_id }", "key: merchant }"],
  ["AS amount, country,", "AS amount, mask.keyed_hash(country) AS country,"],
  ["average_precision >= 0.5", "average_precision >= 0"],
  ["test: 20%", "test: 0%"],
  ["max_iter: 200", "max_itre: 200"],
  ["ensemble.HistGradientBoostingClassifier", "ensemble.HistGradientBoostingRegressor"],
  ["online: sqlite", "online: redis"],
  ["    as: table", "    as: table\n    resources: { memory: 900Ti }"],
  ["    as: table", "    as: table\n    look_back: 1d"],
  ["    as: table", "    as: table\n    schedule: { cron: '0 5 * * 3' }"],
  ["amount: double", "amount: { type: double, renamed_from: country }"],
  ['path: "${var.lake}/raw/u', 'path: "./raw/u'],
  ["  local: { runtime: local }", "  local: { runtime: local, overrides: { models: { u2_score: { observations: u2_large } } } }"],
  ["sources:", "sources: ["],
  ["description: ", "descripton: "],
];

const change = fc.record({ path: fc.constantFrom(...Object.keys(crossing)), pair: fc.constantFrom(...MEANINGS), back: fc.boolean(), gone: fc.nat(20) }); // prettier-ignore

type Changed = Record<string, string | undefined>;

/** Sets what is changed, and holds what is known then to what is known of the same texts from scratch. Gives the codes that are told. */
function compared(workspace: ReturnType<typeof createWorkspace>, texts: Record<string, string>, changed: Changed): readonly string[] {
  for (const [path, text] of Object.entries(changed)) {
    if (text === undefined) {
      delete texts[path];
      workspace.removeFile(path);
    } else {
      texts[path] = text;
      workspace.setFile(path, text);
    }
  }
  const fresh = analyze(memoryHost(texts));
  expect(workspace.diagnostics()).toEqual(fresh.diagnostics);
  expect(workspace.project().environments.map(({ analysis }) => analysis)).toEqual(fresh.environments.map(({ analysis }) => analysis));
  return fresh.diagnostics.map(({ code }) => code);
}

test("each change of meaning and its way back reach what they must", { timeout: 600_000 }, () => {
  const workspace = createWorkspace(memoryHost(crossing));
  const texts: Record<string, string> = { ...crossing };
  const told = new Set<string>();
  for (const [from, to] of MEANINGS) {
    const changed = Object.fromEntries(
      Object.entries(crossing).flatMap(([path, text]) => (text.includes(from) ? [[path, text.replaceAll(from, to)]] : [])),
    );
    expect(Object.keys(changed), from).not.toEqual([]);
    for (const code of compared(workspace, texts, changed)) told.add(code);
    compared(workspace, texts, Object.fromEntries(Object.keys(changed).map((path) => [path, crossing[path]])));
  }
  // What rules over the whole project say does come up.
  const wanted = (
    "cycle dropped-column duplicate-definition entity-key gate-range known-later label-leaks large-request lateness-needed look-back-idle " +
    "looks-ahead masking-key-needed path-on-machine policy-denies policy-requires region-unknown renamed-from schedules-do-not-align " +
    "store-needed unfit-estimator unknown-parameter unknown-reference weak-mask"
  ).split(" ");
  expect(wanted.filter((code) => !told.has(code))).toEqual([]);
});

test("however one comes to a project, what is known of it is the same", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 4, maxLength: 12 }), (changes) => {
      const workspace = createWorkspace(memoryHost(crossing));
      const texts: Record<string, string> = { ...crossing };
      for (const { path, pair, back, gone } of changes) {
        const [from, to] = back ? [pair[1], pair[0]] : pair;
        const before = texts[path] ?? crossing[path] ?? "";
        compared(workspace, texts, {
          [path]: gone === 0 && path !== "mlspec.yaml" ? undefined : from === "" ? before : before.replaceAll(from, to),
        });
      }
    }),
    { numRuns: 30 },
  );
});

/** What another process would have kept. */
function kept(texts: Texts): readonly Kept[] {
  const memo = createMemo();
  analyze(memoryHost(texts), memo);
  return JSON.parse(JSON.stringify(memo.kept())) as readonly Kept[];
}

test("with the answers of another process no file and no SQL is read again, and every byte is the same", () => {
  const memo = createMemo(kept(example));
  const { environments } = compile(analyze(memoryHost(example), memo), { emitters });
  const output = environments.flatMap(({ folder, files }) => files.map(({ path, text }) => [`${folder}/${path}`, text]));
  expect(Object.fromEntries(output)).toEqual(compileTexts(example).output);
  for (const query of ["file", "sql", "bound"]) expect(memo.computed()).not.toHaveProperty(query);
  expect(memo.kept()).toBeUndefined();
});

test("mistakes are told at the same places from kept answers", () => {
  for (const [from, to] of [
    ["from: payments", "from: paymets"],
    ["key: card_id", "key: [card_id"],
    ["FROM transactions", "FROM transaction"],
    ["storage:", "storag:"],
  ]) {
    const broken = Object.fromEntries(paths.map((path) => [path, (example[path] ?? "").replace(from ?? "", to ?? "")]));
    const fresh = analyze(memoryHost(broken)).diagnostics;
    expect(fresh).not.toEqual([]);
    const memo = createMemo(kept(broken));
    expect(analyze(memoryHost(broken), memo).diagnostics).toEqual(fresh);
    for (const query of ["file", "sql", "bound"]) expect(memo.computed()).not.toHaveProperty(query);
  }
});

test("numbers that JSON lacks are not kept", () => {
  const strange = { ...example, "specs/model.yaml": (example["specs/model.yaml"] ?? "").replace("random_state: 7", "random_state: -0.0") };
  expect(strange["specs/model.yaml"]).not.toBe(example["specs/model.yaml"]);
  const files = (texts: Texts): number => kept(texts).filter(([query]) => query === "file").length;
  expect(files(strange)).toBe(files(example) - 1);
});

test("what is no longer asked goes", () => {
  const workspace = createWorkspace(memoryHost(made), createMemo(kept(example)));
  workspace.diagnostics();
  const memo = createMemo(kept(example));
  analyze(memoryHost(made), memo);
  expect(memo.kept()).toHaveLength(11 + 40 + 40);
});
