// npm run bench -- check [--save]: what checking costs. `--save` writes bench/results/check.md.
//
// 1. CPU of `mlspec check` of the example, nothing cached and everything cached, against `node -e 0`.
// 2. Reading and binding one query: every query of tests/corpus, and each construct's share of it.
// 3. A project of 1,000 transforms that read one another, from bytes to diagnostics: cold, and again with the answers of the first time.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyze, createMemo, memoryHost } from "../packages/compiler/dist/index.js";
import { bind } from "../packages/compiler/dist/sql/bind/index.js";
import { parseSql } from "../packages/compiler/dist/sql/parse/index.js";
import { parseColumnType } from "../packages/compiler/dist/shorthand/index.js";
import { cpuOf, median } from "./lib/cpu.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const ROUNDS = 11;

function commands() {
  const folder = mkdtempSync(join(tmpdir(), "mlspec-bench-"));
  const project = join(folder, "fraud_detection");
  cpSync(join(root, "examples", "fraud_detection"), project, {
    recursive: true,
    filter: (path) => !/(generated|\.mlspec|lake)$/.test(path),
  });
  const check = [process.execPath, command, "check", project];
  const stamps = ["rm", "-rf", join(project, ".mlspec", "stamps")];
  const cpu = cpuOf(
    {
      floor: { argv: [process.execPath, "-e", "0"] },
      cold: { before: [["rm", "-rf", join(project, ".mlspec")]], argv: check },
      answers: { before: [check, stamps], argv: check },
      same: { before: [check], argv: check },
    },
    ROUNDS,
  );
  rmSync(folder, { recursive: true });
  const row = (what, name) => `| ${what} | ${cpu[name].toFixed(0)} | ${(cpu[name] / cpu.floor).toFixed(2)} |`;
  return [
    "| command | CPU, ms | × `node -e 0` |",
    "|---|---|---|",
    row("`node -e 0`", "floor"),
    row("`mlspec check examples/fraud_detection`, nothing kept", "cold"),
    row("the same, answers of analysis kept", "answers"),
    row("the same, nothing changed", "same"),
  ];
}

/** Milliseconds of CPU of one call, after `action` has been run often enough to be compiled. */
function timed(action, runs = 5) {
  const times = Array.from({ length: runs }, () => {
    const { user, system } = process.cpuUsage();
    action();
    const used = process.cpuUsage({ user, system });
    return (used.user + used.system) / 1000;
  });
  return median(times);
}

const sql = join(root, "tests", "corpus", "sql");

/** Queries of the corpus: each begins with `-- # name`. */
function corpus() {
  return readdirSync(join(sql, "accepted"))
    .filter((name) => name.endsWith(".sql"))
    .flatMap((name) =>
      readFileSync(join(sql, "accepted", name), "utf8")
        .split(/^-- # \S+$/m)
        .slice(1),
    )
    .map((text) => text.trim());
}

/** Its tables; what may be NULL inside of nested columns costs nothing and is left out. */
function catalogue() {
  const tables = JSON.parse(readFileSync(join(sql, "tables.json"), "utf8"));
  const columnOf = ([name, text]) => {
    const parsed = parseColumnType(text.replaceAll(" not null", ""));
    return {
      name,
      type: parsed.ok ? parsed.value.type : { kind: "unknown", why: "no column of a source" },
      nullable: !text.endsWith(" not null"),
    };
  };
  return new Map(Object.entries(tables).map(([name, columns]) => [name.toLowerCase(), { id: `sources.${name}`, name, columns: Object.entries(columns).map(columnOf) }])); // prettier-ignore
}

function queries() {
  const texts = corpus();
  const trees = texts.map((text) => parseSql(text)).filter(({ ok }) => ok);
  if (trees.length < 500) throw new Error(`only ${trees.length} queries of the corpus could be read`);
  const parsing = timed(() => texts.forEach((text) => parseSql(text)));
  const tables = catalogue();
  const binding = timed(() => trees.forEach(({ query }) => bind(query, tables)));
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return [
    "| step | queries | per query, µs | per 1,000 characters, µs |",
    "|---|---|---|---|",
    `| reading | ${texts.length} | ${((parsing / texts.length) * 1000).toFixed(0)} | ${((parsing / characters) * 1e6).toFixed(0)} |`,
    `| binding | ${trees.length} | ${((binding / trees.length) * 1000).toFixed(0)} | ${((binding / characters) * 1e6).toFixed(0)} |`,
  ];
}

const TRANSFORMS = 1000;

/** A source, and transforms that each read one before them, joined with the source, with windows, cases and aggregates. */
function chain() {
  const name = (i) => `step_${String(i).padStart(4, "0")}`;
  const transform = (i) => {
    const from = i % 25 === 0 ? "events" : name(i - 1);
    const sql = `SELECT a.event_id, a.card_id, a.at, a.seen_at, coalesce(a.amount, 0) + ${i} AS amount,
             CASE WHEN b.amount > ${i} THEN 'large' WHEN b.amount IS NULL THEN 'none' ELSE a.kind END AS kind,
             sum(b.amount) OVER (PARTITION BY a.card_id ORDER BY a.at ROWS BETWEEN 9 PRECEDING AND CURRENT ROW) AS recent
      FROM ${from} a LEFT JOIN events b ON b.event_id = a.event_id AND b.at < a.at
      WHERE a.amount >= 0 AND a.kind IN ('web', 'shop', 'large', 'none')`;
    return `  ${name(i)}:\n    sql: |\n      ${sql}\n    key: event_id\n    event_time: at\n    ingested_at: seen_at\n    as: table\n`;
  };
  return {
    "mlspec.yaml": `mlspec: v1
project: chain
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments: { local: { runtime: local } }
targets: { spark: { version: "4.1" } }
include: [specs/*.yaml]
sources:
  events:
    files: { path: ./raw, format: parquet }
    key: event_id
    event_time: at
    ingested_at: seen_at
    lateness: 1h
    columns: { event_id: string!, card_id: string!, amount: double, kind: string, at: timestamp!, seen_at: timestamp! }
`,
    ...Object.fromEntries(
      Array.from({ length: TRANSFORMS / 10 }, (_, file) => [
        `specs/part_${String(file).padStart(3, "0")}.yaml`,
        `transforms:\n${Array.from({ length: 10 }, (__, i) => transform(file * 10 + i)).join("")}`,
      ]),
    ),
  };
}

function transforms() {
  const files = chain();
  const errors = analyze(memoryHost(files)).diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(`the made-up project is wrong: ${JSON.stringify(errors[0])}`);
  const cold = timed(() => analyze(memoryHost(files)), 3);
  const memo = createMemo();
  analyze(memoryHost(files), memo);
  const kept = createMemo(memo.kept() ?? []);
  const again = timed(() => analyze(memoryHost(files), kept), 3);
  return [
    "| 1,000 transforms, seven columns each | CPU, ms | per transform, ms |",
    "|---|---|---|",
    `| nothing kept | ${cold.toFixed(0)} | ${(cold / TRANSFORMS).toFixed(2)} |`,
    `| answers of the first time | ${again.toFixed(0)} | ${(again / TRANSFORMS).toFixed(2)} |`,
  ];
}

const text = [
  "# What checking costs",
  "",
  `Made by \`npm run bench -- check --save\` with Node ${process.versions.node} on ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}. Compare ratios, not milliseconds.`,
  "",
  "## The example",
  "",
  `User and system time of all threads, median of ${ROUNDS} rounds in which the commands take turns.`,
  "",
  ...commands(),
  "",
  "## One query",
  "",
  "The queries of `tests/corpus/sql/accepted`, in one process that is warm.",
  "",
  ...queries(),
  "",
  "## A thousand transforms",
  "",
  "Each joins the one before with a source, has a window, a CASE and a filter; every 25th begins anew. From bytes to diagnostics, in one process that is warm.",
  "",
  ...transforms(),
  "",
].join("\n");
console.log(text);
if (process.argv.includes("--save")) {
  mkdirSync(join(root, "bench", "results"), { recursive: true });
  writeFileSync(join(root, "bench", "results", "check.md"), text);
}
