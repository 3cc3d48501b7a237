import { expect, it } from "vitest";
import { emptyIr, type Ir, type Program, type Task } from "@mlspec/compiler";
import { only, parseInterval, planRun, without } from "../../src/run/plan.js";
import { defaultInterval } from "../../src/run/interval.js";
import { neededSecrets } from "../../src/run/secrets.js";

const at = { origin: { file: "mlspec.yaml", path: [] }, definition: "project" };

function irOf(
  entries: readonly {
    readonly program: Partial<Program> & Pick<Program, "id" | "kind">;
    readonly schedule?: string;
    readonly after?: readonly string[];
    readonly settled?: readonly string[];
    readonly writes?: readonly string[];
    readonly lag?: number;
  }[],
): Ir {
  const programs: Record<string, Program> = {};
  const tasks: Record<string, Task> = {};
  for (const { program, schedule = "daily", after = [], settled = [], writes = [], lag = 0 } of entries) {
    programs[program.id] = {
      ...at,
      name: program.id,
      language: "pyspark",
      file: `${program.id}.py`,
      exitCodes: [],
      reads: [],
      writes,
      ...program,
    } as Program;
    const args: Task["args"] = [
      { flag: "--interval-start", value: { kind: "interval_start" } },
      { flag: "--interval-end", value: { kind: "interval_end", lag } },
    ];
    tasks[program.id] = {
      ...at,
      id: program.id,
      program: program.id,
      schedule,
      args,
      after,
      settled,
      reads: [],
      writes,
      retries: 0,
      retryDelay: 0,
      sequential: false,
      mode: "work",
      resources: { cpu: "1", memory: "4Gi" },
    };
  }
  return { ...emptyIr, programs, tasks };
}

const week = { start: "2026-01-01T00:00:00Z", end: "2026-01-08T00:00:00Z" };
const plan = (ir: Ir): ReturnType<typeof planRun> => planRun(ir, week, (id) => `generated/local/${id}.py`);

it("puts a weekly reader behind the daily writer of what it waits for", () => {
  const ir = irOf([
    { program: { id: "await.x", kind: "await", dataset: "sources.x" }, schedule: "weekly", lag: 7_200_000 },
    { program: { id: "train.m", kind: "train", model: "m" }, schedule: "weekly", after: ["await.x"] },
    { program: { id: "ingest.x", kind: "ingest", source: "sources.x" }, writes: ["sources.x"] },
  ]);
  expect(plan(ir).map(({ id }) => id)).toEqual(["ingest.x", "await.x", "train.m"]);
  expect(plan(ir)[1]?.args).toEqual(["--interval-start", "2026-01-01T00:00:00Z", "--interval-end", "2026-01-07T22:00:00Z"]);
});

it("lets a step wait for another's end, but not for its success, in whatever schedule that is", () => {
  const scoring = { id: "score.d", kind: "score", deployment: "d", model: "m", from: "scoring.d", dataset: "predictions.d" } as const;
  const ir = irOf([
    { program: scoring, settled: ["gate.m"] },
    { program: { id: "gate.m", kind: "gate", model: "m" }, schedule: "weekly" },
  ]);
  const [gate, score] = plan(ir);
  expect([gate?.id, score?.id, score?.after, score?.settled]).toEqual(["gate.m", "score.d", [], ["gate.m"]]);
});

it("takes one task or a schedule, and what they come after as done", () => {
  const ir = irOf([
    { program: { id: "ingest.x", kind: "ingest", source: "sources.x" } },
    { program: { id: "train.m", kind: "train", model: "m" }, schedule: "weekly", after: ["ingest.x"] },
  ]);
  expect(only(plan(ir), ["weekly"]).map(({ id, after }) => [id, after])).toEqual([["train.m", []]]);
});

it("reads dates and instants with their offset", () => {
  expect(parseInterval("2026-01-01/2026-02-01")).toEqual({ start: "2026-01-01T00:00:00Z", end: "2026-02-01T00:00:00Z" });
  expect(parseInterval("2026-01-01T02:00+02:00/2026-01-02T00:00:00Z")).toEqual({
    start: "2026-01-01T00:00:00Z",
    end: "2026-01-02T00:00:00Z",
  });
});

it.each([
  "2026-01-01",
  "2026-02-01/2026-01-01",
  "2026-01-01/2026-01-01",
  "2026-02-30/2026-03-05",
  "2026-01-01T00:00/2026-01-02T00:00",
  "a/b",
  "2026-01-01/2026-01-02/2026-01-03",
])("reads no interval in %s", (text) => {
  expect(parseInterval(text)).toBeUndefined();
});

const source = (name: string, lateness?: number): Ir["datasets"][string] => ({
  ...at,
  id: `sources.${name}`,
  kind: "source",
  name,
  path: "lake/x",
  columns: [],
  time: { key: ["id"], eventTime: "at", ...(lateness === undefined ? {} : { ingestedAt: "known", lateness }) },
  input: { kind: "files", path: `raw/${name}`, format: "parquet" },
  checks: [],
  verdictsPath: "lake/v",
});

type Columns = Readonly<Record<string, string>>;
const HOUR = 3_600_000;

/** The default interval where the newest values of sources are these; `x` and `z` say when their rows came in, `y` does not. */
const arrivals = (newest: { readonly x?: Columns; readonly y?: Columns; readonly z?: Columns }): Promise<unknown> => {
  const datasets = Object.keys(newest).map((name) => source(name, name === "y" ? undefined : HOUR));
  const ir: Ir = {
    ...emptyIr,
    schedules: { daily: { id: "daily", cron: "0 2 * * *", timezone: "UTC", start: "2026-01-01", longest: 24 * HOUR } },
    datasets: Object.fromEntries(datasets.map((dataset) => [dataset.id, dataset])),
  };
  const engine = {
    newest: ({ input, column }: { readonly input: string; readonly column: string }) => {
      const name = (["x", "y", "z"] as const).find((each) => input === `raw/${each}`);
      const value = name && newest[name]?.[column];
      return Promise.resolve(value === undefined ? "no such column" : Date.parse(value));
    },
  };
  return defaultInterval(engine, ir, "spark");
};

const until = (end: string): object => ({ interval: { start: "2026-01-01T00:00:00Z", end } });

it("takes all that has arrived, lateness waited for", async () => {
  const waiting = await arrivals({ x: { known: "2026-02-01T00:30:00Z", at: "2026-02-01T00:20:00Z" } });
  expect(waiting).toMatchObject(until("2026-01-31T00:00:00Z"));
  expect(waiting).toMatchObject({ why: "the last midnight that sources.x has passed by its lateness" });
  expect(await arrivals({ x: { known: "2026-02-01T01:30:00Z", at: "2026-02-01T00:20:00Z" } })).toMatchObject(until("2026-02-01T00:00:00Z"));
});

it("does not run days in which nothing happened, although stragglers arrived in them", async () => {
  const chosen = await arrivals({ x: { known: "2026-02-09T01:00:00Z", at: "2026-01-31T23:00:00Z" } });
  expect(chosen).toMatchObject({ ...until("2026-02-01T00:00:00Z"), why: "the midnight after the last event of sources.x" });
});

it("takes as much of each source as has arrived, whatever else is older or younger", async () => {
  const x = { known: "2026-02-09T01:00:00Z", at: "2026-01-31T23:00:00Z" };
  const z = { known: "2026-03-15T01:00:00Z", at: "2026-03-12T23:00:00Z" };
  expect(await arrivals({ x, z })).toMatchObject(until("2026-02-01T00:00:00Z"));
  expect(await arrivals({ x: z, z: x })).toMatchObject(until("2026-02-01T00:00:00Z"));
});

it("looks at sources that say when their rows came in; at the others where there are none such", async () => {
  const x = { known: "2026-02-09T01:00:00Z", at: "2026-01-31T23:00:00Z" };
  expect(await arrivals({ x, y: { at: "2026-09-01T12:00:00Z" } })).toMatchObject(until("2026-02-01T00:00:00Z"));
  expect(await arrivals({ y: { at: "2026-09-01T12:00:00Z" } })).toMatchObject(until("2026-09-02T00:00:00Z"));
});

it("takes data that is ahead of this machine's clock as it is", async () => {
  expect(await arrivals({ y: { at: "2126-09-01T12:00:00Z" } })).toMatchObject(until("2126-09-02T00:00:00Z"));
});

it("says why there is no interval", async () => {
  expect(await arrivals({ x: { known: "2026-02-09T01:00:00Z" } })).toBe(
    "the newest row of sources.x (raw/x) cannot be read: no such column",
  );
  expect(await arrivals({ x: { known: "2026-01-01T12:00:00Z", at: "2026-01-01T11:00:00Z" } })).toBe(
    "no whole day has arrived since 2026-01-01T00:00:00Z: the last midnight that sources.x has passed by its lateness is 2026-01-01T00:00:00Z",
  );
  expect(await arrivals({})).toBe("there are no sources");
});

it("takes in what a topic has before anything that is about it, and needs its secrets for that", () => {
  const stream = { id: "history.x", kind: "history", name: "x", secrets: ["secrets.word"], exitCodes: [] } as const;
  const { tasks, programs } = irOf([
    { program: { id: "ingest.x", kind: "ingest", source: "sources.x", name: "x" }, after: ["ready.x"] },
    { program: { id: "ready.x", kind: "ready", source: "sources.x", name: "x" } },
    { program: { id: "ingest.y", kind: "ingest", source: "sources.y", name: "y" } },
  ]);
  const secrets = { "secrets.word": { id: "secrets.word", name: "word", variable: "WORD", from: { kind: "env" } } } as const;
  const ir = { ...emptyIr, tasks, secrets, programs: { ...programs, "history.x": { ...programs["ready.x"], ...stream } as Program } };
  expect(plan(ir).map(({ id, after }) => [id, ...after])).toEqual([
    ["history.x"],
    ["ready.x", "history.x"],
    ["ingest.x", "history.x", "ready.x"],
    ["ingest.y"],
  ]);
  expect(plan(ir)[0]).toMatchObject({ path: "generated/local/history.x.py", args: ["--drain"], ...week });
  expect(neededSecrets(ir, []).map(({ name }) => name)).toEqual(["word"]);
  expect(neededSecrets(ir, ["ingest.x"]).map(({ name }) => name)).toEqual(["word"]);
  expect(neededSecrets(ir, ["ingest.y"])).toEqual([]);
});

it("brings tiles up to what a history has, once it has taken in what there is", () => {
  const { tasks, programs } = irOf([{ program: { id: "ingest.x", kind: "ingest", source: "sources.x", name: "x" } }]);
  const of = { source: "sources.x", secrets: [], exitCodes: [] };
  const streams = {
    "history.x": { ...programs["ingest.x"], ...of, id: "history.x", kind: "history", name: "x" } as Program,
    "tiles.a": { ...programs["ingest.x"], ...of, id: "tiles.a", kind: "tiles", name: "a" } as Program,
    "tiles.b": { ...programs["ingest.x"], ...of, id: "tiles.b", kind: "tiles", name: "b", source: "sources.y" } as Program,
  };
  const steps = plan({ ...emptyIr, tasks, programs: { ...programs, ...streams } });
  expect(steps.map(({ id, after }) => [id, ...after])).toEqual([["history.x"], ["ingest.x", "history.x"], ["tiles.a", "history.x"]]);
  const left = without(steps, ["history.x", "tiles.a"]);
  expect(left.map(({ id, after }) => [id, ...after])).toEqual([["ingest.x"]]);
  expect(steps.at(-1)).toMatchObject({ path: "generated/local/tiles.a.py", args: ["--drain"], ...week });
});
