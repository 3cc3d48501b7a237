/** Files of a project in place of templates of ours: read with the project, held to the same rules, and used where a template is printed. */
import { nearest, type Reporter } from "./diagnostic.js";
import { decoded, isOutside, type Reading } from "./compile-project.js";
import type { MergedEnvironment } from "./3-resolve/index.js";
import type { ProjectSpec } from "./spec.js";
import type { Place } from "./text.js";

/** What a host knows of the templates of built-in emitters. */
export interface Templates {
  readonly names: readonly string[];
  /** What is wrong with a text in place of one. */
  check(name: string, source: string): readonly ({ readonly message: string } & TemplatePlace)[];
  /** Makes it print. Absent where nothing of the project's own is run. */
  readonly replace?: (name: string, source: string) => (data: object) => string;
}

/** A hole in a template, or a whole line. Lines count from 1, columns from 0. */
export interface TemplatePlace {
  readonly line: number;
  readonly columns?: { readonly start: number; readonly end: number } | undefined;
}

/** What a replacement throws where it meets data that it cannot print. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  constructor(
    message: string,
    readonly place: TemplatePlace,
  ) {
    super(message);
  }
}

export interface TemplateFile {
  /** The template that it stands for. */
  readonly name: string;
  readonly path: string;
  readonly source: string;
  /** Where the project names the template, and the file. */
  readonly key: Place;
  readonly at: Place;
}

export function readTemplates(reading: Reading, spec: ProjectSpec, { locate }: Pick<MergedEnvironment, "locate">): readonly TemplateFile[] {
  return Object.entries(spec.templates ?? {}).flatMap(([name, path]): readonly TemplateFile[] => {
    if (name.startsWith("x-")) return [];
    const at = locate(["templates", name]);
    const bytes = isOutside(path) ? undefined : reading.host.read(path);
    if (bytes === undefined) reading.reporter.report("no-such-file", at, { path });
    const text = bytes === undefined ? undefined : decoded(reading, path, bytes);
    return text === undefined ? [] : [{ name, path, source: text, key: locate(["templates", name], "key"), at }];
  });
}

export interface Replacements {
  /** By name; a mistake that shows when one is printed goes to the reporter. */
  into(reporter: Reporter): ReadonlyMap<string, (data: object) => string>;
  /** What no environment printed. */
  reportUnused(reporter: Reporter): void;
}

/** What is wrong with one is reported; the others are of use. */
export function replacements(files: readonly TemplateFile[], templates: Templates | undefined, reporter: Reporter): Replacements {
  const used = new Set<string>();
  const printers = files.flatMap((file): readonly (readonly [TemplateFile, (data: object) => string])[] => {
    const print = printerOf(file, templates, reporter);
    return print === undefined ? [] : [[file, print]];
  });
  return {
    into: (own) =>
      new Map(
        printers.map(([file, print]) => [
          file.name,
          (data) => {
            used.add(file.name);
            return guarded(file, own, () => print(data));
          },
        ]),
      ),
    reportUnused: (own) => {
      for (const [{ name, key }] of printers) if (!used.has(name)) own.report("template-unused", key, { name });
    },
  };
}

function printerOf(file: TemplateFile, templates: Templates | undefined, reporter: Reporter): ((data: object) => string) | undefined {
  const { name, path, source, key } = file;
  if (templates !== undefined && !templates.names.includes(name)) {
    reporter.report("template-unknown", key, { name, names: templates.names, nearest: nearestTemplate(name, templates.names) });
    return undefined;
  }
  // What it says is not run, so it may be looked at anywhere.
  const mistakes = templates?.check(name, source) ?? [];
  for (const { message, ...place } of mistakes) reporter.report("template-mistake", placeIn(file, place), { name, reason: message });
  if (templates?.replace === undefined) reporter.report("template-refused", key, { name, path });
  return mistakes.length > 0 ? undefined : templates?.replace?.(name, source);
}

/** A mistake that only data shows: a name that we do not give, a value that the hole does not take. */
function guarded(file: TemplateFile, reporter: Reporter, print: () => string): string {
  try {
    return print();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    reporter.report("template-mistake", placeIn(file, error.place), { name: file.name, reason: error.message });
    return "";
  }
}

/** The hole, or the words of the line. */
function placeIn({ path, source }: TemplateFile, { line, columns }: TemplatePlace): Place {
  const lines = source.split("\n");
  const text = lines[line - 1] ?? "";
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const { start, end } = columns ?? { start: text.length - text.trimStart().length, end: text.trimEnd().length };
  return { file: path, span: { start: before + start, end: before + Math.max(start, end) } };
}

/** `dag.py` and `airflow/dag.py.hbs` mean `airflow/dag.py`. */
function nearestTemplate(name: string, names: readonly string[]): string | undefined {
  const plain = name.replace(/\.hbs$/, "");
  if (names.includes(plain)) return plain;
  const ending = names.filter((each) => each.endsWith(`/${plain}`));
  return ending.length === 1 ? ending[0] : nearest(plain, names);
}
