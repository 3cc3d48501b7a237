/** `(ir, options, link) → files`: runs the emitters in order, prints their data, and holds them to what they promised. */
import { guard, type Linked, type Target } from "../6-link/link.js";
import { listOf } from "../diagnostics/define.js";
import { hasErrors, type Diagnostic, type Reporter } from "../diagnostic.js";
import { checkUses } from "../6-link/tool.js";
import type { ArtifactId, EmitContext, EmittedFile, LinkedArtifact, Use } from "../emitter.js";
import { canonical, sha256 } from "../hash.js";
import type { Ir } from "../ir.js";
import { printData } from "../print/data.js";
import type { Place } from "../text.js";
import { patched } from "./patch.js";
import { isOutputPath, PathSet } from "./paths.js";

/** A file of the output. */
export interface OutputFile {
  /** Below the environment's output folder: `airflow/daily_0200.py`. */
  readonly path: string;
  readonly text: string;
  /** Definitions that it comes from, sorted. */
  readonly from: readonly string[];
}

export interface EmitInput {
  readonly ir: Ir;
  readonly linked: Linked;
  /** The environment's output folder below the project folder: `generated/production`. */
  readonly folder: string;
  /** Where a definition stands. */
  readonly placeOf: (definition: string) => Place | undefined;
  readonly reporter: Reporter;
  /** By name: what the project has in place of templates of ours. */
  readonly templates?: ReadonlyMap<string, (data: object) => string>;
}

/** Sorted by path. Nothing where an emitter reported an error: output changes completely or not at all. */
export function emit(input: EmitInput): readonly OutputFile[] {
  const state: State = { files: new Map(), late: new Map(), paths: new PathSet(), done: new Set(), missing: new Map() };
  for (const target of input.linked.order) {
    const result = guard(target, input.reporter, () => target.emitter.emit(contextOf(input, state, target)));
    state.done.add(target);
    if (result === undefined) continue;
    const files = patched(target, result.files, input.reporter);
    guard(target, input.reporter, () => checkUses(target, usesOf(input, target, files), input));
    for (const file of files) take(input, state, { target, file });
    for (const [id, reference] of Object.entries(result.links ?? {})) state.late.set(id, reference);
  }
  for (const missing of state.missing.values()) input.reporter.add(missing);
  if (!hasErrors(input.reporter.diagnostics())) promises(input, state);
  return hasErrors(input.reporter.diagnostics()) ? [] : [...state.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function usesOf({ ir }: EmitInput, { emitter, options }: Target, files: readonly EmittedFile[]): readonly Use[] {
  const objects = files.flatMap((file) =>
    "text" in file ? [] : file.stream === true && Array.isArray(file.data) ? file.data : [file.data],
  );
  return emitter.uses?.({ ir, options, objects }) ?? [];
}

interface State {
  readonly files: Map<string, OutputFile>;
  readonly late: Map<string, string>;
  readonly paths: PathSet;
  /** Targets that were asked to emit. */
  readonly done: Set<Target>;
  /** What nobody provides, by kind of artifact. */
  readonly missing: Map<string, Diagnostic>;
}

function take({ reporter }: EmitInput, state: State, { target, file }: { readonly target: Target; readonly file: EmittedFile }): void {
  if (!isOutputPath(file.path)) {
    reporter.report("emitter-path", target.at, { target: target.key, path: file.path });
    return;
  }
  const path = `${target.emitter.name}/${file.path}`;
  const other = state.paths.add(path);
  if (other !== undefined) reporter.report("same-path", target.at, { path, other });
  else state.files.set(path, { path, text: "text" in file ? file.text : printData(file), from: [...new Set(file.from)].sort() });
}

function contextOf(input: EmitInput, state: State, target: Target): EmitContext {
  const { ir, linked, folder, reporter } = input;
  const missing = (id: ArtifactId): LinkedArtifact => {
    const kind = id.slice(0, id.indexOf(":"));
    const message = `This target needs \`${id}\`, and no target provides it.${advice(kind, linked)}`;
    const code = `${target.emitter.name}/needs-${kind}`;
    // One message for each kind: the first artifact stands for all, and the first target.
    const told = state.missing.get(kind) ?? { code, severity: "error", message, ...placed(target.at) };
    const related = told.related ?? [];
    const isTold = told.code === code || related.some((other) => other.span.start === target.at.span.start);
    state.missing.set(
      kind,
      isTold ? told : { ...told, related: [...related, { ...placed(target.at), message: `${target.key} needs it, too` }] },
    );
    return { kind: "reference", reference: id };
  };
  return {
    ir,
    options: target.options,
    folder,
    has: (id) => linked.artifacts.has(id),
    link: (id) => {
      const found = linked.artifacts.get(id);
      if (found === undefined) return missing(id);
      const { artifact } = found;
      if (artifact.kind === "file") {
        const path = `${programsAt(ir, folder)}/${artifact.path}`;
        return { kind: "file", path: artifact.path, argv: (artifact.argv ?? ["{path}"]).map((part) => part.replaceAll("{path}", path)) };
      }
      const reference = artifact.kind === "reference" ? artifact.reference : state.late.get(id);
      // A plugin that failed, or forgot it, has been reported or will be.
      if (reference === undefined && !(found.target.plugin && state.done.has(found.target)))
        throw new Error(`\`${target.key}\` links to \`${id}\` without saying in \`needs\` that it needs its kind`);
      return { kind: "reference", reference: reference ?? id };
    },
    contentHash: (parts) => contentHash(ir, state, parts),
    template: (name) => input.templates?.get(name),
    emitted: () => [...state.files.keys()].sort(),
    report: ({ code, severity, message, definition, option, at }) => {
      if (!target.plugin && target.emitter.diagnostics?.[code]?.severity !== severity)
        throw new Error(`${target.key} reports \`${code}\` (${severity}), which its \`diagnostics\` do not explain`);
      const place =
        at ??
        (option === undefined ? undefined : target.optionAt?.(option)) ??
        (definition === undefined ? undefined : input.placeOf(definition)) ??
        target.at;
      reporter.add({ code: `${target.emitter.name}/${code}`, severity, message, ...placed(place) });
    },
  };
}

/** Below the folder that programs are started in: images hold the output under its usual name, wherever it is on this machine. */
function programsAt({ environment: { name, runtime } }: Ir, folder: string): string {
  return runtime === "kubernetes" ? `generated/${name}` : folder;
}

function placed({ file, span }: Place): Place {
  return { file, span };
}

const PROVIDERS: Readonly<Record<string, string>> = {
  image: " Add `docker` to the targets, or an emitter that says where your images are.",
};

/** Those that are there do not write it. */
function advice(kind: string, { order }: Linked): string {
  if (kind !== "program") return PROVIDERS[kind] ?? "";
  const absent = ["spark", "python"].filter((name) => !order.some(({ key }) => key === name));
  return absent.length === 0 ? "" : ` Add ${listOf(absent, "and")} to the targets.`;
}

function contentHash(ir: Ir, { files }: State, { texts, files: wanted, code }: Parameters<EmitContext["contentHash"]>[0]): string {
  const chosen = [...files.values()].filter(({ path }) =>
    wanted.some((prefix) => path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`)),
  );
  const contents = chosen.map(({ path, text }) => [path, sha256(text)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(canonical({ texts, contents, code: code ? ir.code.map(({ path, sha256: hash }) => [path, hash]) : [] }));
}

/** Every file that others were told of is there. */
function promises({ linked, reporter }: EmitInput, state: State): void {
  for (const [id, { artifact, target }] of linked.artifacts) {
    const kept = artifact.kind === "file" ? state.files.has(artifact.path) : artifact.kind === "reference" || state.late.has(id);
    if (kept) continue;
    if (!target.plugin) throw new Error(`${target.key} provides ${id} and did not emit it`);
    reporter.report("not-emitted", target.at, { target: target.key, artifact: id });
  }
}
