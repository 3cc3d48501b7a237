// What `mlspec plan` says of a topic's history and its checkpoint, change by change, and what Spark does with them: where no step is
// planned, the changed stream goes on from where the one before was; where one is, it does not, until that step has been taken.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, temporaryFolder } from "../lib/example.mjs";

const ELSEWHERE = join("lake", "elsewhere");

/** `instead` is what a stream does that is deployed without the planned steps; `then`, what it does after them. */
const changesOf = (kafka) => [
  { name: "a column has another type", edit: swap('amount: "decimal(12,2)"\n      tags', "amount: double\n      tags") },
  { name: "a column less is read", edit: swap("      tags: array<string>\n", "") },
  { name: "a check refuses more", edit: swap("expect: amount > 0", "expect: amount > 10") },
  { name: "messages may come later", edit: swap("lateness: 20s", "lateness: 5m") },
  {
    name: "messages are read as CSV",
    edit: (text) => swap("format: json", "format: csv")(swap("tags: array<string>", "tags: string")(text)),
  },
  {
    name: "another pace",
    edit: swap("trigger: 2s\n      max_offsets_per_trigger: 2500", "trigger: 30s\n      max_offsets_per_trigger: 7"),
  },
  {
    name: "another door of the brokers, without TLS and password",
    edit: (text) =>
      text
        .replace(kafka.secure, kafka.open)
        .replaceAll(/^ +(?:sasl|tls): .*\n/gmu, "")
        .replaceAll(/^ *secrets: .*\n|, secrets: \{ from: env \}/gmu, ""),
  },
  {
    name: "the checkpoint lies elsewhere",
    edit: swap("trigger: 2s", 'trigger: 2s\n      checkpoint: "${var.lake}/elsewhere"'),
    instead: "stops",
    then: "goes on",
  },
  { name: "the source is called otherwise", edit: renamed, instead: "begins anew", then: "goes on" },
  { name: "another topic", edit: swap("topic: shop.payments", "topic: shop.refunds"), instead: "stops", then: "begins anew" },
];

function swap(before, after) {
  return (text) => {
    if (!text.includes(before)) throw new Error(`the project has no \`${before}\``);
    return text.replace(before, () => after);
  };
}

const renamed = (text) =>
  text
    .replace("quarantine.payments", "quarantine.takings")
    .replaceAll(/(?<![.\w])payments\b/gu, "takings")
    .replace("  takings:\n", "  takings:\n    renamed_from: payments\n");

export async function changes(suite) {
  const workshop = temporaryFolder("changed");
  try {
    await tried({ ...suite, workshop });
  } finally {
    rmSync(workshop, { recursive: true });
  }
}

async function tried({ project, kafka, env, talk, check, workshop }) {
  const spec = join(workshop, "mlspec.yaml");
  const original = readFileSync(join(project, "mlspec.yaml"), "utf8");
  const run = (program, args) => execFileSync(program, args, { cwd: workshop, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  writeFileSync(spec, original);
  cpSync(join(project, "schemas"), join(workshop, "schemas"), { recursive: true });
  run("git", ["init", "--quiet"]);
  run("git", ["add", "mlspec.yaml", "schemas"]);
  run("git", ["-c", "user.name=till", "-c", "user.email=till@acme.example", "commit", "--quiet", "--message", "before"]);
  for (const { name, edit, instead, then } of changesOf(kafka)) {
    writeFileSync(spec, edit(original));
    const plan = JSON.parse(run(process.execPath, [command, "plan", "--from", "HEAD", "-e", "local", "--format", "json"]));
    run(process.execPath, [command, "compile", "-e", "local", "--force"]);
    const steps = stepsOf(plan);
    await talk.ask("produce", "shop.payments", 20, 1);
    const keep = keeper(project);
    const source = name === "the source is called otherwise" ? "TAKINGS" : "PAYMENTS";
    const goOn = () => talk.ask("went_on", workshop, source);
    const first = await goOn();
    const wanted = instead ?? "goes on";
    check(`${name}: ${steps.length === 0 ? "nothing is planned" : "steps are planned"}, and the stream ${wanted}`, (steps.length === 0) === (instead === undefined) && first.does === wanted, JSON.stringify({ steps, first })); // prettier-ignore
    if (then !== undefined) {
      keep.restore();
      for (const step of steps) execFileSync("bash", ["-euc", step], { cwd: project });
      const second = await goOn();
      check(`${name}: after the planned steps it ${then}`, second.does === then, JSON.stringify({ steps, second }));
    }
    keep.restore();
  }
}

/** The commands of a plan that touch the history of payments. */
const stepsOf = ({ environments }) =>
  environments.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands.filter((text) => text.includes("/history/payments"))));

/** Puts histories and marks back as they were. */
function keeper(project) {
  const folders = [join("lake", "till", "history"), join("lake", "till", "marks")];
  for (const folder of folders) {
    rmSync(join(project, `${folder}.kept`), { recursive: true, force: true });
    cpSync(join(project, folder), join(project, `${folder}.kept`), { recursive: true });
  }
  return {
    restore() {
      rmSync(join(project, ELSEWHERE), { recursive: true, force: true });
      for (const folder of folders) {
        rmSync(join(project, folder), { recursive: true });
        cpSync(join(project, `${folder}.kept`), join(project, folder), { recursive: true });
      }
    },
  };
}
