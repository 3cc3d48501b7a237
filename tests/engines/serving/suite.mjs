// The emitted Python for real: its modules' own tests, and the service of a finished run, asked over HTTP.
import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyExample, counted, exampleIn, lastLine, root, sharedProject, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const machine = await engines.run();
const { check, finish, totals } = counted("serving");

/** The project that the suite `run` has left finished, else one of our own. */
function finishedProject() {
  const shared = sharedProject();
  if (shared !== undefined && existsSync(shared)) return exampleIn(shared, machine);
  const own = exampleIn(join(folder, "my project"), machine);
  copyExample(own.project);
  const data = own.generate();
  if (!check("the example's data is generated", data.status === 0, data.stderr)) return undefined;
  const ran = own.mlspec(["run"]);
  return check("mlspec run prepares what is served", ran.status === 0, ran.stderr) ? own : undefined;
}

/** Python's own checks say themselves what they find. */
const heard = { stdio: ["ignore", "pipe", "inherit"] };

function serves({ project, python, record }) {
  const { start, end } = record().interval;
  const args = [join(here, "check.py"), "--project", project, "--interval-start", start, "--interval-end", end];
  const { stdout } = python(args, heard);
  const { passed = 0, failed = 1 } = lastLine(stdout);
  totals.passed += passed;
  totals.failed += failed;
}

const folder = temporaryFolder("serving");
try {
  const modules = exampleIn(folder, machine);
  for (const tests of ["test_modules.py", "test_training.py", "test_serving.py"])
    check(`${tests} passes`, modules.python([join(here, tests), join(root, "templates", "python")], heard).status === 0);
  const example = finishedProject();
  if (example !== undefined) serves(example);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
