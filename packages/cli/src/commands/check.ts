/** `mlspec check`: says what is wrong, writes nothing. */
import type { Command } from "../command.js";
import { environmentFlag } from "../command.js";
import { build, report } from "../project.js";

export const check: Command = {
  name: "check",
  summary: "Checks a project and writes nothing.",
  operands: "[DIR]",
  positionals: 1,
  flags: [environmentFlag],
  examples: ["mlspec check", "mlspec check examples/fraud_detection", "mlspec check --format json"],
  run: async (context) => {
    const built = await build(context, context.args.positionals[0]);
    if (built === undefined) return 1;
    const failed = report(context, built.compiled.diagnostics, built.project.texts);
    if (!failed && context.args.value("format") !== "json")
      context.terminal.say(`${built.project.environments.map(({ name }) => name).join(", ")}: nothing is wrong`);
    return failed ? 1 : 0;
  },
};
