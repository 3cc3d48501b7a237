/** What `explain` says of the rows of transforms: from which others one is made, and what a run computes because of that. */
import { expect, it } from "vitest";
import { folder, mlspec } from "./support.js";

const RANGE = "max(value) OVER (PARTITION BY id ORDER BY at RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW)";
const keyed = "key: id, event_time: at";
const PROJECT = `mlspec: v1
project: rows
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", timezone: UTC, start: 2026-01-01 }
environments: { local: { runtime: local } }
targets: { spark: { version: "4.1" } }
sources:
  events:
    files: { path: ./raw, format: json }
    key: id
    event_time: at
    columns: { id: string!, at: timestamp!, value: double }
transforms:
  plain: { sql: "SELECT id, at, value + 1 AS value FROM events", ${keyed} }
  near: { sql: "SELECT id, at, ${RANGE} AS value FROM plain", ${keyed}, as: incremental, look_back: 1d }
  far: { python: "src/far.py:far", inputs: [near], columns: { id: string!, at: timestamp! }, ${keyed}, as: incremental, look_back: 2d }
  counted: { sql: "SELECT id, count(*) AS n FROM events GROUP BY id", as: table }
  unseen: { python: "src/far.py:far", inputs: [plain], columns: { id: string!, at: timestamp! }, ${keyed}, as: table }
`;
const FILES = { "mlspec.yaml": PROJECT, "src/far.py": "def far(inputs, as_of): ...\n" };

it.each<readonly [string, object, string, string]>([
  ["plain", { class: "row_wise", runs: "view" }, "row-wise", "nothing is stored"],
  ["near", { class: "bounded", look_back: "1d", runs: "interval" }, "bounded: each is made from rows up to 1d before it", "its interval"],
  ["far", { class: "bounded", look_back: "3d", runs: "interval" }, "bounded: each is made from rows up to 3d before it", "its interval"],
  ["counted", { class: "whole", why: "it has no `key` and `event_time`", runs: "whole" }, "whole: ", "the whole table"],
  ["unseen", { class: "whole", runs: "whole" }, "nobody can see which rows a function looks at", "the whole table"],
])("%s", async (name, rows, says, runs) => {
  const project = folder(FILES);
  const { code, stdout, stderr } = await mlspec(project, "explain", `transforms.${name}`);
  expect([code, stderr]).toEqual([0, ""]);
  const [first = "", second = ""] = stdout.slice(stdout.indexOf("  rows: ")).split("\n");
  expect(first).toContain(says);
  expect(second).toContain(runs);
  const json = JSON.parse((await mlspec(project, "explain", `transforms.${name}`, "--format", "json")).stdout) as {
    readonly rows: unknown;
  };
  expect(json.rows).toMatchObject(rows);
});

it("of nothing but transforms", async () => {
  const { stdout } = await mlspec(folder(FILES), "explain", "sources.events", "--format", "json");
  expect(JSON.parse(stdout)).not.toHaveProperty("rows");
});

it("of a name that is not there, only which one was meant", async () => {
  const { code, stderr } = await mlspec(folder(FILES), "explain", "transforms.neer");
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "mlspec: nothing is set at `transforms.neer`. Did you mean transforms.near?\nSee: mlspec explain --help\n",
  });
});

it("of one that is not there for a mistake, the mistake", async () => {
  const broken = { ...FILES, "mlspec.yaml": PROJECT.replace("  counted:", "  1counted:") };
  const { code, stderr } = await mlspec(folder(broken), "explain", "transforms.counted");
  expect([code, stderr]).toEqual([1, expect.stringContaining("error[bad-name]") as string]);
});
