/** The command's lean entry: what can be answered without the compiler is answered before it is read from disk. */
import { join } from "node:path";
import { loadCode } from "../code-cache.js";
import { quickAnswer } from "../quick.js";
import { buildId } from "../stamp/place.js";
import { guardStreams } from "../streams.js";
import { version } from "../version.js";

guardStreams();

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) process.stdout.write(`mlspec ${version}\n`);
else {
  const build = buildId(__dirname);
  const answered = build === undefined ? undefined : quickAnswer(argv, process.cwd(), build);
  if (answered !== undefined) process.exitCode = answered;
  else if (build === undefined) throw new Error(`the command is not whole: ${__dirname} lacks app.cjs`);
  else loadCode({ file: join(__dirname, "app.cjs"), build, typical: argv.includes("compile") });
}
