// node part.mjs PART FOLDER: a part of the suite as a program, so that parts run at the same time. The project is there and compiled.
import { join } from "node:path";
import { counted, same } from "../lib/example.mjs";
import { airflowIn, airflowPython } from "./airflow.mjs";
import { checkAnswers } from "./answers.mjs";
import { checkExecution, checkSensors } from "./execution.mjs";
import { checkKeywords } from "./keywords.mjs";
import { checkPods } from "./pods.mjs";
import { renderTexts } from "./texts.mjs";

const { check, finish } = counted("airflow");

async function checkTexts() {
  const { words, differences } = await renderTexts(airflowPython("3.3"), 2500);
  const name = `2,500 hostile texts are rendered to themselves, and ${words} read by a shell`;
  check(name, words > 1000 && same(differences, []), differences.join("\n"));
}

const PARTS = {
  /** The real programs, one after another, and pods in their place. */
  async work(folder) {
    const machine = airflowIn(join(folder, "a project"), join(folder, "home"));
    checkExecution(machine, check);
    checkSensors(machine, check);
    await checkPods(machine, check);
  },
  /** What needs no program of ours to run. */
  async words(folder) {
    await checkTexts();
    await checkKeywords(folder, check);
    checkAnswers(folder, check);
  },
};

const [part, folder] = process.argv.slice(2);
await PARTS[part](folder);
finish();
