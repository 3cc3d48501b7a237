// Waiting in a cluster: what both Airflows make of the exit codes of a sensor's pod. The cluster is an API that answers for pods only.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DAILY, VERSIONS, here } from "./airflow.mjs";

const STATES = { 75: "up_for_reschedule", 1: "up_for_retry", 0: "success" };
/** A day that the data has not reached. */
const LATER = "2026-06-07T04:00:00+00:00";

export async function checkPods(machine, check) {
  const folder = join(machine.home, "cluster");
  mkdirSync(folder, { recursive: true });
  const cluster = spawn(machine.python3, [join(here, "cluster.py"), folder], { stdio: "inherit" });
  try {
    const kubeconfig = join(folder, "kubeconfig");
    for (const end = Date.now() + 30_000; !existsSync(kubeconfig) && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 50));
    for (const version of VERSIONS) ask(machine, check, { version, folder, kubeconfig });
  } finally {
    cluster.kill();
  }
}

function ask(machine, check, { version, folder, kubeconfig }) {
  const run = (args) => machine.airflow(args, { KUBECONFIG: kubeconfig }, { version, environment: "production" });
  const migrated = run(["db", "migrate"]);
  if (!check(`Airflow ${version} has a database`, migrated.status === 0, migrated.log.slice(-4000))) return;
  for (const [code, wanted] of Object.entries(STATES)) {
    rmSync(join(folder, "pods.jsonl"), { force: true });
    writeFileSync(join(folder, "exit_code"), code);
    const { log } = run(["tasks", "test", DAILY, "ready_transactions", LATER]);
    // Airflow 2 says it in words.
    const state = [...log.matchAll(/new_state=(\w+)|arking task as (\w+)/g)].at(-1)?.slice(1).find(Boolean)?.toLowerCase();
    const pods = existsSync(join(folder, "pods.jsonl")) ? readFileSync(join(folder, "pods.jsonl"), "utf8").trimEnd().split("\n").length : 0;
    check(`Airflow ${version}: a sensor whose pod ends with ${code} is ${wanted}`, state === wanted && pods === 1, log.slice(-6000));
  }
}
