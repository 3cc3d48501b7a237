// npm run mutate: each column of the projects of this repository is renamed, retyped, left out or made nullable, at each place that names
// it. For every such mutant our verdict and real Spark's analysis of the same SQL have to agree, place by place, and our errors have to
// stand on the lines that Spark's objections are about. Where both accept, the columns of every query have to be the same.
// Spark is asked by queries that this suite prints from the specification; what compiles is compiled, and what is emitted has to be the very
// same queries over the same columns.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../setup/index.mjs";
import { compare } from "./compare.mjs";
import { mutantsOf } from "./mutants.mjs";
import { ours } from "./ours.mjs";
import { readTexts } from "./project.mjs";
import { questionsOf } from "./questions.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const PROJECTS = ["tests/support/fraud_files", "templates/init/batch", "tests/engines/spark/project"];

const mutants = PROJECTS.flatMap((path) => {
  const files = readTexts(join(root, path));
  const own = { id: `${path} as it is`, kind: "unchanged", files };
  return [own, ...[...mutantsOf(files)].map((mutant) => ({ ...mutant, id: `${path} ${mutant.id}` }))].map((mutant) => ({ ...mutant, project: path })); // prettier-ignore
});
const folder = mkdtempSync(join(tmpdir(), "mlspec-mutate-"));
const [asked, answered] = [join(folder, "questions.jsonl"), join(folder, "answers.jsonl")];
const questions = mutants.map(({ id, files }) => ({ id, ...questionsOf(files) }));
writeFileSync(asked, questions.map((question) => `${JSON.stringify(question)}\n`).join(""));

const begin = process.cpuUsage();
const verdicts = mutants.map(({ files }) => ours(files));
const { user } = process.cpuUsage(begin);
console.error(`${mutants.length} mutants; our verdicts took ${(user / 1e6).toFixed(1)} s of CPU. Asking Spark.`);

const machine = await engines.run();
const { status } = spawnSync(machine.python, [join(here, "judge.py"), asked, answered], {
  env: { ...process.env, ...machine.env },
  stdio: ["ignore", "inherit", "inherit"],
});
if (status !== 0) {
  console.log(JSON.stringify({ suite: "mutate", passed: 0, failed: 1, reason: `Spark's answers: exit code ${status}` }));
  process.exit(1);
}
const answers = readFileSync(answered, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line)); // prettier-ignore
if (process.env.MLSPEC_KEEP === undefined) rmSync(folder, { recursive: true });
else console.error(folder);

const counts = { accepted: 0, refused: 0, wrong: 0, columns: 0 };
const count = { itself: 0, related: [], ours: new Map(), emitted: { queries: 0, columns: 0 } };
const byKind = new Map();
for (const [i, mutant] of mutants.entries()) {
  const { problems, refused, columns } = compare(questions[i], verdicts[i], { answer: answers[i], count });
  counts[refused ? "refused" : "accepted"] += 1;
  counts.columns += columns;
  if (problems.length > 0) counts.wrong += 1;
  for (const problem of problems) console.error(`FAIL ${mutant.id}\n    ${problem}`);
  const kind = mutant.kind.startsWith("is ") ? "retyped" : mutant.kind;
  const tally = byKind.get(kind) ?? { mutants: 0, refused: 0 };
  byKind.set(kind, { mutants: tally.mutants + 1, refused: tally.refused + (refused ? 1 : 0) });
}
for (const [kind, { mutants: all, refused }] of byKind) console.error(`${kind.padEnd(10)} ${all} mutants, Spark refuses ${refused}`);
console.error(
  `${counts.accepted} accepted and ${counts.refused} refused by Spark; ${counts.columns} columns compared; ${counts.wrong} where we disagree`,
);
const compiled = verdicts.filter(({ emitted }) => emitted !== undefined).length;
console.error(
  `${compiled} compile: their ${count.emitted.queries} emitted queries are those that Spark was asked, over the same ${count.emitted.columns} columns`,
);
console.error(`of Spark's objections ${count.itself} are met by an error on that place, ${count.related.length} by its related place only`);
if (process.env.MLSPEC_PLACES !== undefined) for (const one of count.related) console.error(`    ${one}`);
for (const [code, number] of [...count.ours].sort()) console.error(`refused by a rule of ours alone, ${code}: ${number} mutants`);
// A mutation that never spoils anything, or a Spark that refuses nothing, would prove nothing.
const idle = mutants.length < 600 || counts.refused < 200 || counts.accepted < 100 || compiled < 200;
if (idle) console.error("too few mutants, or too few of one verdict");
const failed = counts.wrong + (idle ? 1 : 0);
console.log(JSON.stringify({ suite: "mutate", passed: mutants.length - counts.wrong, failed }));
process.exitCode = failed === 0 ? 0 : 1;
