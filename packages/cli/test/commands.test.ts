import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { folder, mlspec, put } from "./support.js";

const templates = readdirSync(new URL("../../../templates/init/", import.meta.url));

async function started(): Promise<string> {
  const project = folder();
  await mlspec(project, "init");
  return project;
}

it.each(templates)("starts %s so that it compiles at once", async (template) => {
  const above = folder();
  expect(await mlspec(above, "init", "churn", "--template", template)).toMatchObject({ code: 0 });
  const compiled = await mlspec(join(above, "churn"), "compile");
  expect(compiled).toMatchObject({ code: 0, stderr: expect.not.stringContaining("warning") as string });
  expect(readFileSync(join(above, "churn", "mlspec.yaml"), "utf8")).toContain("project: churn\n");
  expect(existsSync(join(above, "churn", ".gitignore"))).toBe(true);
});

it("starts nothing where a file would be written over", async () => {
  const project = folder({ "mlspec.yaml": "mine\n" });
  expect(await mlspec(project, "init")).toMatchObject({ code: 1, stdout: "" });
  expect([readdirSync(project), readFileSync(join(project, "mlspec.yaml"), "utf8")]).toEqual([["mlspec.yaml"], "mine\n"]);
});

it("finds the project upwards", async () => {
  const project = await started();
  expect((await mlspec(join(project, "specs"), "check")).code).toBe(0);
});

it("says what to do where there is no project", async () => {
  expect(await mlspec(folder(), "check")).toMatchObject({ code: 2, stderr: expect.stringContaining("mlspec init") as string });
});

it("writes nothing on check, and exits with 1 where something is wrong", async () => {
  const project = await started();
  appendFileSync(join(project, "specs", "model.yaml"), "    resorces: churn\n");
  const { code, stdout, stderr } = await mlspec(project, "check");
  expect([code, stdout, existsSync(join(project, "generated"))]).toEqual([1, "", false]);
  expect(stderr).toContain("specs/model.yaml:");
  expect(stderr).toContain("Did you mean `resources`?");
});

it("prints diagnostics as JSON on stdout, with lines and columns from 1", async () => {
  const project = folder({ "mlspec.yaml": "mlspec: v1\nprojct: x\n" });
  const { code, stdout } = await mlspec(project, "check", "--format", "json");
  const diagnostics = JSON.parse(stdout) as readonly { readonly code: string; readonly range: unknown }[];
  expect(code).toBe(1);
  expect(diagnostics.find((each) => each.code === "unknown-key")).toMatchObject({
    file: "mlspec.yaml",
    range: { start: { line: 2, column: 1 }, end: { line: 2, column: 7 } },
  });
});

it("leaves files that do not change alone", async () => {
  const project = await started();
  await mlspec(project, "compile");
  const settings = join(project, "generated", "local", "spark", "settings.py");
  const before = statSync(settings).mtimeMs;
  expect((await mlspec(project, "compile")).stderr).toContain("0 written");
  expect(statSync(settings).mtimeMs).toBe(before);
});

it("tells stale output by a diff and exit code 1, and writes nothing", async () => {
  const project = await started();
  await mlspec(project, "compile");
  expect((await mlspec(project, "compile", "--check")).code).toBe(0);
  put(project, "sql/outcomes.sql", readFileSync(join(project, "sql", "outcomes.sql"), "utf8").replace("30 DAYS", "31 DAYS"));
  const { code, stdout } = await mlspec(project, "compile", "--check");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^-.*30 DAYS/m);
  expect(stdout).toMatch(/^\+.*31 DAYS/m);
  expect((await mlspec(project, "compile", "--check")).code).toBe(1);
});

it("replaces a file edited by hand only when told to", async () => {
  const project = await started();
  await mlspec(project, "compile");
  const settings = join(project, "generated", "local", "spark", "settings.py");
  const ours = readFileSync(settings, "utf8");
  appendFileSync(settings, "# mine\n");
  expect(await mlspec(project, "compile")).toMatchObject({ code: 1, stderr: expect.stringContaining("output-edited") as string });
  expect(readFileSync(settings, "utf8")).toBe(`${ours}# mine\n`);
  expect((await mlspec(project, "compile", "--force")).code).toBe(0);
  expect(readFileSync(settings, "utf8")).toBe(ours);
});

it("writes elsewhere with --out, and not into the project", async () => {
  const project = await started();
  const out = join(folder(), "out");
  expect((await mlspec(project, "compile", "--out", out)).code).toBe(0);
  expect([existsSync(join(out, "local", "spark", "settings.py")), existsSync(join(project, "generated"))]).toEqual([true, false]);
  expect((await mlspec(project, "compile", "--out", out)).stderr).toContain("0 written");
});

it("names the environment that a mistyped one is near", async () => {
  expect(await mlspec(await started(), "compile", "-e", "locl")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Did you mean local?") as string,
  });
});

it("names the command that a mistyped one is near", async () => {
  expect(await mlspec(folder(), "complie")).toMatchObject({ code: 2, stderr: expect.stringContaining("Did you mean compile?") as string });
});

it("refuses the project's own emitters on demand, and runs them otherwise", async () => {
  const project = await started();
  put(
    project,
    "emitters/notes.mjs",
    `export const emitter = { name: "notes", needs: [], provide: () => ({}), emit: () => ({ files: [{ path: "notes.txt", text: "hello\\n", from: ["project"] }] }) };\n`,
  );
  put(
    project,
    "mlspec.yaml",
    readFileSync(join(project, "mlspec.yaml"), "utf8").replace("  python: {}\n", "  python: {}\n  ./emitters/notes.mjs: {}\n"),
  );
  expect(await mlspec(project, "compile", "--no-plugins")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--no-plugins") as string,
  });
  expect(await mlspec(project, "compile")).toMatchObject({ code: 0 });
  expect(readFileSync(join(project, "generated", "local", "notes", "notes.txt"), "utf8")).toBe("hello\n");
});

it("prints the graph in both formats", async () => {
  const project = await started();
  const spec = join(project, "specs/model.yaml");
  const derived = "    request: [amount]\n    derived:\n      share: amount / nullif(customer_activity.spend_7d, 0)\n";
  writeFileSync(spec, readFileSync(spec, "utf8").replace("    request: [amount]\n", derived));
  expect((await mlspec(project, "graph")).stdout, "a derived value reads another group").toContain(
    "  features_customer_activity --> features_order_context\n",
  );
  expect((await mlspec(project, "graph")).stdout).toContain("  sources_orders --> transforms_outcomes\n");
  expect((await mlspec(project, "graph", "--as", "dot")).stdout).toContain(`  "sources.orders" -> "transforms.outcomes";\n`);
});

it("explains a code, a group's real windows, and where a value was set", async () => {
  const project = await started();
  expect((await mlspec(project, "explain", "unknown-key")).stdout).toMatch(/^unknown-key\n\nerror\n/);
  expect((await mlspec(project, "explain", "features.customer_activity")).stdout).toContain(
    "order_count_7d: count over 7d; the window begins on a tile edge, 1h apart, so it spans 7d to just under 7d 1h",
  );
  expect((await mlspec(project, "explain", "models.churn.split.test")).stdout).toContain(
    `value: "20%"\n  set in specs/model.yaml at models.churn.split.test`,
  );
  put(
    project,
    "mlspec.yaml",
    readFileSync(join(project, "mlspec.yaml"), "utf8").replace(
      "  local: { runtime: local }\n",
      "$&  nightly: { runtime: local, overrides: { models: { churn: { split: { test: 30% } } } } }\n",
    ),
  );
  const split = (await mlspec(project, "explain", "models.churn.split")).stdout;
  expect(split).toContain(
    'models.churn.split in local\n  value:\n    by: time\n    test: 20%\n    gap: "1d"\n  set in specs/model.yaml at models.churn.split\n',
  );
  expect(split, "an environment's own part").toContain(
    "  test is set in mlspec.yaml at environments.nightly.overrides.models.churn.split.test, which overrides the project's own\n",
  );
  expect(await mlspec(project, "explain", "models.chrun")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Did you mean models.churn?") as string,
  });
});

it("explains columns: types, what they are computed from, and what is computed from them", async () => {
  const project = await started();
  const { stdout } = await mlspec(project, "explain", "transforms.outcomes", "--format", "json");
  const said = JSON.parse(stdout) as { readonly columns: readonly Record<string, unknown>[] };
  expect(said.columns.find(({ name }) => name === "amount")).toMatchObject({
    type: "double",
    nullable: false,
    from: ["sources.orders.amount"],
    reaches: ["features.order_context.amount", "models.churn.order_context__amount"],
  });
  const scored = await mlspec(project, "explain", "sources.orders.amount", "--format", "json");
  expect(JSON.parse(scored.stdout), "what is scored comes from other rows").toMatchObject({
    columns: [{ reaches: expect.arrayContaining(["deployments.churn_review.order_context__amount"]) as string[] }],
  });
  expect((await mlspec(project, "explain", "features.customer_activity.spend_7d")).stdout).toBe(
    [
      "features.customer_activity.spend_7d  double",
      "  computed from",
      "    sources.orders.amount (aggregation)",
      "  decided by",
      "    sources.orders.customer_id (group by)",
      "    sources.orders.ordered_at (window)",
      "    sources.orders.received_at (window)",
      "  reaches",
      "    models.churn.customer_activity__spend_7d",
      "    deployments.churn_review.prediction",
      "",
    ].join("\n"),
  );
  expect(await mlspec(project, "explain", "features.customer_activity.spend_8d")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Did you mean features.customer_activity.spend_7d?") as string,
  });
});

it("draws columns: lines for what a value is computed from, dots for what decides over it", async () => {
  const project = await started();
  const dot = (await mlspec(project, "graph", "--columns", "--as", "dot")).stdout;
  expect(dot).toContain(`"sources.orders":c2 -> "features.customer_activity":c2;`);
  expect(dot).not.toContain("dotted");
  expect((await mlspec(project, "graph", "--columns", "--indirect", "--as", "dot")).stdout).toContain(
    `"sources.orders":c1 -> "features.customer_activity":c2 [style=dotted];`,
  );
  expect((await mlspec(project, "graph", "--columns")).stdout).toMatch(
    /subgraph sources_orders\["orders"\]\n {4}direction TB\n {4}c0_0\["order_id"\]:::source/,
  );
  expect(await mlspec(project, "graph", "--indirect")).toMatchObject({ code: 2 });
});

it("has help with examples for every command", async () => {
  for (const name of ["init", "check", "compile", "plan", "run", "graph", "explain", "schema", "doctor"]) {
    const { code, stdout } = await mlspec(folder(), name, "--help");
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
    expect([code, stdout.includes(`Examples:\n  mlspec ${name}`)]).toEqual([0, true]);
  }
});

it("prints a schema that is JSON", async () => {
  expect(JSON.parse((await mlspec(folder(), "schema")).stdout)).toMatchObject({ title: "mlspec" });
});

it("writes again what was deleted", async () => {
  const project = await started();
  await mlspec(project, "compile");
  rmSync(join(project, "generated", "local", "spark", "settings.py"));
  expect((await mlspec(project, "compile")).stderr).toContain("1 written");
});

it("lets images be built from wherever the output is", async () => {
  const files = Object.fromEntries(
    ["mlspec.yaml", "specs/data.yaml", "specs/model.yaml", "sql/labelled_payments.sql"].map((file) => [
      file,
      readFileSync(join(import.meta.dirname, "..", "..", "..", "examples", "fraud_detection", file), "utf8"),
    ]),
  );
  const project = folder(files);
  for (const [out, at] of [
    ["generated", "generated"],
    ["out put", "out put"],
    [join(folder(), "elsewhere"), undefined],
  ] as const) {
    expect((await mlspec(project, "compile", "--out", out)).code).toBe(0);
    const written = resolve(project, at ?? out, "production");
    // Bake reads paths from where it is run: the project's folder.
    const { target } = JSON.parse(readFileSync(join(written, "docker", "docker-bake.json"), "utf8")) as Bake;
    expect(Object.keys(target)).toEqual(["serving-fraud-api", "spark", "training"]);
    for (const { context, contexts = {}, dockerfile } of Object.values(target)) {
      const text = readFileSync(resolve(project, context, dockerfile), "utf8");
      const copies = [...text.matchAll(/^COPY (?:--from=(\w+) )?(\S.*) \S+$/gm)].filter(
        ([, from]) => from === undefined || from in contexts,
      );
      expect(copies.length).toBeGreaterThanOrEqual(2);
      for (const [, from, sources = ""] of copies)
        for (const source of sources.split(" ")) {
          const path = resolve(project, from === undefined ? context : (contexts[from] ?? ""), source);
          expect(existsSync(path), path).toBe(true);
        }
    }
    const dag = readFileSync(join(written, "airflow", "fraud_detection__daily_0200.py"), "utf8");
    expect(dag, "pods find the programs where images have them").toContain('"generated/production/spark/ingest_cards.py"');
    const local = readFileSync(resolve(written, "..", "local", "airflow", "fraud_detection__daily_0200.py"), "utf8");
    expect(local).toContain(at === undefined ? 'HOME = os.environ["FRAUD_DETECTION_HOME"]' : ".parents[3]");
  }
});

interface Bake {
  readonly target: Readonly<
    Record<string, { readonly context: string; readonly contexts?: Readonly<Record<string, string>>; readonly dockerfile: string }>
  >;
}
