import { expect, test } from "vitest";
import { link, type Target } from "../../src/6-link/link.js";
import { heldToInterface } from "../../src/6-link/plugin.js";
import { emit, type OutputFile } from "../../src/7-emit/emit.js";
import { createReporter, type Diagnostic } from "../../src/diagnostic.js";
import type { EmitContext, Emitter, EmittedFile, EmitResult, Provided } from "../../src/emitter.js";
import { emptyIr } from "../../src/testing/empty-ir.js";

interface Fake {
  readonly needs?: readonly string[];
  readonly provide?: Provided | (() => Provided);
  readonly emit?: (context: EmitContext) => EmitResult;
  readonly plugin?: boolean;
}

function target(key: string, { needs = [], provide = {}, emit: run = () => ({ files: [] }), plugin = false }: Fake): Target {
  const emitter: Emitter = { name: key, needs, provide: typeof provide === "function" ? provide : () => provide, emit: run };
  return {
    key,
    emitter: plugin ? heldToInterface(emitter) : emitter,
    options: {},
    plugin,
    at: { file: "mlspec.yaml", span: { start: 1, end: 2 } },
  };
}

function run(
  targets: readonly Target[],
  placeOf: () => undefined = () => undefined,
): { readonly files: readonly OutputFile[]; readonly diagnostics: readonly Diagnostic[] } {
  const reporter = createReporter();
  const linked = link(emptyIr, targets, reporter);
  const files = emit({ ir: emptyIr, linked, folder: "generated/local", placeOf, reporter });
  return { files, diagnostics: reporter.diagnostics() };
}

const text = (path: string, content = "x\n"): EmittedFile => ({ path, text: content, from: ["project"] });
const codes = (targets: readonly Target[]): readonly string[] => run(targets).diagnostics.map(({ code }) => code);

test("a file's link carries the command that runs it, below the project folder", () => {
  const spark = target("spark", {
    provide: { "program:ingest.a": { kind: "file", path: "spark/ingest_a.py", argv: ["python3", "{path}"] } },
    emit: () => ({ files: [text("ingest_a.py")] }),
  });
  const airflow = target("airflow", {
    needs: ["program"],
    emit: ({ link: ask }) => ({ files: [text("dag.py", JSON.stringify(ask("program:ingest.a", "dag.py")))] }),
  });
  const { files, diagnostics } = run([airflow, spark]);
  expect(diagnostics).toEqual([]);
  expect(files.find(({ path }) => path === "airflow/dag.py")?.text).toBe(
    '{"kind":"file","path":"spark/ingest_a.py","argv":["python3","generated/local/spark/ingest_a.py"]}',
  );
});

test("late links are known to whoever emits after, whatever the order of the targets", () => {
  const docker = target("docker", {
    needs: ["program"],
    provide: { "image:spark": { kind: "late" } },
    emit: ({ contentHash }) => ({
      files: [],
      links: { "image:spark": `r/spark:${contentHash({ texts: ["FROM x"], files: ["spark"], code: true }).slice(0, 8)}` },
    }),
  });
  const spark = target("spark", {
    provide: { "program:a": { kind: "file", path: "spark/a.py" } },
    emit: () => ({ files: [text("a.py")] }),
  });
  const airflow = target("airflow", {
    needs: ["image"],
    emit: ({ link: ask }) => ({ files: [text("dag.py", JSON.stringify(ask("image:spark", "dag.py")))] }),
  });
  const orders = [
    [airflow, docker, spark],
    [spark, docker, airflow],
    [docker, airflow, spark],
  ].map((targets) => run(targets).files);
  expect(orders[0]?.[0]?.text).toMatch(/r\/spark:[0-9a-f]{8}/);
  expect(orders[1]).toEqual(orders[0]);
  expect(orders[2]).toEqual(orders[0]);
});

test("an image's hash changes with a file that it copies, and with nothing else", () => {
  const tag = (program: string, other: string): string | undefined => {
    const spark = target("spark", {
      provide: { "program:a": { kind: "file", path: "spark/a.py" } },
      emit: () => ({ files: [text("a.py", program)] }),
    });
    const notes = target("notes", { emit: () => ({ files: [text("n.txt", other)] }) });
    const docker = target("docker", {
      needs: ["program"],
      emit: ({ contentHash }) => ({ files: [text("tag", contentHash({ texts: [], files: ["spark"], code: false }))] }),
    });
    return run([spark, notes, docker]).files.find(({ path }) => path === "docker/tag")?.text;
  };
  expect(tag("1", "1")).toBe(tag("1", "2"));
  expect(tag("1", "1")).not.toBe(tag("2", "1"));
});

test("an artifact that nobody provides is a diagnostic at the target that needs it, once for each kind", () => {
  const airflow = target("airflow", {
    needs: ["image"],
    emit: ({ link: ask }) => ({ files: [text("dag.py", [ask("image:spark", "dag.py"), ask("image:training", "dag.py")].join())] }),
  });
  expect(run([airflow]).diagnostics).toMatchInlineSnapshot(`
    [
      {
        "code": "airflow/needs-image",
        "file": "mlspec.yaml",
        "message": "This target needs \`image:spark\`, and no target provides it. Add \`docker\` to the targets, or an emitter that says where your images are.",
        "severity": "error",
        "span": {
          "end": 2,
          "start": 1,
        },
      },
    ]
  `);
  expect(run([airflow]).files).toEqual([]);
});

test("two providers, and targets that need each other, are diagnostics", () => {
  const image: Provided = { "image:spark": { kind: "reference", reference: "a" } };
  expect(codes([target("a", { provide: image }), target("b", { provide: image })])).toEqual(["two-providers"]);
  const first = target("a", { needs: ["y"], provide: { "x:1": { kind: "reference", reference: "a" } } });
  const second = target("b", { needs: ["x"], provide: { "y:1": { kind: "reference", reference: "b" } } });
  expect(codes([first, second])).toEqual(["emitter-cycle"]);
});

test.for(["../escape.py", "/etc/passwd", "a//b", "a/./b", "C:/x", "a\\b", "", "nul.txt", "a\u0000b", "trailing."])(
  "no file is written at %j",
  (path) => {
    expect(codes([target("a", { emit: () => ({ files: [text(path)] }) })])).toEqual(["emitter-path"]);
  },
);

test.for([[["a.py", "a.py"]], [["a.py", "A.py"]], [["a", "a/b"]], [["Dir/x", "dir"]]] as const)(
  "files that get in each other's way: %j",
  ([paths]) => {
    expect(codes([target("a", { emit: () => ({ files: paths.map((path) => text(path)) }) })])).toEqual(["same-path"]);
  },
);

test("what a plugin throws, returns wrongly or promises in vain is a diagnostic; of ours it is a bug", () => {
  const broken = (): never => {
    throw new Error("boom");
  };
  const badly = (): EmitResult => JSON.parse('{"files": [{"path": 1}]}') as EmitResult;
  const promise: Provided = { "program:a": { kind: "file", path: "a/missing.py" } };
  expect(codes([target("a", { plugin: true, emit: broken })])).toEqual(["emitter-failed"]);
  expect(codes([target("a", { plugin: true, provide: broken })])).toEqual(["emitter-failed"]);
  expect(codes([target("a", { plugin: true, emit: badly })])).toEqual(["emitter-failed"]);
  expect(codes([target("a", { plugin: true, provide: promise })])).toEqual(["not-emitted"]);
  expect(() => run([target("a", { emit: broken })])).toThrow("boom");
  expect(() => run([target("a", { provide: promise })])).toThrow("did not emit");
});

test("a late image that a plugin forgot is its mistake, not a crash of the target that links to it", () => {
  const images = target("images", { plugin: true, provide: { "image:spark": { kind: "late" } } });
  const airflow = target("airflow", {
    needs: ["image"],
    emit: ({ link: ask }) => ({ files: [text("dag.py", JSON.stringify(ask("image:spark", "dag.py")))] }),
  });
  expect(codes([airflow, images])).toEqual(["not-emitted"]);
  const failing = { plugin: true, provide: { "image:spark": { kind: "late" } } as const, emit: (): never => JSON.parse("{") as never };
  expect(codes([airflow, target("images", failing)])).toEqual(["emitter-failed"]);
});

test("data is printed by the core", () => {
  const { files } = run([
    target("k", {
      emit: () => ({
        files: [
          { path: "a.yaml", data: { on: "yes", n: 1 }, from: ["project"] },
          { path: "b.json", data: { a: [1] }, from: [] },
        ],
      }),
    }),
  ]);
  expect(files.map((file) => file.text)).toEqual(['"on": "yes"\n"n": 1\n', '{\n  "a": [\n    1\n  ]\n}\n']);
});
