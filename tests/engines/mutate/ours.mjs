// Our verdict of a project: its errors with their lines and definitions, and the columns of its queries.
import { createHash } from "node:crypto";
import {
  analyze,
  compile,
  createMemo,
  lendSha256,
  lineStarts,
  memoryHost,
  positionAt,
  schemaOf,
} from "../../../packages/compiler/dist/index.js";
import { builtins } from "../../../packages/emitters/dist/index.js";
import { readProject } from "./project.mjs";

// As the command does it: whole projects are hashed over and over.
lendSha256((content) => createHash("sha256").update(content).digest("hex"));

const memo = createMemo();

export function ours(files) {
  const analyzed = analyze(memoryHost(files), memo);
  const { diagnostics, environments, texts } = analyzed;
  const project = readProject(files);
  const lineOf = (file, offset) => positionAt(lineStarts(texts.get(file) ?? ""), offset).line;
  const errors = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, message, file, span, related = [] }) => ({
      code,
      message,
      file,
      line: lineOf(file, span.start),
      also: related.map((place) => ({ file: place.file, line: lineOf(place.file, place.span.start) })),
      definition: definitionAt(project, file, span.start),
    }));
  const analysis = environments[0]?.analysis;
  const columns = analysis === undefined ? [] : [...schemaOf(analysis)].filter(([id]) => id.startsWith("transforms."));
  return {
    errors,
    emitted: errors.length === 0 ? emittedOf(analyzed) : undefined,
    columns: Object.fromEntries(
      columns.map(([id, all]) => [id.slice("transforms.".length), all.map(({ name, type, nullable }) => [name, type, nullable])]),
    ),
  };
}

const emitters = Object.fromEntries(Object.entries(builtins).map(([name, emitter]) => [name, { emitter, plugin: false }]));

/** What the compiler writes for Spark in the first environment, by path below its folder. */
function emittedOf(analyzed) {
  const { name } = analyzed.environments[0];
  const { environments, diagnostics } = compile(analyzed, { emitters, policies: {}, environments: [name] });
  if (environments.length === 0) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  const files = environments[0].files.filter(({ path }) => /^spark\/.*\.(py|sql)$/.test(path));
  return Object.fromEntries(files.map(({ path, text }) => [path.slice("spark/".length), text]));
}

/** The source, transform or feature group that an error stands in. */
function definitionAt({ sources, transforms, features }, file, offset) {
  for (const { name, file: own, node, spec } of [sources, transforms, features].flatMap((section) => Object.values(section))) {
    if (spec.sql_file === file) return name;
    if (own === file && node.range[0] <= offset && offset <= node.range[1]) return name;
  }
  return undefined;
}
