import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { claimStreams, goingStreams } from "../../src/run/going.js";
import { stepLine, streamLines } from "../../src/run/stream-lines.js";
import { folder, mlspec, put, type Said } from "../support.js";

const place = vi.hoisted(() => ({ python: "" }));
vi.mock("../../src/run/machine.js", () => ({ machine: () => Promise.resolve({ python: place.python, env: { FROM_MACHINE: "yes" } }) }));
afterEach(() => vi.restoreAllMocks());

const PROJECT = `mlspec: v1
project: till
secrets: [redis_password]
schedule: { cron: "0 * * * *", timezone: UTC, start: 2026-01-01 }
storage: { path: ./lake, format: delta }
environments:
  local:
    runtime: local
    secrets: { from: env }
    stores: { redis: { url: "redis://127.0.0.1:6379/0", password: "\${secret.redis_password}" } }
targets: { spark: { version: "4.1" }, python: {} }
entities: { card: { key: card_id } }
sources:
  payments:
    kafka: { bootstrap_servers: "localhost:9092", topic: payments, format: json }
    key: payment_id
    event_time: paid_at
    ingested_at: broker
    lateness: 20m
    columns: { payment_id: string!, card_id: string!, amount: double!, paid_at: timestamp! }
features:
  velocity: { entity: card, from: payments, aggregates: { spend: sum(amount) over 1h }, online: redis }
models:
  fraud:
    task: regression
    observations: payments
    label: { column: amount, known_after: 0s }
    features: [velocity]
    estimator: sklearn.ensemble.HistGradientBoostingRegressor
    split: { by: time, test: 20%, gap: 0s }
    metrics: [r2]
deployments: { api: { model: fraud, serve: online } }
`;

/** Stands for Python: what each program does is decided by its name. A sleeping grandchild stands for Spark's JVM. */
function project(programs: { readonly history: string; readonly tiles: string }): string {
  const made = folder({ "mlspec.yaml": PROJECT });
  const body = `#!/bin/sh
sleep 600 &
echo "$$ $! $2" >> started.txt
case "$2" in
  */history_payments.py) ${programs.history} ;;
  */tiles_velocity.py) ${programs.tiles} ;;
esac
`;
  put(made, "python", body);
  chmodSync(join(made, "python"), 0o755);
  place.python = join(made, "python");
  vi.stubEnv("TILL_REDIS_PASSWORD", "canary");
  return made;
}

const started = (made: string): readonly string[] => readFileSync(join(made, "started.txt"), "utf8").trimEnd().split("\n");

/** Processes that were started and are still there. */
const left = (made: string): readonly string[] =>
  started(made)
    .flatMap((line) => line.split(" ").slice(0, 2))
    .filter((pid) => /^[^Z]/.test(spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout.trim()));

const WAIT = "wait";

it("starts histories before tiles, shows their steps by name, and ends all when one fails, with its code and last words", async () => {
  const made = project({
    history: `echo '{"batch": 0, "rows": 1200}'; echo '{"batch": 0, "rows": 0}'; echo "$FROM_MACHINE, as it is"; ${WAIT}`,
    tiles: `echo noise >&2; until grep -q 'as it is' .mlspec/runs/*/history.payments.log; do sleep 0.05; done
      printf 'Traceback (most recent call last):\\n  File "x", line 1\\nRuntimeError: no store\\n\\nat java\\n' >&2; exit 3`,
  });
  const { code, stdout, stderr } = await mlspec(made, "run", "--stream");
  expect(code).toBe(3);
  expect(stdout).toBe("");
  expect(
    started(made)
      .map((line) => line.replace(/.*\//, ""))
      .sort(),
  ).toEqual(["history_payments.py", "tiles_velocity.py"]);
  expect(stderr.slice(stderr.indexOf("till in local")).replace(/runs\/[^/]*/, "runs/RUN")).toBe(
    [
      "till in local: 2 streams, until Ctrl-C",
      "  > history.payments",
      "  > tiles.velocity",
      "  history.payments  batch 0 · rows 1,200",
      "  history.payments  yes, as it is",
      "  ✗ tiles.velocity: RuntimeError: no store",
      "      log: .mlspec/runs/RUN/tiles.velocity.log",
      "",
    ].join("\n"),
  );
  expect(left(made)).toEqual([]);
  // What is not shown is in the log.
  const [run = ""] = readdirSync(join(made, ".mlspec", "runs"));
  expect(readFileSync(join(made, ".mlspec", "runs", run, "history.payments.log"), "utf8")).toContain('{"batch": 0, "rows": 0}');
});

it("tells of one that is killed, and of one that ends though nobody told it to", async () => {
  const killed = await mlspec(project({ history: "kill -9 $$", tiles: WAIT }), "run", "--stream");
  expect(killed).toMatchObject({ code: 1, stderr: expect.stringContaining("history.payments: killed by SIGKILL") });
  const quiet = await mlspec(project({ history: WAIT, tiles: "exit 0" }), "run", "--stream");
  expect(quiet).toMatchObject({ code: 1, stderr: expect.stringContaining("tiles.velocity: it ended by itself") });
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("ends all on %s, and says nothing of how they end", async (signal, code) => {
  const made = project({ history: WAIT, tiles: WAIT });
  const exited = new Promise<number>((resolve) => {
    vi.spyOn(process, "exit").mockImplementation((status) => {
      resolve(Number(status));
      return undefined as never;
    });
  });
  let stderr = "";
  const before = new Set(process.listeners(signal));
  void mlspec(made, "run", "--stream").then((said: Said) => (stderr = said.stderr));
  await vi.waitUntil(() => process.listeners(signal).length > before.size, { timeout: 20_000 });
  await vi.waitUntil(() => left(made).length === 4, { timeout: 20_000 });
  expect(goingStreams(made, "local")).toEqual({ pid: process.pid, streams: ["history.payments", "tiles.velocity"] });
  const second = await mlspec(made, "run", "--stream");
  expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining(`process ${process.pid} keeps streams of \`local\` going`) });
  process.emit(signal, signal);
  expect(await exited).toBe(code);
  expect(goingStreams(made, "local")).toBeUndefined();
  expect(left(made)).toEqual([]);
  // The command does not go on: it is the process that ends.
  expect(stderr).toBe("");
  for (const name of ["SIGHUP", "SIGINT", "SIGTERM"] as const)
    for (const listener of process.listeners(name)) if (!before.has(listener)) process.off(name, listener);
});

it("takes only the streams that are named, and refuses what it cannot do", async () => {
  const made = project({ history: "exit 4", tiles: WAIT });
  const only = await mlspec(made, "run", "--stream", "--only", "history.payments");
  expect(only.code).toBe(4);
  expect(started(made)).toHaveLength(1);
  const refused = async (...more: readonly string[]): Promise<string> => {
    const { code, stderr } = await mlspec(made, "run", "--stream", ...more);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await refused("--only", "payments")).toContain("there is no stream `payments`; there are history.payments, tiles.velocity");
  expect(await refused("--interval", "2026-01-01/2026-01-02")).toContain("--interval is of a run over an interval");
  vi.stubEnv("TILL_REDIS_PASSWORD", "");
  expect(await refused()).toContain("TILL_REDIS_PASSWORD (the secret `redis_password`)");
  const files = PROJECT.replace(/kafka: .*/, "files: { path: ./raw, format: csv }").replace(/ *(ingested_at|lateness): .*\n/g, "");
  put(made, "mlspec.yaml", files);
  expect(await refused()).toContain("there is no stream to keep going");
});

it("knows that streams go only while their process does", () => {
  const made = folder();
  expect(goingStreams(made, "local")).toBeUndefined();
  const release = claimStreams(made, "local", ["history.a"]);
  expect(goingStreams(made, "local")).toEqual({ pid: process.pid, streams: ["history.a"] });
  expect(goingStreams(made, "other")).toBeUndefined();
  // One that was killed leaves its word behind.
  const { pid } = spawnSync("true");
  put(made, ".mlspec/streams/local.json", JSON.stringify({ pid, streams: ["history.a"] }));
  expect(goingStreams(made, "local")).toBeUndefined();
  put(made, ".mlspec/streams/local.json", "{");
  expect(goingStreams(made, "local")).toBeUndefined();
  release();
  expect(readdirSync(join(made, ".mlspec", "streams"))).toEqual([]);
});

it("colours names on a terminal only", () => {
  const said: string[] = [];
  streamLines({ say: (text) => void said.push(text), colour: true }, ["a", "bbb"])("a", "x");
  streamLines({ say: (text) => void said.push(text), colour: false }, ["a", "bbb"])("a", "x");
  expect(said).toEqual(["  \u001b[36ma  \u001b[0m  x", "  a    x"]);
});

it("says of a step what it counted", () => {
  expect(stepLine({ until: "2026-01-01T00:00:00+00:00", verdicts: { accepted: 12_000, too_late: 0 }, checks: {} })).toBe(
    "until 2026-01-01T00:00:00+00:00 · accepted 12,000",
  );
  expect(stepLine({ published: 0 })).toBe("");
  expect(stepLine({ batch: 7, rows: 0 })).toBe("");
});
