/** Remedies of mistakes whose cause is no file of a project: each is done for real. */
import { asked, compiled, file, FLYTE, linked, NOTES, patched, plugin, replaced, written } from "./situations.js";
import type { Made } from "./remedies.js";
import type { Outcome } from "./run.js";

const diff = (...lines: readonly string[]): string => ["```diff", ...lines, "```"].join("\n");
const shell = (...lines: readonly string[]): string => ["```sh", ...lines, "```"].join("\n");
const fine = (): Outcome => compiled({ [FLYTE]: plugin("flyte", { emit: () => ({ files: [file("orders.py")] }) }) });
const reference = { kind: "reference", reference: "daily" } as const;
/** What was written is there, and is what would be written. */
const upToDate = (): Outcome => written(() => undefined);

export const madeRemedies: Readonly<Record<string, Made>> = {
  "emitter-cycle": {
    case: "two",
    after: () =>
      compiled({
        [FLYTE]: plugin("flyte", { needs: ["note"], provide: () => ({ "workflow:daily": reference }), emit: () => ({ files: [file("a.py")] }) }),
        [NOTES]: plugin("notes", { provide: () => ({ "note:daily": reference }), emit: () => ({ files: [file("a.md")] }) }),
      }),
    shown: diff("  // emitters/notes.mjs", '- needs: ["workflow"],', "+ needs: [],"),
  },
  "emitter-failed": { case: "no-data", after: fine, shown: diff("  // emitters/flyte.mjs", "- data: { retries: Number.NaN },", "+ data: { retries: 3 },") },
  "emitter-path": { case: "outside", after: fine, shown: diff("  // emitters/flyte.mjs", '- files: [{ path: "../airflow/dag.py", … }]', '+ files: [{ path: "dag.py", … }]') },
  "file-too-large": {
    case: "included",
    after: () => linked("", "specs/data.yaml"),
    shown: diff("  # mlspec.yaml", "- include: [specs/all.yaml]", "+ include: [specs/sources.yaml, specs/features.yaml]"),
  },
  "not-a-file": { case: "code", after: () => linked("code: [requirements.txt]\n", "src/lib"), shown: diff("  # mlspec.yaml", "- code: [src/**, requirements.txt]", "+ code: [requirements.txt]") },
  "not-emitted": {
    case: "promised",
    after: () =>
      compiled({
        [FLYTE]: plugin("flyte", {
          provide: () => ({ "program:ingest.orders": { kind: "file", path: "flyte/orders.py" } }),
          emit: () => ({ files: [file("orders.py")] }),
        }),
      }),
    shown: diff("  // emitters/flyte.mjs", "- emit: () => ({ files: [] }),", '+ emit: () => ({ files: [{ path: "orders.py", … }] }),'),
  },
  "nothing-written": { case: "idle", after: fine, shown: diff("  // emitters/flyte.mjs", "- emit: () => ({ files: [] }),", '+ emit: () => ({ files: [{ path: "orders.py", … }] }),') },
  "output-edited": { case: "file", after: upToDate, shown: shell("git checkout generated/local/spark/ingest_orders.py  # or: mlspec compile --force") },
  "output-foreign": { case: "file", after: upToDate, shown: shell("git mv generated/local/spark/train.py src/train.py") },
  "output-other-version": { case: "newer", after: upToDate, shown: shell("mlspec compile  # with the version that CI has, then commit") },
  "output-stale": { case: "changed", after: upToDate, shown: shell("mlspec compile", "git add generated") },
  "policy-broken": { case: "name", after: () => asked({ check: () => [] }), shown: diff("  # mlspec.yaml", "- tmp_orders:", "+ orders:") },
  "policy-warned": { case: "name", after: () => asked({ check: () => [] }), shown: diff("  # mlspec.yaml", "- tmp_orders:", "+ orders:") },
  "policy-failed": {
    case: "no-list",
    after: () => asked({ check: () => [] }),
    shown: diff("  // policies/naming.mjs", "- async check({ definitions }) {", "+ check({ definitions }) {"),
  },
  "policy-refused": { case: "no-plugins", after: () => asked({ check: () => [] }), shown: shell("mlspec check  # without --no-plugins, where the project is trusted") },
  "patch-anything": { case: "target", after: () => patched("{ kind: Deployment, merge: { spec: { replicas: 3 } } }"), shown: diff("- - { merge: { spec: {} } }", "+ - { kind: Deployment, merge: { spec: { replicas: 3 } } }") },
  "patch-failed": {
    case: "pointer",
    after: () => patched("{ kind: Deployment, json_patch: [{ op: replace, path: /spec/replicas, value: 3 }] }"),
    shown: diff("- - { kind: Deployment, json_patch: [{ op: replace, path: /spec/replica, value: 3 }] }", "+ - { kind: Deployment, json_patch: [{ op: replace, path: /spec/replicas, value: 3 }] }"),
  },
  "patch-invalid": {
    case: "value",
    after: () => patched("{ kind: Deployment, merge: { spec: { replicas: 3 } } }"),
    shown: diff('- - { kind: Deployment, merge: { spec: { replicas: "3" } } }', "+ - { kind: Deployment, merge: { spec: { replicas: 3 } } }"),
  },
  "patch-no-effect": {
    case: "same",
    after: () => patched("{ kind: Deployment, merge: { spec: { replicas: 3 } } }"),
    shown: diff("- - { kind: Deployment, merge: { spec: { replicas: 2 } } }", "+ - { kind: Deployment, merge: { spec: { replicas: 3 } } }"),
  },
  "patch-nothing": {
    case: "kind",
    after: () => patched("{ kind: Deployment, merge: { spec: { replicas: 3 } } }"),
    shown: diff("- - { kind: Deploymnet, merge: { spec: { replicas: 3 } } }", "+ - { kind: Deployment, merge: { spec: { replicas: 3 } } }"),
  },
  "same-path": {
    case: "case",
    after: () => compiled({ [FLYTE]: plugin("flyte", { emit: () => ({ files: [file("orders.py"), file("more_orders.py")] }) }) }),
    shown: diff("  // emitters/flyte.mjs", '- files: [{ path: "Orders.py", … }, { path: "orders.py", … }]', '+ files: [{ path: "orders.py", … }, { path: "more_orders.py", … }]'),
  },
  "target-broken": { case: "missing", after: fine, shown: shell("git add emitters/flyte.mjs  # the file was missing") },
  "target-idle": {
    case: "references",
    after: () => compiled({ [NOTES]: plugin("notes", { emit: () => ({ files: [file("a.txt")] }) }) }),
    shown: diff("  targets:", "-   ./emitters/flyte.mjs: {}", "    ./emitters/notes.mjs: {}"),
  },
  "target-options": {
    case: "schema",
    after: () =>
      compiled(
        {
          [FLYTE]: plugin("flyte", {
            optionsSchema: { type: "object", properties: { domain: { type: "string" } }, additionalProperties: false },
            emit: () => ({ files: [file("orders.py")] }),
          }),
        },
        { [FLYTE]: "{ domain: sales }" },
      ),
    shown: diff("- ./emitters/flyte.mjs: { domain: 7, retrys: 3 }", "+ ./emitters/flyte.mjs: { domain: sales }"),
  },
  "target-refused": { case: "no-plugins", after: fine, shown: shell("mlspec compile  # without --no-plugins, where you trust the project") },
  "target-unknown": {
    case: "misspelt",
    after: () => compiled({ "mlspec-flyte": plugin("flyte", { emit: () => ({ files: [file("orders.py")] }) }) }),
    shown: diff("- mlspec-flite: {}", "+ mlspec-flyte: {}"),
  },
  "template-mistake": {
    case: "raw",
    after: () => replaced("spark/settings.py", "MARKS = {{py marks}}\n"),
    shown: diff("  # templates/own.hbs", "- MARKS = {{marks}}", "+ MARKS = {{py marks}}"),
  },
  "template-refused": {
    case: "no-plugins",
    after: () => replaced("spark/settings.py", "A = 1\n"),
    shown: shell("mlspec compile  # without --no-plugins, where you trust the project"),
  },
  "template-unknown": {
    case: "misspelt",
    after: () => replaced("spark/settings.py", "A = 1\n"),
    shown: diff("- templates: { dag.py.hbs: templates/own.hbs }", "+ templates: { airflow/dag.py: templates/own.hbs }"),
  },
  "template-unused": {
    case: "batch",
    after: () => replaced("spark/settings.py", "A = 1\n"),
    shown: diff("- templates: { python/serve.py: templates/own.hbs }", "+ templates: { spark/settings.py: templates/own.hbs }"),
  },
  "two-providers": {
    case: "image",
    after: () =>
      compiled({
        [FLYTE]: plugin("flyte", { provide: () => ({ "image:spark": { kind: "reference", reference: "acme/spark:1" } }), emit: () => ({ files: [file("a.py")] }) }),
      }),
    shown: diff("  targets:", "    ./emitters/flyte.mjs: {}", "-   ./emitters/notes.mjs: {}"),
  },
};
