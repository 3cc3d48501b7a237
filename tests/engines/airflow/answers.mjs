// What Airflow makes of a gate's no, where the model is trained on the schedule on which it scores. No work is done: the programs'
// place is taken by a script that only gives their answers.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyExample } from "../lib/example.mjs";
import { DAILY, airflowIn } from "./airflow.mjs";
import { runDag } from "./execution.mjs";

const ANSWERS = `#!/bin/sh
case "$1" in
  */gate_fraud_score.py) exit 4 ;;
esac
`;

export function checkAnswers(folder, check) {
  const project = join(folder, "one schedule");
  copyExample(project);
  const file = join(project, "specs", "model.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/\n +schedule: \{ cron: "0 4 \* \* 0" \}/, ""));
  const python = join(folder, "answers");
  writeFileSync(python, ANSWERS);
  chmodSync(python, 0o755);
  const machine = airflowIn(project, join(folder, "home of one schedule"), python);
  const compiled = machine.mlspec(["compile", "-e", "local"]);
  const ready = compiled.status === 0 && machine.airflow(["db", "migrate"]).status === 0;
  if (!check("a project of one schedule compiles", ready, compiled.stderr)) return;
  runDag(machine, check, DAILY, { states: { gate_fraud_score: "skipped" } });
  const { after_gate_fraud_score: join_, score_fraud_review: score, training_fraud_score: training } = machine.states(DAILY);
  check(
    "scoring goes on after a gate that says no",
    [join_, score, training].every((state) => state === "success"),
  );
}
