/** `mlspec schema`: the JSON Schema, for editors that complete by one. */
import { includedSchema, projectSchema } from "@mlspec/compiler";
import type { Command } from "../command.js";

export const schema: Command = {
  name: "schema",
  summary: "Prints the JSON Schema of mlspec.yaml.",
  positionals: 0,
  flags: [{ name: "included", help: "that of files named by `include`" }],
  examples: ["mlspec schema > mlspec.schema.json", "mlspec schema --included > mlspec-included.schema.json"],
  run: async ({ args, terminal }) => {
    terminal.out(`${JSON.stringify(args.has("included") ? includedSchema : projectSchema, null, 2)}\n`);
    return 0;
  },
};
