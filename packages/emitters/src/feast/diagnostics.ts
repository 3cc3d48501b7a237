/** The codes of this emitter. */
import type { Emitter } from "@mlspec/compiler";

export const feastDiagnostics = {
  "key-type": {
    severity: "warning",
    docs: {
      what: "An entity's key has a type by which Feast looks nothing up.",
      why: "Feast knows keys that are text, bytes or whole numbers. Groups of this entity are left out of its repository; their values are written all the same.",
      fix: "Give the key one of these types in the dataset that the group reads, or take no notice where nobody asks Feast for the group.",
    },
  },
  "left-out": {
    severity: "warning",
    docs: {
      what: "A feature is not among those that Feast gets.",
      why: "Feast has no type for nested values. Jobs write the values of an entity at the end of an interval: what needs a request, or features of another group, has no value there. And a name that stands for the key or for the times of a row stands for nothing else.",
      fix: "Compute it in the service that asks Feast, or give it a type or a name that Feast can hold. There is nothing to do where nobody asks Feast for it.",
    },
  },
  "online-store": {
    severity: "error",
    docs: {
      what: "Feast would have no place to serve from.",
      why: "With `redis`, Feast shares the server that keeps groups of the project in this environment, and no served group is kept on one.",
      fix: "Keep a served group on Redis (`online: redis`, with a server in `stores`), say another store in the environment's `overrides`, or patch `feature_store.yaml`.",
    },
  },
  "unsupported-path": {
    severity: "error",
    docs: {
      what: "Feast would look somewhere else than where the path points.",
      why: "In its settings Feast puts values of variables in place of `$NAME`. Relative paths count from its repository, which has to lie in the project.",
      fix: "Use a path without `$`; where the output is written to another folder, give storage and registry absolute paths or addresses.",
    },
  },
} satisfies Emitter["diagnostics"];
