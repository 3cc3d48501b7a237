/** Codes that no project file shows by itself: what a host, an emitter or the output on disk has to do with them. Each is made for real. */
import { SIZE_LIMIT } from "../../packages/compiler/src/1-parse/parse.js";
import { apply, plan, reportInterrupted, reportStale, STAGING } from "../../packages/compiler/src/8-write/index.js";
import { analyze, compile, type LoadedEmitter, type UnloadedEmitter } from "../../packages/compiler/src/compile.js";
import { createReporter } from "../../packages/compiler/src/diagnostic.js";
import type { Emitter } from "../../packages/compiler/src/emitter.js";
import type { Policy } from "../../packages/compiler/src/policy.js";
import { utf8 } from "../../packages/compiler/src/hash.js";
import type { OutputFile } from "../../packages/compiler/src/7-emit/emit.js";
import { memoryHost, type MemoryHost } from "../../packages/compiler/src/testing/memory-host.js";
import { templatesFor } from "@mlspec/emitters";
import * as handlebars from "../../packages/emitters/src/text/template-source.js";
import { emitters } from "../support/compile.js";
import type { Outcome } from "./run.js";

export const PROJECT = `mlspec: v1
project: shop
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments:
  local: { runtime: local }
targets:
`;

type Fake = Partial<Omit<Emitter, "provide" | "emit">> & { readonly provide?: () => unknown; readonly emit?: (context: Parameters<Emitter["emit"]>[0]) => unknown };

/** An emitter of the project's own. It is code without types, so it may do what types forbid. */
export function plugin(name: string, fake: Fake = {}): LoadedEmitter {
  const emitter = { name, needs: [], provide: () => ({}), emit: () => ({ files: [] }), ...fake } as unknown as Emitter;
  return { emitter, plugin: true };
}

/** Compiles a project whose targets are these emitters; `options` are written behind the key. */
export function compiled(emitters: Readonly<Record<string, LoadedEmitter | UnloadedEmitter>>, options: Readonly<Record<string, string>> = {}): Outcome {
  const keys = [...new Set([...Object.keys(emitters), ...Object.keys(options)])];
  const targets = keys.map((key) => `  ${key}: ${options[key] ?? "{}"}\n`).join("");
  const text = keys.length === 0 ? PROJECT.replace("targets:", "targets: {}") : PROJECT + targets;
  const project = analyze(memoryHost({ "mlspec.yaml": text }));
  return { diagnostics: compile(project, { emitters }).diagnostics, texts: project.texts };
}

/** A project with a patch of what an emitter of its own writes. */
export function patched(patch: string): Outcome {
  const flyte = plugin("flyte", {
    emit: () => ({
      files: [
        { path: "api.yaml", from: ["project"], stream: true, data: [DEPLOYMENT, { kind: "Service", metadata: { name: "shop-api" } }] },
        file("notes.md"),
      ],
    }),
    verify: (object) => {
      const replicas: unknown = Reflect.get(Reflect.get(Object(object), "spec") as object, "replicas");
      return typeof replicas === "string" ? [{ path: ["spec", "replicas"], reason: "it has to be a whole number, and is a text" }] : [];
    },
  });
  return compiled({ [FLYTE]: flyte }, { [FLYTE]: `\n    patches:\n      - ${patch}` });
}

export const NAMING = "./policies/naming.mjs";

/** A project of one source with a policy in code; undefined refuses all code. */
export function asked(policy: Policy | UnloadedEmitter): Outcome {
  const source = "sources:\n  tmp_orders: { files: { path: ./raw, format: parquet }, key: id, event_time: at, columns: { id: string!, at: timestamp! } }\n";
  const spec = `${PROJECT}  spark: { version: "4.1" }\n${source}policies: { naming: { use: ${NAMING} } }\n`;
  const project = analyze(memoryHost({ "mlspec.yaml": spec }));
  const { diagnostics } = compile(project, { emitters, policies: { [NAMING]: policy } });
  return { diagnostics: diagnostics.filter(({ code }) => code !== "unused-definition"), texts: project.texts };
}

const naming = (severity: "error" | "warning"): Policy => ({
  check: ({ definitions }) =>
    definitions
      .filter(({ name }) => name.startsWith("tmp_"))
      .map(({ id }) => ({ at: id, severity, message: "Names do not begin with `tmp_`. Give it the name of what it holds." })),
});

/** A project of one source with a template of its own. */
export function replaced(name: string, text: string, run = true): Outcome {
  const source = "sources:\n  orders: { files: { path: ./raw, format: parquet }, key: id, event_time: at, columns: { id: string!, at: timestamp! } }\n";
  const spec = `${PROJECT}  spark: { version: "4.1" }\n${source}templates: { ${name}: templates/own.hbs }\n`;
  const project = analyze(memoryHost({ "mlspec.yaml": spec, "templates/own.hbs": text }));
  const { diagnostics } = compile(project, { emitters, templates: templatesFor(handlebars, run) });
  return { diagnostics: diagnostics.filter(({ code }) => code !== "unused-definition"), texts: project.texts };
}

const DEPLOYMENT = { kind: "Deployment", metadata: { name: "shop-api" }, spec: { replicas: 2 } };

/** A project with a link that a pattern finds and that cannot be read. */
export function linked(entry: string, path: string): Outcome {
  const host = memoryHost({ "mlspec.yaml": `${PROJECT}  python: {}\n${entry}`, [path]: "" });
  const project = analyze({ ...host, read: (asked) => (asked === path ? undefined : host.read(asked)) });
  return { diagnostics: project.diagnostics, texts: project.texts };
}

export const file = (path: string, text = "# made\n"): { readonly path: string; readonly text: string; readonly from: readonly string[] } => ({ path, text, from: ["project"] });
export const FLYTE = "./emitters/flyte.mjs";
export const NOTES = "./emitters/notes.mjs";

const FOLDER = "generated/local";
export const outputs = (text: string): readonly OutputFile[] => [file("spark/ingest_orders.py", text), file("spark/settings.py", "PROJECT = 'shop'\n")];

/** Output that version 1.0.0 wrote, then met again. */
export function written(change: (host: MemoryHost) => void, { files = outputs("rows = 1\n"), version = "1.0.0" } = {}): Outcome {
  const host = memoryHost({ "mlspec.yaml": `${PROJECT}  python: {}\n` });
  const before = { host, folder: FOLDER, version: "1.0.0", force: false };
  apply(host, plan({ ...before, files: outputs("rows = 1\n"), reporter: createReporter() }));
  change(host);
  const reporter = createReporter();
  const project = analyze(host);
  const planned = plan({ ...before, files, version, reporter });
  const environment = project.environments[0]?.resolved.locate(["environments", "local"], "key");
  if (environment !== undefined && reportInterrupted(host, FOLDER, { environment, reporter })) return { diagnostics: reporter.diagnostics(), texts: project.texts };
  if (environment !== undefined && reporter.diagnostics().length === 0) reportStale(planned, version, { environment, reporter });
  const texts = new Map([...host.files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
  return { diagnostics: reporter.diagnostics(), texts };
}

const unchanged = (): void => undefined;
export const INGEST = `${FOLDER}/spark/ingest_orders.py`;

/** A target for versions of a tool that does not have everything in all of them. */
export function versioned(version: string): Outcome {
  const capabilities = { caching: { since: "1.12", reason: "tasks were not cached before" }, launch_plans: { until: "1.13" } };
  const fake = plugin("flyte", {
    optionsSchema: { type: "object", properties: { version: { type: "string" } } },
    tool: { name: "Flyte", versions: ">=1.10 <2", capabilities },
    uses: () => [
      { capability: "caching", what: "cached tasks" },
      { capability: "launch_plans", what: "launch plans without inputs" },
    ],
    emit: () => ({ files: [file("orders.py")] }),
  });
  return compiled({ [FLYTE]: fake }, { [FLYTE]: `{ version: "${version}" }` });
}

export const situations: Readonly<Record<string, Readonly<Record<string, () => Outcome>>>> = {
  "policy-broken": { name: () => asked(naming("error")) },
  "policy-warned": { name: () => asked(naming("warning")) },
  "policy-failed": {
    "no-list": () => asked({ check: () => Promise.resolve([]) as never }),
    "not-loaded": () => asked({ reason: "there is no such file in the project" }),
    throws: () =>
      asked({
        check: () => {
          throw new TypeError("no rules");
        },
      }),
    "unknown-place": () => asked({ check: () => [{ at: "sources.orders", message: "It is wrong." }] }),
  },
  "policy-refused": { "no-plugins": () => asked({}) },
  "emitter-cycle": {
    two: () =>
      compiled({
        [FLYTE]: plugin("flyte", { needs: ["note"], provide: () => ({ "workflow:daily": { kind: "reference", reference: "daily" } }) }),
        [NOTES]: plugin("notes", { needs: ["workflow"], provide: () => ({ "note:daily": { kind: "reference", reference: "daily" } }) }),
      }),
  },
  "emitter-failed": {
    throws: () =>
      compiled({
        [FLYTE]: plugin("flyte", {
          emit: () => {
            throw new TypeError("Cannot read properties of undefined (reading 'domain')");
          },
        }),
      }),
    promise: () => compiled({ [FLYTE]: plugin("flyte", { emit: () => Promise.resolve({ files: [] }) }) }),
    "no-data": () => compiled({ [FLYTE]: plugin("flyte", { emit: () => ({ files: [{ path: "a.yaml", from: [], data: { retries: Number.NaN } }] }) }) }),
    changes: () =>
      compiled({
        [FLYTE]: plugin("flyte", {
          emit: ({ ir }) => {
            Object.assign(ir.project, { name: "mine" });
            return { files: [] };
          },
        }),
      }),
  },
  "target-broken": {
    missing: () => compiled({ [FLYTE]: { reason: "there is no such file in the project" } }),
    "no-emitter": () => compiled({ [FLYTE]: plugin("flyte", { needs: "program" as unknown as readonly string[] }) }),
    "name-taken": () => compiled({ [FLYTE]: plugin("notes"), [NOTES]: plugin("notes") }),
  },
  "target-idle": { references: () => compiled({ [FLYTE]: plugin("flyte"), [NOTES]: plugin("notes", { emit: () => ({ files: [file("a.txt")] }) }) }) },
  "nothing-written": {
    targets: () => compiled({}, {}),
    idle: () => compiled({ [FLYTE]: plugin("flyte") }),
  },
  "not-a-file": {
    code: () => linked("code: [src/**, requirements.txt]\n", "src/lib"),
    include: () => linked("include: [specs/*.yaml]\n", "specs/shared.yaml"),
  },
  "target-refused": { "no-plugins": () => compiled({ [FLYTE]: {} }) },
  "emitter-path": { outside: () => compiled({ [FLYTE]: plugin("flyte", { emit: () => ({ files: [file("../airflow/dag.py")] }) }) }) },
  "file-too-large": {
    included: () => {
      const project = analyze(memoryHost({ "mlspec.yaml": `${PROJECT}  python: {}\ninclude: [specs/*.yaml]\n`, "specs/all.yaml": `# ${"x".repeat(SIZE_LIMIT)}\n` }));
      return { diagnostics: project.diagnostics, texts: new Map([...project.texts].filter(([path]) => path === "mlspec.yaml")) };
    },
  },
  "not-in-version": { newer: () => versioned("1.11"), gone: () => versioned("1.13") },
  "not-emitted": {
    promised: () => compiled({ [FLYTE]: plugin("flyte", { provide: () => ({ "program:ingest.orders": { kind: "file", path: "flyte/orders.py" } }) }) }),
  },
  "output-edited": { file: () => written((host) => host.files.set(INGEST, utf8("rows = 2\n"))) },
  "output-foreign": { file: () => written((host) => host.files.set(`${FOLDER}/spark/train.py`, utf8("mine\n")), { files: [...outputs("rows = 1\n"), file("spark/train.py")] }) },
  "output-other-version": { newer: () => written(unchanged, { files: outputs("rows = 2\n"), version: "1.1.0" }) },
  "output-stale": {
    changed: () => written(unchanged, { files: outputs("rows = 2\n") }),
    manifest: () => written((host) => host.files.set(`${FOLDER}/.mlspec-manifest`, utf8(`${text(host, ".mlspec-manifest")}\n`))),
    interrupted: () => written((host) => host.mkdir(`${FOLDER}/${STAGING}`)),
    missing: () => written((host) => [...host.files.keys()].filter((path) => path.startsWith("generated/")).forEach((path) => host.files.delete(path))),
  },
  "patch-anything": { target: () => patched("{ merge: { spec: {} } }") },
  "patch-nothing": {
    kind: () => patched("{ kind: Deploymnet, merge: { spec: { replicas: 3 } } }"),
    name: () => patched("{ kind: Deployment, name: shop_api, merge: { spec: { replicas: 3 } } }"),
    text: () => patched("{ file: notes.md, merge: { title: Notes } }"),
  },
  "patch-failed": {
    pointer: () => patched("{ kind: Deployment, json_patch: [{ op: replace, path: /spec/replica, value: 3 }] }"),
    member: () => patched("{ kind: Deployment, json_patch: [{ op: add, path: /spec/paused }] }"),
    test: () => patched("{ kind: Deployment, json_patch: [{ op: test, path: /spec/replicas, value: 3 }] }"),
    number: () => patched("{ kind: Deployment, merge: { spec: { replicas: .inf } } }"),
  },
  "patch-invalid": {
    value: () => patched('{ kind: Deployment, merge: { spec: { replicas: "3" } } }'),
    renamed: () => patched("{ kind: Deployment, merge: { metadata: { name: api } } }"),
  },
  "patch-no-effect": { same: () => patched("{ kind: Deployment, merge: { spec: { replicas: 2 } } }") },
  "template-unknown": { misspelt: () => replaced("dag.py.hbs", "{{py dag_id}}\n"), nothing: () => replaced("helm/chart.yaml", "\n"), target: () => replaced("airflow/pipeline.py", "\n") },
  "template-mistake": {
    raw: () => replaced("spark/settings.py", "# Of our own.\nMARKS = {{marks}}\n"),
    syntax: () => replaced("spark/settings.py", "A = 1\n{{#each (}}\n"),
    unclosed: () => replaced("spark/settings.py", "A = 1\n{{#if marks}}\nB = 2\n{{/each}}\n"),
    data: () => replaced("spark/settings.py", "A = 1\nB = {{py projekt}}\n"),
    value: () => replaced("spark/settings.py", "A = {{block program}}\n"),
  },
  "template-refused": { "no-plugins": () => replaced("spark/settings.py", "A = 1\n", false) },
  "template-unused": { batch: () => replaced("python/serve.py", "A = 1\n") },
  "same-path": {
    case: () => compiled({ [FLYTE]: plugin("flyte", { emit: () => ({ files: [file("Orders.py"), file("orders.py")] }) }) }),
  },
  "target-options": {
    schema: () =>
      compiled(
        { [FLYTE]: plugin("flyte", { optionsSchema: { type: "object", properties: { domain: { type: "string" } }, additionalProperties: false } }) },
        { [FLYTE]: "{ domain: 7, retrys: 3 }" },
      ),
  },
  "target-unknown": { misspelt: () => compiled({ "mlspec-flyte": plugin("flyte") }, { "mlspec-flite": "{}" }) },
  "two-providers": {
    image: () => {
      const provide = (): unknown => ({ "image:spark": { kind: "reference", reference: "acme/spark:1" } });
      return compiled({ [FLYTE]: plugin("flyte", { provide }), [NOTES]: plugin("notes", { provide }) });
    },
  },
};

export function text(host: MemoryHost, path: string): string {
  return new TextDecoder().decode(host.files.get(`${FOLDER}/${path}`));
}
