// Python environments: uv (from PATH, else as a wheel in its own venv), one venv per requirements file.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ensureFolder, exec, findCommand, MissingTool, shortHash } from "./lib.mjs";

const BIN = process.platform === "win32" ? "Scripts" : "bin";

/** A Python 3 to start from; the venvs may then use another that uv finds. */
function systemPython() {
  for (const name of ["python3", "python"]) {
    const file = findCommand(name);
    if (file && spawnSync(file, ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"], { stdio: "ignore" }).status === 0) return file;
  }
  throw new MissingTool("Python 3", "Install it: `apt-get install python3 python3-venv`, `brew install python` or python.org.");
}

export async function ensureUv() {
  const found = findCommand("uv");
  if (found) return found;
  const python = systemPython();
  const folder = await ensureFolder({
    name: "uv",
    what: "uv, a Python package installer",
    size: "25 MB",
    make: async (target) => {
      if (spawnSync(python, ["-c", "import venv, ensurepip"], { stdio: "ignore" }).status !== 0)
        throw new MissingTool("Python's venv module", "Install it: `apt-get install python3-venv`.");
      await exec(python, ["-m", "venv", target]);
      await exec(join(target, BIN, "python"), ["-m", "pip", "install", "--quiet", "uv"]);
    },
  });
  return join(folder, BIN, "uv");
}

/** The venv of a requirements file: `{ python, bin }`. Another file, or other content, is another venv. */
export async function ensureVenv({ name, requirements, size, python = ">=3.11" }) {
  if (!existsSync(requirements)) throw new Error(`no requirements file ${requirements}`);
  const folder = await ensureFolder({
    name: `venv-${name}-${shortHash(readFileSync(requirements))}`,
    what: `the Python packages of ${basename(requirements)}`,
    size,
    make: async (target) => {
      const uv = await ensureUv();
      try {
        await exec(uv, ["venv", "--quiet", "--allow-existing", "--python", python, target]);
      } catch (error) {
        throw new MissingTool(`Python ${python}`, `Install one that fits. uv said: ${error.message}`);
      }
      await exec(uv, ["pip", "install", "--quiet", "--python", join(target, BIN, "python"), "-r", requirements]);
    },
  });
  return { folder, bin: join(folder, BIN), python: join(folder, BIN, "python") };
}
