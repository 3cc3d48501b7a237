/** `mlspec check`: says what is wrong, writes nothing. */
import { projectFlags } from "../args.js";
import { environmentFlag, type Command, type Context } from "../command.js";
import { build } from "../project.js";
import { forMachines, report } from "../report.js";
import { stamped, type Answered } from "../stamped.js";

export const check: Command = {
  name: "check",
  summary: "Checks a project and writes nothing.",
  operands: "[DIR]",
  positionals: 1,
  flags: [environmentFlag, ...projectFlags],
  examples: ["mlspec check", "mlspec check examples/fraud_detection", "mlspec check --format json"],
  run: (context) => stamped(context, answer),
};

async function answer(context: Context): Promise<Answered> {
  const built = await build(context, context.args.positionals[0]);
  const failed = report(context, built.compiled.diagnostics, { folder: built.folder, texts: built.project.texts });
  if (!failed && !forMachines(context))
    context.terminal.say(`${built.project.environments.map(({ name }) => name).join(", ")}: nothing is wrong`);
  return { exitCode: failed ? 1 : 0, basis: { built, outputs: [], absent: [] } };
}
