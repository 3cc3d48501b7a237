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
    if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
    text = text.replaceAll(from, to);
  }
  writeFileSync(file, text);
}

/** The example, with all groups on a server: `stores` is what environments say of it. */
function keptOnServer(project, { kind, secrets, stores }) {
  copyExample(project);
  edit(
    join(project, "mlspec.yaml"),
    ["\nenvironments:\n", `\nsecrets: [${secrets.join(", ")}]\n\nenvironments:\n`],
    ["  local: { runtime: local }\n", `  local: { runtime: local, secrets: { from: env }, stores: ${stores.local} }\n`],
    [
      "    runtime: kubernetes\n",
      `    runtime: kubernetes\n    secrets: { from: kubernetes, name: fraud-secrets }\n    stores: ${stores.cluster}\n`,
    ],
  );
  edit(join(project, "specs", "model.yaml"), ["online: sqlite", `online: ${kind}`]);
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
