// What is emitted for Feast, in Feast: the example's values against the oracle's, and values of every type.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { command, copyExample, counted, ended, exampleIn, lastLine, same, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { startRedis } from "../setup/redis.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const machine = await engines.run();
const feast = await engines.feast();
const checks = await engines.checks();
const { check, finish } = counted("feast");
const FIRST = ["2026-01-01T02:00:00+00:00", "2026-02-20T02:00:00+00:00"];
const SECOND = [FIRST[1], "2026-02-21T02:00:00+00:00"];

function edit(project, from, to) {
  const file = join(project, "mlspec.yaml");
  const text = readFileSync(file, "utf8");
  check(`mlspec.yaml has \`${from}\``, text.includes(from));
  writeFileSync(file, text.replace(from, to));
}

/** A project, and Feast's command and library on its repository. */
function withFeast(project, variables = {}) {
  const env = { ...process.env, ...variables, FEAST_USAGE: "False" };
  const repository = join(project, "generated", "local", "feast");
  const tools = exampleIn(project, { ...machine, env: { ...machine.env, ...variables } });
  const run = (program, args) => ended(program, args, { cwd: project, env });
  return {
    ...tools,
    repository,
    feast: (...args) => run(join(feast.bin, "feast"), ["-c", repository, ...args]),
    ask: async (what) => {
      const { status, stdout, stderr } = await run(feast.python, [join(here, "ask.py"), repository, JSON.stringify(what)]);
      check(`Feast answers (${what.entities.length} entities)`, status === 0, stderr);
      return lastLine(stdout);
    },
    tasks: (interval, only) => {
      const args = ["run", "--interval", interval.join("/"), ...only.flatMap((task) => ["--only", task])];
      return ended(process.execPath, [command, ...args, "--parallel", "2"], { cwd: project, env: { ...env, ...machine.env } });
    },
  };
}

const succeeds = (name, { status, stdout, stderr }) => check(name, status === 0, `${stdout}${stderr}`);

/** Before there is any data: what Feast thinks of the repository, and what ruff does. */
async function accepted(name, tools, wanted) {
  const plan = await tools.feast("plan");
  succeeds(`${name}: feast plan`, plan);
  for (const each of wanted) check(`${name}: the plan has ${each}`, plan.stdout.includes(`Created ${each}`), plan.stdout);
  succeeds(`${name}: feast apply`, await tools.feast("apply"));
  const again = await tools.feast("plan");
  check(`${name}: nothing is left to plan`, again.status === 0 && again.stdout.includes("No changes"), again.stdout);
  const config = ["--config", join(here, "..", "manifests", "ruff.toml")];
  for (const folder of ["feast", "spark"]) {
    const cwd = join(tools.repository, "..", folder);
    for (const [action, ...options] of [["check"], ["format", "--diff"]]) {
      const { status, stdout } = await ended(join(checks.bin, "ruff"), [action, "--no-cache", ...config, ...options, "."], { cwd });
      check(`${name}: ruff ${action} ${folder}`, status === 0, stdout);
    }
  }
}

const sorted = (row) => Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));

const close = (a, b) => a === b || (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)));

function equal(name, found, wanted) {
  const differing = wanted.flatMap((row, index) =>
    Object.entries(row)
      .filter(([column, value]) => !close(found?.[index]?.[column], value))
      .map(([column, value]) => `${index} ${column}: ${JSON.stringify(found?.[index]?.[column])} for ${JSON.stringify(value)}`),
  );
  const some = wanted.flatMap((row) => Object.values(row)).filter((value) => value !== null && value !== 0).length;
  check(
    `${name} (${wanted.length} rows, ${some} values that say something)`,
    differing.length === 0 && some > wanted.length,
    differing.slice(0, 20).join("\n"),
  );
}

const VELOCITY = [
  "payment_count_10m",
  "payment_count_1h",
  "payment_count_24h",
  "spend_1h",
  "spend_7d",
  "largest_7d",
  "merchants_24h",
  "foreign_count_24h",
  "spend_ratio",
];
const FEATURES = [...VELOCITY.map((name) => `card_velocity:${name}`), "card_profile:home_country", "card_profile:credit_limit"];
const TASKS = ["ingest.transactions", "ingest.cards", "features.card_velocity", "values.card_velocity", "values.card_profile"];

/** The example: what Feast serves, and what it finds in the past, is what the oracle says of the ends of two intervals. */
async function values(folder) {
  const project = join(folder, "fraud detection");
  copyExample(project);
  edit(project, "  python: {}\n", '  python: {}\n  feast: { version: "0.67" }\n');
  const tools = withFeast(project);
  succeeds("the example compiles", tools.mlspec(["compile", "-e", "local"]));
  await accepted("the example", tools, [
    "entity card",
    "feature view card_profile",
    "feature view card_velocity",
    "feature service fraud_score",
  ]);
  succeeds("its data are made", tools.python(["generate.py", "--cards", "40"]));
  const expected = {};
  for (const interval of [FIRST, SECOND]) {
    succeeds(`the tasks up to ${interval[1]}`, await tools.tasks(interval, TASKS));
    const said = tools.python([join(here, "expected.py"), project, FIRST[0], interval[1]]);
    succeeds("the oracle answers", said);
    expected[interval[1]] = lastLine(said.stdout);
    // What Feast has never materialised, it takes up from `ttl` before now.
    const materialize = interval === FIRST ? ["materialize", "2026-02-20T00:00:00"] : ["materialize-incremental"];
    succeeds(`feast ${materialize[0]} up to ${interval[1]}`, await tools.feast(...materialize, interval[1].slice(0, 19)));
    const { cards, rows } = expected[interval[1]];
    const online = await tools.ask({ features: FEATURES, entities: cards.map((card_id) => ({ card_id })) });
    equal(`online values as of ${interval[1]} are the oracle's`, online.rows, rows);
  }
  const [one, two] = [expected[FIRST[1]], expected[SECOND[1]]];
  check("a day makes a difference", !same(one.rows, two.rows));
  const at = (moment) => one.cards.map((card_id) => ({ card_id, event_timestamp: moment }));
  const past = await tools.ask({
    features: FEATURES,
    entities: [...at("2026-02-21T01:59:59+00:00"), ...at("2026-02-21T02:00:01+00:00")],
    past: true,
  });
  const later = new Map(two.cards.map((card, index) => [card, two.rows[index]]));
  equal("in the past, values are those of the interval that had ended", past.rows, [
    ...one.rows,
    ...one.cards.map((card) => later.get(card)),
  ]);
  const early = await tools.ask({ features: FEATURES, entities: at("2026-02-20T01:59:59+00:00"), past: true });
  check(
    "before the first interval's end nothing is known",
    early.rows?.every((row) => FEATURES.every((name) => row[name.split(":")[1]] === null)),
    JSON.stringify(early.rows?.[0]),
  );
  const service = await tools.ask({ service: "fraud_score", entities: [{ card_id: two.cards[0] }] });
  const named = [...VELOCITY, "credit_limit", "card_id"].sort();
  check("the model's service has its features", same(Object.keys(service.rows?.[0] ?? {}).sort(), named), JSON.stringify(service.rows));
}

/** Values of every type that Feast has, with a key of two columns, through Redis. */
async function types(folder, redis) {
  const project = join(folder, "shops");
  cpSync(join(here, "project"), project, { recursive: true });
  edit(project, "redis://localhost:6379/2", `redis://localhost:${redis.port}/2`);
  const tools = withFeast(project, { SHOPS_REDIS_PASSWORD: redis.password });
  succeeds("the project of types compiles", tools.mlspec(["compile", "-e", "local"]));
  await accepted("types", tools, [
    "entity account__1",
    "entity account__2",
    "feature view account_orders",
    "feature view account_profile",
    "feature service returns",
  ]);
  const made = tools.python([join(here, "rows.py"), project]);
  succeeds("rows of every type are made", made);
  succeeds(
    "values of every type are written",
    await tools.tasks(["2026-01-02T02:00:00+00:00", "2026-01-03T02:00:00+00:00"], ["ingest.accounts", "values.account_profile"]),
  );
  succeeds(
    "types: feast materialize",
    await tools.feast("materialize", "-v", "account_profile", "2026-01-01T00:00:00", "2026-01-03T02:00:00"),
  );
  const { features, entities, rows } = lastLine(made.stdout);
  const online = await tools.ask({ features, entities });
  check(
    "values of every type are read as they were",
    same(online.rows?.map(sorted), rows.map(sorted)),
    `${JSON.stringify(online.rows)}\nfor\n${JSON.stringify(rows)}`,
  );
}

const folder = temporaryFolder("feast");
const redis = await startRedis({ password: "who_reads" });
try {
  await Promise.all([values(folder), types(folder, redis)]);
} finally {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
}
finish();
