/** `mlspec graph`: the project as a picture's source. */
import type { Command } from "../command.js";
import { projectFlags } from "../args.js";
import { environmentFlag } from "../command.js";
import { dot, graphOf, mermaid } from "../graph.js";
import { build } from "../project.js";
import { report } from "../report.js";

export const graph: Command = {
  name: "graph",
  summary: "Prints what is made of what, as Mermaid or DOT.",
  operands: "[DIR]",
  positionals: 1,
  flags: [environmentFlag, { name: "as", value: "KIND", oneOf: ["mermaid", "dot"], help: "mermaid (default) or dot" }, ...projectFlags],
  examples: ["mlspec graph", "mlspec graph --as dot | dot -Tsvg > graph.svg"],
  run: async (context) => {
    const built = await build(context, context.args.positionals[0]);
    const [environment] = built.compiled.environments;
    if (environment === undefined) {
      report(context, built.compiled.diagnostics, { folder: built.folder, texts: built.project.texts });
      return 1;
    }
    const made = graphOf(environment.ir);
    context.terminal.out(context.args.value("as") === "dot" ? dot(made) : mermaid(made));
    return 0;
  },
};
