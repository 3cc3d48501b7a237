/** The feast emitter: a feature repository over the values that the project's jobs write. */
import { defineEmitter, TARGET_VERSIONS } from "@mlspec/compiler";
import type { Emitter, FeastTargetSpec } from "@mlspec/compiler";
import { printer } from "../text/print.js";
import { feastDiagnostics } from "./diagnostics.js";
import { settings } from "./places.js";
import { definitionsOf, featuresContext, groupViews } from "./view.js";

export const feast: Emitter<FeastTargetSpec> = defineEmitter<FeastTargetSpec>({
  name: "feast",
  diagnostics: feastDiagnostics,
  tool: { name: "Feast", versions: TARGET_VERSIONS.feast, capabilities: {} },
  needs: ["program"],
  provide: () => ({}),
  emit: (context) => {
    const groups = groupViews(context);
    if (groups.length === 0) return { files: [] };
    const text = printer(context).template("feast/features.py", featuresContext(context, groups));
    return {
      files: [
        { path: "feature_store.yaml", data: settings(context), from: ["project"] },
        // What Feast keeps beside its repository is of one machine.
        { path: ".gitignore", text: "*.db*\n", from: ["project"] },
        { path: "features.py", text, from: definitionsOf(groups, context.ir) },
      ],
    };
  },
});
