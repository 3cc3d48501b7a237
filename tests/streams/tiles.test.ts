import { diff, sidesOf } from "@mlspec/compiler";
import { expect, test } from "vitest";
import { compileTexts, folderTexts } from "../support/compile.js";

const project = folderTexts("tests/engines/kafka/project");
const group = (from: string): string => `
entities: { card: { key: cardId } }
features:
  spend: { entity: card, from: ${from}, aggregates: { spent: "sum(amount) over [10m, 7d]" }, online: sqlite }
models:
  next:
    task: regression
    observations: seen
    label: { column: amount, known_after: 0s }
    features: [spend]
    estimator: sklearn.ensemble.HistGradientBoostingRegressor
    split: { by: time, test: 20%, gap: 0s }
    metrics: [r2]
deployments:
  api: { model: next, serve: online }
`;
const transforms = (sql: string): string => `
  seen: { sql: "SELECT payment_id, cardId, amount, paid_at, ingested_at FROM payments WHERE amount < 100" }
  spent: { sql: "${sql}" }
`;

const REDIS = "    stores: { redis: { url: redis://cache.data.svc:6379/2 } }\n";

// oxlint-disable-next-line max-params -- what is written into the project.
function compiled(sql: string, from = "spent", online = "sqlite", edit = (text: string): string => text): ReturnType<typeof compileTexts> {
  const text = (project["mlspec.yaml"] ?? "")
    .replace("  totals:\n", `${transforms(sql).slice(1)}  totals:\n`)
    .replace("  docker:", "  python: {}\n  docker:")
    .replace("\ntests:", `${group(from).replace("sqlite", online)}\ntests:`)
    .replace(
      "secrets: { from: env } }",
      `secrets: { from: env }${online === "redis" ? ", stores: { redis: { url: redis://localhost } } }" : " }"}`,
    )
    .replace("    runtime: kubernetes\n", `    runtime: kubernetes\n${online === "redis" ? REDIS : ""}`);
  const result = compileTexts({ ...project, "mlspec.yaml": edit(text) });
  expect(result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return result;
}

const ROW_BY_ROW = "SELECT payment_id, cardId, 2 * amount AS amount, paid_at, ingested_at FROM seen";

test("a served group whose rows are made one by one from messages is kept current by a stream, and by nothing else", () => {
  const { environments, output, diagnostics } = compiled(ROW_BY_ROW);
  const [local] = environments;
  const { programs = {}, tasks = {}, stores = {} } = local?.ir ?? {};
  expect(programs["tiles.spend"]).toMatchObject({
    reads: ["history.payments"],
    source: "sources.payments",
    views: ["transforms.seen", "transforms.spent"],
    store: "online.spend",
    state: "./lake/till/tiles/spend",
  });
  expect(Object.keys(tasks).filter((id) => /tiles|materialise/.test(id))).toEqual([]);
  expect(programs["materialise.spend"]).toBeUndefined();
  // The trigger of a topic is 2 s here: three times as much as two of them and a minute is less than a restart may take.
  expect(stores["online.spend"]?.maxAge).toBe(600_000);
  expect(diagnostics.map(({ code }) => code)).not.toContain("window-shorter-than-refresh");
  const text = output["generated/local/spark/tiles_spend.py"] ?? "";
  expect(text).toContain('    rows = query(spark, "sql/seen.sql", {"payments": rows})\n');
  expect(text).toContain('    return query(spark, "sql/spent.sql", {"seen": rows})\n');
  expect(output["generated/local/spark/tile_stream.py"]).toContain("def step(");
});

test("the source's own rows need no query", () => {
  const text = compiled(ROW_BY_ROW, "payments").output["generated/local/spark/tiles_spend.py"] ?? "";
  expect(text).not.toMatch(/query|DataFrame|events/);
  expect(text).toContain("STREAM = TileStream(\n    group=feature_groups.SPEND_GROUP,\n");
});

test("in a cluster it is a pod of its own, without the secrets of the topic", () => {
  const { output } = compiled(ROW_BY_ROW);
  const stream = output["generated/production/kubernetes/tiles-spend.yaml"] ?? "";
  expect(stream).toMatch(/kind: Deployment[\s\S]*replicas: 1\n[\s\S]*type: Recreate\n/);
  expect(stream).toContain("- generated/production/spark/tiles_spend.py");
  expect(stream).not.toContain("KAFKA");
  expect(output["generated/production/kubernetes/kustomization.yaml"]).toContain("- tiles-spend.yaml");
  expect(Object.entries(output).filter(([path, text]) => path.includes("/airflow/") && text.includes("tiles_spend"))).toEqual([]);
});

test.each([
  ["joins", "SELECT a.payment_id, a.cardId, b.amount, a.paid_at, a.ingested_at FROM seen a JOIN seen b ON a.payment_id = b.payment_id"],
  [
    "looks at rows before",
    "SELECT payment_id, cardId, lag(amount) OVER (PARTITION BY cardId ORDER BY paid_at) AS amount, paid_at, ingested_at FROM seen",
  ],
])("what %s is filled on its schedule", (_, sql) => {
  const { programs = {}, tasks = {} } = compiled(sql).environments[0]?.ir ?? {};
  expect(programs["tiles.spend"]).toBeUndefined();
  expect(tasks["materialise.spend"]).toBeDefined();
});

test("an event counts once the streams have taken it in, in training as when it is served", () => {
  const delayOf = (from: string, edit = (text: string): string => text): number | undefined => {
    const { environments } = compiled(ROW_BY_ROW, from, "sqlite", edit);
    const plan = environments[0]?.ir.featurePlans["spend"];
    return plan?.kind === "windowed" ? plan.delay : undefined;
  };
  // A minute, and twice the topic's trigger of 2 s.
  expect(delayOf("spent")).toBe(64_000);
  expect(delayOf("spent", (text) => text.replace("from: spent, aggregates", "from: spent, delay: 5m, aggregates"))).toBe(300_000);
  expect(
    delayOf("spent", (text) => text.replace("serve: online", "serve: batch, rows: seen")),
    "that no service asks for it today changes no value",
  ).toBe(64_000);
});

test("on a server, changed tiles are written, and stay as long as a window can need the newest of an entity", () => {
  const { output } = compiled(ROW_BY_ROW, "spent", "redis");
  const text = output["generated/production/spark/tiles_spend.py"] ?? "";
  expect(text).toMatch(/store=Server\(\n\s+RedisStore\(\n\s+RedisServer\(host="cache.data.svc", port=6379, database=2\),/);
  // 7 days, a tile of an hour, and twice the ten minutes after which services refuse it.
  expect(text).toContain("expires_after=timedelta(minutes=10160)");
  expect(Object.keys(output)).toContain("generated/production/spark/tile_server.py");
  expect(output["generated/production/kubernetes/tiles-spend.yaml"]).toMatch(/kubernetes.io\/metadata.name: data[\s\S]*port: 6379/);
  expect(Object.keys(compiled(ROW_BY_ROW).output)).not.toContain("generated/production/spark/tile_server.py");
});

const latest = (text: string): string =>
  text.replace('aggregates: { spent: "sum(amount) over [10m, 7d]" }', "columns: [amount], deleted_when: amount < 0");

test("the latest values of columns are kept current by the same stream, and by no schedule", () => {
  const { environments, output, diagnostics } = compiled(ROW_BY_ROW, "spent", "redis", latest);
  const { programs = {}, tasks = {}, stores = {}, featurePlans = {} } = environments[0]?.ir ?? {};
  expect(programs["tiles.spend"]).toMatchObject({ reads: ["history.payments"], views: ["transforms.seen", "transforms.spent"] });
  expect(Object.keys(tasks).filter((id) => id.includes("spend"))).toEqual([]);
  expect(programs["materialise.spend"]).toBeUndefined();
  expect(featurePlans["spend"]).toMatchObject({ kind: "latest", delay: 64_000 });
  expect(stores["online.spend"]?.maxAge).toBe(600_000);
  expect(diagnostics.map(({ code }) => code)).not.toContain("filled-on-schedule");
  const text = output["generated/production/spark/tiles_spend.py"] ?? "";
  expect(text).toMatch(/^"""Keep the latest values of `spend` current from the messages of `payments`."""/);
  // Whatever nothing comes for is what it was: a century.
  expect(text).toContain("expires_after=timedelta(days=36500)");
  expect(output["generated/production/kubernetes/kustomization.yaml"]).toContain("- tiles-spend.yaml");
});

test("a model that asks for latest values in place of windows has another stream, and the one before is stopped", () => {
  const before = compiled(ROW_BY_ROW);
  const after = compiled(ROW_BY_ROW, "spent", "sqlite", latest);
  const said = plan(before, after).join("\n");
  expect(said).toContain(`deployment/tiles-spend-${generationOf(after)} | grep -m 1 published`);
  expect(said).toContain(`clean: Stop the stream tiles-spend-${generationOf(before)}, once no service reads what it keeps current`);
});

function plan(before: ReturnType<typeof compiled>, after: ReturnType<typeof compiled>): readonly string[] {
  const { environments } = diff(sidesOf(before.analyzed, before.environments), sidesOf(after.analyzed, after.environments));
  const { steps = [] } = environments.find(({ name }) => name === "production") ?? {};
  return steps.flatMap(({ kind, title, commands }) => [`${kind}: ${title}`, ...commands]);
}

const generationOf = ({ environments }: ReturnType<typeof compiled>): string => environments[0]?.ir.featurePlans["spend"]?.generation ?? "";

test("a new definition has a stream of its own, beside the one of before, until services read what it keeps current", () => {
  const before = compiled(ROW_BY_ROW);
  const after = compiled(ROW_BY_ROW.replace("2 * amount", "3 * amount"));
  const [old, now] = [generationOf(before), generationOf(after)];
  expect(now).not.toBe(old);
  expect(after.output["generated/production/kubernetes/tiles-spend.yaml"]).toContain(`name: tiles-spend-${now}\n`);
  const said = plan(before, after);
  const at = (text: string): number => said.findIndex((line) => line.includes(text));
  const start = at("kubectl apply -f generated/production/kubernetes/tiles-spend.yaml");
  expect(said[start + 1]).toBe(`kubectl rollout status deployment/tiles-spend-${now}`);
  expect(said[start + 2]).toBe(`kubectl logs -f deployment/tiles-spend-${now} | grep -m 1 published`);
  expect(at("roll_out: Roll out deployments.api")).toBeGreaterThan(start);
  const stop = at(`clean: Stop the stream tiles-spend-${old}, once no service reads what it keeps current`);
  expect(stop).toBeGreaterThan(at("roll_out"));
  expect(said[stop]).toContain(`tiles/spend/${old}`);
  expect(said[stop + 1]).toBe(`kubectl delete deployment/tiles-spend-${old} networkpolicy/tiles-spend-${old}`);
});

test("a stream goes on where its group means the same as before, in a pod of the new image", () => {
  const before = compiled(ROW_BY_ROW);
  const said = plan(before, compiled(ROW_BY_ROW.replace("SELECT payment_id", "SELECT  payment_id")));
  expect(said.filter((line) => /tiles-spend|Stop/.test(line))).toEqual([
    "kubectl apply -f generated/production/kubernetes/tiles-spend.yaml",
    `kubectl rollout status deployment/tiles-spend-${generationOf(before)}`,
  ]);
});

test.each([
  ["json", "rank: int", false],
  ["json", "label: string", true],
  ["csv", "label: string", false],
])("a column more that decides which old messages are malformed is another definition: %s, %s", (format, column, same) => {
  // CSV holds no arrays.
  const as = (text: string): string =>
    format === "csv" ? text.replace("format: json", "format: csv").replace("      tags: array<string>\n", "") : text;
  const more = (text: string): string => as(text).replace("      paid_at: timestamp!\n", (line) => `${line}      ${column}\n`);
  const [before, after] = [compiled(ROW_BY_ROW, "spent", "sqlite", as), compiled(ROW_BY_ROW, "spent", "sqlite", more)];
  expect(generationOf(after) === generationOf(before)).toBe(same);
});
