// Texts that templates and shells would take for something else, and what is rendered of them.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const ODD = ["'", '"', "\\", "\n", "\r\n", "\r", "\t", "\0", "\u2028", "\ud800"];
const JINJA = ["{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "{% endraw %}"];
const SHELL = ["$(id)", "`id`", "$HOME", ";", "&&", "|", "*", "~", "!", "-x"];
const PIECES = [...ODD, ...JINJA, ...SHELL, " ", "é", "\u{1f600}", "a", "x.sh", ".json", ".yaml"];

/** The same texts in every run. */
function hostileTexts(count) {
  let state = 7;
  const next = (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(5) }, () => PIECES[next(PIECES.length)]).join(""));
}

/** Renders hostile texts with a Python that has Airflow: how many were shell words too, and what came out differently. */
export async function renderTexts(python, count) {
  const printers = pathToFileURL(join(root, "packages", "emitters", "dist", "airflow", "jinja.js"));
  const { jinjaText, shellWord } = await import(printers.href);
  const texts = hostileTexts(count).map((text) => [jinjaText(text), jinjaText(shellWord(text)), text]);
  const input = JSON.stringify(texts);
  const { status, stdout, stderr } = spawnSync(python, [join(here, "render.py")], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return status === 0 ? JSON.parse(stdout) : { words: 0, differences: [stderr] };
}
