/** `mlspec graph`: the project as a picture's source. */
import type { Command } from "../command.js";
import { projectFlags, UsageError } from "../args.js";
import { environmentFlag } from "../command.js";
import { lineageOf } from "@mlspec/compiler";
import { columnGraphOf, dot, dotColumns, graphOf, mermaid, mermaidColumns } from "../graph.js";
import { build } from "../project.js";
import { report } from "../report.js";

export const graph: Command = {
  name: "graph",
  summary: "Prints what is made of what, as Mermaid or DOT.",
  operands: "[DIR]",
  positionals: 1,
  flags: [
    environmentFlag,
    { name: "columns", help: "with columns, and what each is computed from" },
    { name: "indirect", help: "with --columns: also what decides over a column (joins, filters, groups …), dotted" },
    { name: "as", value: "KIND", oneOf: ["mermaid", "dot"], help: "mermaid (default) or dot" },
    ...projectFlags,
  ],
  examples: ["mlspec graph", "mlspec graph --as dot | dot -Tsvg > graph.svg", "mlspec graph --columns --as dot"],
  run: async (context) => {
    if (context.args.has("indirect") && !context.args.has("columns")) throw new UsageError("--indirect goes with --columns");
    const built = await build(context, context.args.positionals[0]);
    const [environment] = built.compiled.environments;
    if (environment === undefined) {
      report(context, built.compiled.diagnostics, { folder: built.folder, texts: built.project.texts });
      return 1;
    }
    const asDot = context.args.value("as") === "dot";
    const analysis = built.project.environments.find(({ name }) => name === environment.name)?.analysis;
    if (context.args.has("columns") && analysis !== undefined) {
      const columns = columnGraphOf(environment.ir, lineageOf(analysis), context.args.has("indirect"));
      context.terminal.out(asDot ? dotColumns(columns) : mermaidColumns(columns));
      return 0;
    }
    const made = graphOf(environment.ir);
    context.terminal.out(asDot ? dot(made) : mermaid(made));
    return 0;
  },
};
