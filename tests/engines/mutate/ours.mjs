// Our verdict of a project: its errors with their lines and definitions, and the columns of its queries.
import { analyze, createMemo, lineStarts, memoryHost, positionAt, schemaOf } from "../../../packages/compiler/dist/index.js";
import { readProject } from "./project.mjs";

const memo = createMemo();

export function ours(files) {
  const { diagnostics, environments, texts } = analyze(memoryHost(files), memo);
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
    columns: Object.fromEntries(
      columns.map(([id, all]) => [id.slice("transforms.".length), all.map(({ name, type, nullable }) => [name, type, nullable])]),
    ),
  };
}

/** The source, transform or feature group that an error stands in. */
function definitionAt({ sources, transforms, features }, file, offset) {
  for (const { name, file: own, node, spec } of [sources, transforms, features].flatMap((section) => Object.values(section))) {
    if (spec.sql_file === file) return name;
    if (own === file && node.range[0] <= offset && offset <= node.range[1]) return name;
  }
  return undefined;
}
