/** Answers that need neither the compiler nor the project. */
import { version } from "./version.js";

/** The exit code, or undefined where the whole command has to be loaded. */
export function quickAnswer(argv: readonly string[]): number | undefined {
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    process.stdout.write(`mlspec ${version}\n`);
    return 0;
  }
  return undefined;
}
