// The emitted DAGs for real: loaded by Airflow 2.11 and 3.3, run to the end on 3.3, and their tables compared with the oracle.
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyExample, counted, ended, lastLine, temporaryFolder } from "../lib/example.mjs";
import { airflowIn, here } from "./airflow.mjs";
import { checkLoading } from "./loading.mjs";

const { check, finish, totals } = counted("airflow");

/** A part of the suite in a process of its own. What the first says is heard at once, of others when they have ended. */
async function runPart(part, heard) {
  const begin = Date.now();
  const stdio = ["ignore", "pipe", heard ? "inherit" : "pipe"];
  const { stdout, stderr } = await ended(process.execPath, [join(here, "part.mjs"), part, folder], { stdio });
  const { passed, failed = 0 } = lastLine(stdout);
  if (!check(`${part} came to its end`, passed !== undefined, stderr)) return;
  totals.passed += passed;
  totals.failed += failed;
  console.error(`${stderr}     ${part}: ${Math.round((Date.now() - begin) / 1000)} s`);
}

/** The project's folder has a space in its name: nowhere does it come out in another form, or at all. */
function checkTraces(folder, project) {
  const strange = readdirSync(folder).filter((name) => name.includes("%20"));
  check("nothing is written beside the project", strange.length === 0, strange.join(", "));
  const emitted = readdirSync(join(project, "generated"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const telling = emitted.filter((entry) => {
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    return text.includes(folder) || text.includes("%20");
  });
  check("no emitted file says where it was made", emitted.length > 100 && telling.length === 0, telling.map(({ name }) => name).join(", "));
}

const folder = temporaryFolder("airflow");
const project = join(folder, "a project");
try {
  copyExample(project);
  const machine = airflowIn(project, join(folder, "home"));
  const [data, compiled] = [machine.generate(), machine.mlspec(["compile"])];
  if (
    check("the example's data is generated", data.status === 0, data.stderr) &&
    check("it compiles", compiled.status === 0, compiled.stderr)
  ) {
    // It measures, so no other part runs beside it.
    checkLoading(machine, check);
    await Promise.all([runPart("work", true), runPart("words", false)]);
    checkTraces(folder, project);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
