// What the suites of servers that keep features have in common: the modules by themselves, and the example filled by Spark and asked over HTTP.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engines } from "../setup/index.mjs";
import { MissingTool } from "../setup/lib.mjs";
import { copyExample, counted, exampleIn, lastLine, root, temporaryFolder } from "./example.mjs";

const heard = { stdio: ["ignore", "pipe", "inherit"] };

function edit(file, ...changes) {
  let text = readFileSync(file, "utf8");
  for (const [from, to] of changes) {
    const changed = typeof from === "string" ? text.replaceAll(from, () => to) : text.replace(from, () => to);
    if (!(typeof from === "string" ? text.includes(from) : from.test(text))) throw new Error(`${file} has no ${String(from)}`);
    text = changed;
  }
  writeFileSync(file, text);
}

/** The example, with all groups on a server: `stores` is what environments say of it. */
function keptOnServer(project, { kind, secrets, stores }) {
  copyExample(project);
  edit(
    join(project, "mlspec.yaml"),
    ["kafka_password, redis_password]\n", `kafka_password, ${secrets.join(", ")}]\n`],
    ["    secrets: { from: env }\n", `    secrets: { from: env }\n    stores: ${stores.local}\n`],
    ["      features: { card_velocity: { online: sqlite }, card_profile: { online: sqlite } }\n", ""],
    [/^ {4}stores: \{ redis: .*rediss:\/\/redis\.acme.*$/m, `    stores: ${stores.cluster}`],
  );
  edit(join(project, "specs", "model.yaml"), ["online: redis", `online: ${kind}`]);
}

/** Runs both; `start` answers with the running server: `port`, `stop`, `stores`, and `env`, whose values are secret. */
export async function runStoreSuite({ kind, title, here, secrets, start }) {
  const { check, finish, totals } = counted(kind);
  const count = ({ stdout }) => {
    const { passed = 0, failed = 1 } = lastLine(stdout);
    totals.passed += passed;
    totals.failed += failed;
  };
  const run = async () => {
    const server = await start();
    const folder = temporaryFolder(kind);
    try {
      Object.assign(process.env, server.env, server.more);
      const machine = await engines.run();
      const example = exampleIn(join(folder, "my project"), machine);
      keptOnServer(example.project, { kind, secrets, stores: server.stores });
      const at = ["--port", String(server.port)];
      const modules = exampleIn(folder, machine);
      count(modules.python([join(here, "check_modules.py"), ...at, "--templates", join(root, "templates")], heard));
      const data = example.generate();
      if (!check("the example's data is generated", data.status === 0, data.stderr)) return;
      const ran = example.mlspec(["run"]);
      if (!check(`mlspec run fills ${title}`, ran.status === 0, ran.stderr)) return;
      const said = [ran.stdout, ran.stderr].join("");
      check("no output shows a secret", !Object.values(server.env).some((secret) => said.includes(secret)));
      const { start: from, end } = example.record().interval;
      const interval = ["--interval-start", from, "--interval-end", end];
      count(example.python([join(here, "check_example.py"), ...at, "--project", example.project, ...interval], heard));
    } finally {
      await server.stop();
      if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
      else console.error(folder);
    }
  };
  try {
    await run();
    finish();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    console.error(error.message);
    finish({ skipped: 1, reason: error.message });
  }
}
