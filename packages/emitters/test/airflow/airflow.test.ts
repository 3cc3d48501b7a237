import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Ir, Program } from "@mlspec/compiler";
import { airflow } from "../../src/airflow/index.js";
import { jinjaText, shellWord } from "../../src/airflow/jinja.js";
import { clusterIr, emitAlone, existing, localIr, textOf } from "../cluster.js";
import { hostileString } from "../text/hostile.js";

const OPTIONS = { version: ">=2.11 <4" };
const CLUSTER = ["namespace:shop", "service-account:spark", "service-account:training"] as const;

it("writes a file for each schedule, with its tasks after those they wait for", () => {
  const result = emitAlone(airflow, localIr, OPTIONS);
  expect(result.files.map(({ path, from }) => [path, from])).toEqual([
    ["shop__daily_0200.py", ["project", "sources.orders"]],
    ["shop__sundays_0400.py", ["models.churn", "project", "sources.orders"]],
  ]);
  const daily = textOf(result, "shop__daily_0200.py");
  expect(daily).toContain("    ready_orders >> ingest_orders\n");
  expect(daily).toContain('schedule=CronDataIntervalTimetable("0 2 * * *", timezone="UTC")');
});

it("runs commands on this machine, and asks sensors again", () => {
  const daily = textOf(emitAlone(airflow, localIr, OPTIONS), "shop__daily_0200.py");
  expect(daily).toContain(
    'ingest_orders = BashOperator(\n        task_id="ingest_orders",\n        bash_command=command("generated/local/spark/ingest_orders.py", *INTERVAL),',
  );
  expect(daily).toMatch(/ready_orders = CommandSensor\([^)]*\),\n {8}retry_exit_code=75,\n {8}mode="reschedule"/);
  expect(daily).not.toContain("Kubernetes");
});

it("runs pods in a cluster, and sensors again that say: not yet", () => {
  const daily = textOf(emitAlone(airflow, clusterIr, OPTIONS, CLUSTER), "shop__daily_0200.py");
  expect(daily).toContain('SPARK_IMAGE = "registry.example/image-spark"');
  expect(daily).toContain('arguments=["generated/production/spark/ready_orders.py", *INTERVAL]');
  expect(daily).toContain("ready_orders = PodSensor(");
  expect(daily).toContain('skip_on_exit_code=75,\n        mode="reschedule",\n        poke_interval=300,');
  expect(daily).not.toMatch(/^ {8}retries=/m);
  expect(daily).toContain('service_account_name="registry.example/service-account-spark"');
  expect(daily).not.toContain("Bash");
});

it("lets scoring go on once the gate has ended, and takes neither's no for a failure", () => {
  const exit = (code: number, outcome: "skipped"): Program["exitCodes"] => [{ code, meaning: "", outcome }];
  const origin = { definition: "models.churn", origin: { file: "mlspec.yaml", path: [] } };
  const common = { ...origin, name: "churn", language: "python", reads: [], writes: [], secrets: [] } as const;
  const gate: Program = { ...common, id: "gate.churn", kind: "gate", model: "churn", file: "gate_churn.py", exitCodes: exit(4, "skipped") };
  const work = { kind: "score", deployment: "mail", model: "churn", from: "scoring.mail", dataset: "predictions.mail" } as const;
  const score: Program = { ...common, ...work, id: "score.mail", file: "score_mail.py", exitCodes: exit(75, "skipped") };
  const before = existing(localIr.tasks["ingest.orders"]);
  const tasks = [
    { ...before, id: "gate.churn", program: "gate.churn", after: [] },
    { ...before, id: "score.mail", program: "score.mail", after: ["ingest.orders"], settled: ["gate.churn"] },
  ];
  const ir: Ir = {
    ...localIr,
    programs: { ...localIr.programs, [gate.id]: gate, [score.id]: score },
    tasks: { ...localIr.tasks, ...Object.fromEntries(tasks.map((task) => [task.id, task])) },
  };
  const daily = textOf(emitAlone(airflow, ir, OPTIONS), "shop__daily_0200.py");
  expect(daily).toMatch(/gate_churn = BashOperator\([^=]*=[^=]*=[^=]*skip_on_exit_code=4,/);
  expect(daily).toMatch(/score_mail = BashOperator\([^=]*=[^=]*=[^=]*skip_on_exit_code=75,/);
  expect(daily).toContain('    after_gate_churn = EmptyOperator(task_id="after_gate_churn", trigger_rule="all_done")\n');
  expect(daily).toContain("    gate_churn >> after_gate_churn\n");
  expect(daily).toContain("    [ingest_orders, after_gate_churn] >> score_mail\n");
});

it("does not run an interval over a hole where intervals build on each other", () => {
  const ingest = { ...existing(localIr.tasks["ingest.orders"]), sequential: true };
  const ir = { ...localIr, tasks: { ...localIr.tasks, [ingest.id]: ingest } };
  const daily = textOf(emitAlone(airflow, ir, OPTIONS), "shop__daily_0200.py");
  expect(daily).toMatch(/ingest_orders = BashOperator\([^=]*=[^=]*=[^=]*depends_on_past=True,/);
  expect(daily.match(/depends_on_past/g)).toHaveLength(1);
});

it("makes up for missed intervals, but trains no models that are old already", () => {
  const emitted = emitAlone(airflow, localIr, OPTIONS);
  expect(textOf(emitted, "shop__daily_0200.py")).toContain("    catchup=True,\n");
  expect(textOf(emitted, "shop__sundays_0400.py")).toContain("    catchup=False,\n");
});

it("says what a task asks for", () => {
  const weekly = textOf(emitAlone(airflow, clusterIr, OPTIONS, CLUSTER), "shop__sundays_0400.py");
  expect(weekly).toContain('requests={"cpu": "2", "memory": "3Gi"}');
  expect(weekly).toMatch(/"--interval-end",\s+INTERVAL_END_LESS_7200_S/);
  expect(weekly).toContain("default(none), lag_seconds=7200) }}");
  expect(weekly).toContain('pendulum.datetime(2026, 2, 1, tz="Europe/Paris")');
});

it("leaves out what the project does not say", () => {
  const ir = { ...localIr, project: { name: "shop" } };
  const daily = textOf(emitAlone(airflow, ir, OPTIONS), "shop__daily_0200.py");
  expect(daily).not.toContain("doc_md=\n");
  expect(daily).not.toContain('"owner"');
});

const STRINGS = `
import ast, json, sys
for source, want in json.load(sys.stdin):
    tree = ast.parse(source)
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    missing = [text for text in want if text not in found]
    if missing:
        sys.exit(f"{missing!r} is not in the file")
    names = {node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)}
    if names & {"eval", "exec", "system", "__import__"}:
        sys.exit("code")
print("same")
`;

it("keeps every string a string", () => {
  const strings = fc.sample(hostileString, { numRuns: 400, seed: 11 });
  const printed = strings.map((text) => {
    const ir = { ...localIr, project: { name: "shop", description: `d${text}`, owner: `o${text}` } };
    return [textOf(emitAlone(airflow, ir, OPTIONS), "shop__daily_0200.py"), [`d${text}`, `o${text}`]];
  });
  const python = spawnSync("python3", ["-c", STRINGS], { input: JSON.stringify(printed), encoding: "utf8" });
  expect(python.stderr).toBe("");
  expect(python.stdout.trim()).toBe("same");
});

it("renders arguments to themselves", () => {
  expect(jinjaText("plain/path.py")).toBe("plain/path.py");
  expect(jinjaText("{{ ds }}")).toBe('{{ "\\x7b\\x7b ds \\x7d\\x7d" }}');
  expect(jinjaText("config.yaml")).toBe('{{ "config.yaml" }}');
  expect(shellWord("a b'c")).toBe(`'a b'"'"'c'`);
  fc.assert(
    fc.property(hostileString, (text) => {
      const inside = /^\{\{ "(.*)" \}\}$/s.exec(jinjaText(text))?.[1];
      expect(inside === undefined ? text : inside).not.toMatch(/[{}\r]|\n$/);
    }),
  );
});
