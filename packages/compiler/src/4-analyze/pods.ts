import { valueAt } from "../2-validate/index.js";
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import type { ProjectSpec } from "../spec.js";
import type { Finding } from "./analysis.js";
import { atKey, finding } from "./finding.js";

/** What only pods have. */
const KEYS = ["resources", "scale"] as const;

/** What is asked of a cluster where no environment has one. */
export function idlePods(spec: ProjectSpec, memo: Memo): readonly Finding[] {
  if (Object.keys(spec.environments).some((name) => valueAt(spec.environments, [name, "runtime"]) === "kubernetes")) return [];
  const idle = <S extends object>(
    section: string,
    definitions: Readonly<Record<string, S>> = {},
    hasPods: (of: S) => boolean = () => true,
  ) =>
    saidOfEach(definitions, {
      step: `pods of ${section}`,
      memo,
      say: (name, definition) =>
        KEYS.filter((key) => hasPods(definition) && Reflect.get(definition, key) !== undefined).map((key) =>
          finding("resources-idle", atKey(section, name, key), { id: `${section}.${name}`, key }),
        ),
    });
  return [
    ...idle("sources", spec.sources),
    // A view has no pod anywhere, which `view-key` says.
    ...idle("transforms", spec.transforms, ({ as = "view" }) => as !== "view"),
    ...idle("features", spec.features),
    ...idle("models", spec.models),
    ...idle("deployments", spec.deployments),
  ];
}
