// The emitted DAGs for real: loaded by Airflow 2.11 and 3.3, run to the end on 3.3, and their tables compared with the oracle.
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyExample, counted, same, temporaryFolder } from "../lib/example.mjs";
import { airflowIn, airflowPython } from "./airflow.mjs";
import { checkAnswers } from "./answers.mjs";
import { checkExecution, checkSensors } from "./execution.mjs";
import { checkKeywords } from "./keywords.mjs";
import { checkLoading } from "./loading.mjs";
import { checkPods } from "./pods.mjs";
import { renderTexts } from "./texts.mjs";

const { check, finish } = counted("airflow");

async function checkTexts() {
  const { words, differences } = await renderTexts(airflowPython("3.3"), 2500);
  const name = `2,500 hostile texts are rendered to themselves, and ${words} read by a shell`;
  check(name, words > 1000 && same(differences, []), differences.join("\n"));
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
    await checkTexts();
    checkLoading(machine, check);
    await checkKeywords(folder, check);
    checkAnswers(folder, check);
    checkExecution(machine, check);
    checkSensors(machine, check);
    await checkPods(machine, check);
    checkTraces(folder, project);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
