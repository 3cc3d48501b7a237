/** The pipeline. Two steps, both synchronous: `analyze` says which targets there are, so that a host can load their emitters; `compile` writes files. */
import { reportUnknowns, resolve, type ResolvedEnvironment, type SymbolTable, type Unknowns } from "./3-resolve/index.js";
import type { Analysis, Finding } from "./4-analyze/analysis.js";
import { analyze as analyzeSpec } from "./4-analyze/analyze.js";
import { lower } from "./5-lower/index.js";
import { link } from "./6-link/link.js";
import { freeze } from "./6-link/plugin.js";
import { emit, type OutputFile } from "./7-emit/emit.js";
import { askPolicies } from "./ask-policies.js";
import { createReporter, hasErrors, type Diagnostic, type Reporter } from "./diagnostic.js";
import type { Policy } from "./policy.js";
import type { Emitter } from "./emitter.js";
import { diagnosticOf, placeOf, withoutNeedlessEnvironments } from "./findings.js";
import { recording, type Host, type Reads } from "./host.js";
import type { CodeFile, Ir } from "./ir.js";
import { targetsOf } from "./compile-targets.js";
import { readCode, readPackages } from "./compile-code.js";
import { PROJECT_FILE, readProject, readSchemaFiles, readSqlFiles } from "./compile-project.js";
import { readTemplates, replacements, type Replacements, type TemplateFile, type Templates } from "./compile-templates.js";
import { createMemo, type Memo } from "./memo.js";

export interface AnalyzedEnvironment {
  readonly name: string;
  readonly resolved: ResolvedEnvironment;
  /** Absent where the spec itself is not in order. */
  readonly analysis?: Analysis;
  readonly code: readonly CodeFile[];
}

export interface AnalyzedProject {
  readonly symbols: SymbolTable;
  readonly environments: readonly AnalyzedEnvironment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files that were read, by path: what diagnostics are shown in. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that the project has in place of templates of ours. */
  readonly templates: readonly TemplateFile[];
  /** All that the answer depends on. */
  readonly reads: Reads;
}

/** `memo` remembers what files, SQL and definitions say: over environments, and over runs where it is given again. */
export function analyze(host: Host, memo: Memo = createMemo()): AnalyzedProject {
  const reporter = createReporter();
  const { host: seen, reads } = recording(host);
  const reading = { host: seen, reporter, memo, texts: new Map<string, string>() };
  const files = readProject(reading);
  const { symbols, environments, unknown } = resolve(files, reporter, memo);
  const found = createReporter();
  const unsettled = hasErrors(reporter.diagnostics());
  const analyzed = environments.map((resolved): AnalyzedEnvironment => {
    const { name, spec } = resolved;
    if (spec === undefined) return { name, resolved, code: [] };
    const sqlFiles = readSqlFiles(reading, spec, resolved);
    const schemaFiles = readSchemaFiles(reading, spec, resolved);
    const code = readCode(reading, spec, resolved);
    const analysis = analyzeSpec({ environment: name, spec, sqlFiles, schemaFiles, packages: readPackages(seen, code) }, memo);
    for (const finding of analysis.findings) {
      if (isEcho(finding, resolved)) continue;
      // What tests say is held to what there is: as long as that is not in order, they wait.
      if (unsettled && isOfTest(finding)) continue;
      // The same name may be unknown in slots, too.
      const kinds = namedKinds(finding) ?? testedKinds(finding, unknown);
      if (kinds === undefined && isOfTest(finding) && unknown.all().length > 0) continue;
      if (kinds !== undefined)
        unknown.add(
          kinds,
          String(finding.args["name"]),
          placeOf(finding.at, resolved),
          finding.code === "unknown-table" ? { near: finding.replacement } : undefined,
        );
      else found.add(diagnosticOf(finding, resolved));
    }
    return { name, resolved, analysis, code };
  });
  reportUnknowns(files, symbols, unknown, reporter.report);
  const names = environments.map(({ name }) => name);
  for (const diagnostic of withoutNeedlessEnvironments(found.diagnostics(), names)) reporter.add(diagnostic);
  const first = analyzed.find(({ resolved }) => resolved.spec !== undefined)?.resolved;
  const templates = first?.spec === undefined ? [] : readTemplates(reading, first.spec, first);
  const diagnostics = withoutUnused(reporter.diagnostics());
  const texts = withoutSecrets(reading.texts, diagnostics);
  return { symbols, environments: analyzed, diagnostics, texts, templates, reads: reads() };
}

/** What diagnostics are shown in, without values that somebody wrote where a secret belongs. */
function withoutSecrets(texts: ReadonlyMap<string, string>, diagnostics: readonly Diagnostic[]): ReadonlyMap<string, string> {
  const written = diagnostics.filter(({ code }) => code === "secret-literal");
  if (written.length === 0) return texts;
  const shown = new Map(texts);
  for (const { file, span } of written) {
    const text = shown.get(file);
    if (text === undefined) continue;
    const hidden = text.slice(span.start, span.end).replace(/[^\r\n]/g, "*");
    shown.set(file, text.slice(0, span.start) + hidden + text.slice(span.end));
  }
  return shown;
}

/** Of which kind of definition a finding says that there is none of a name. */
function namedKinds({ code, args }: Finding): readonly string[] | undefined {
  if (code === "unknown-table") return ["source", "transform"];
  return code === "unknown-column" && args["where"] === "`features`" ? ["feature"] : undefined;
}

/** What nothing uses may be used where a mistake is: that is said of a project without mistakes only. */
function withoutUnused(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return hasErrors(diagnostics) ? diagnostics.filter(({ code }) => !code.startsWith("unused-")) : diagnostics;
}

/** Of what tests give and expect. */
const GIVEN = ["source", "transform"];
const EXPECTED = [...GIVEN, "feature", "model", "deployment"];

/** Of which kind of definition a test names one that there is not: of that which is missing elsewhere, too. */
function testedKinds(finding: Finding, unknown: Unknowns): readonly string[] | undefined {
  const { code, args, at } = finding;
  const name = String(args["name"]);
  if (!isOfTest(finding) || code !== "unknown-reference" || name.includes(".") || at.in !== "spec") return undefined;
  if (at.path[2] === "given") return GIVEN;
  return unknown.all().find((one) => one.name === name && one.kinds.every((kind) => EXPECTED.includes(kind)))?.kinds ?? EXPECTED;
}

function isOfTest({ at }: Finding): boolean {
  return at.in === "spec" && at.path[0] === "tests";
}

/** Whether a finding only follows from a mistake that is reported: of a definition that was left out, of a name, or of a variable. */
function isEcho({ code, args }: Finding, { lost, wrongVars }: ResolvedEnvironment): boolean {
  if (code === "path-on-machine" && wrongVars) return true;
  return lost.length > 0 && Object.values(args).some((value) => lost.includes(String(value)));
}

export interface LoadedEmitter {
  readonly emitter: Emitter;
  /** Comes from the project, not from us. */
  readonly plugin: boolean;
}

/** An emitter or a policy of the project's own that the host did not load. */
export interface UnloadedEmitter {
  /** Half a sentence; absent where the host refuses all of them. */
  readonly reason?: string;
}

export interface CompileOptions {
  /** By key of `targets`. */
  readonly emitters: Readonly<Record<string, LoadedEmitter | UnloadedEmitter>>;
  /** By `use` of policies; one that is not there is refused. Without the map none is asked: for a project as it was. */
  readonly policies?: Readonly<Record<string, Policy | UnloadedEmitter>>;
  /** What the templates of built-in emitters are, and how they are replaced; without it the project's own are refused. */
  readonly templates?: Templates;
  /** Only these environments; default all. */
  readonly environments?: readonly string[];
  /** Folder of all output, below the project folder. */
  readonly out?: string;
}

export interface CompiledEnvironment {
  readonly name: string;
  /** Output folder below the project folder. */
  readonly folder: string;
  readonly ir: Ir;
  readonly files: readonly OutputFile[];
}

export interface CompiledProject {
  /** Nothing is compiled where anything is an error. */
  readonly environments: readonly CompiledEnvironment[];
  readonly diagnostics: readonly Diagnostic[];
}

export function compile(project: AnalyzedProject, options: CompileOptions): CompiledProject {
  const reporter = createReporter();
  for (const diagnostic of project.diagnostics) reporter.add(diagnostic);
  if (hasErrors(project.diagnostics)) return { environments: [], diagnostics: reporter.diagnostics() };
  const chosen = project.environments.filter(({ name }) => options.environments?.includes(name) ?? true);
  const found = createReporter();
  const active = new Set<string>();
  const templates = replacements(project.templates, options.templates, found);
  const compiled = chosen.flatMap((environment) => {
    const own = createReporter();
    askPolicies(environment, options, own);
    const result = compileEnvironment(project, environment, { options, reporter: own, active, templates });
    for (const diagnostic of own.diagnostics()) found.add({ ...diagnostic, environments: [environment.name] });
    return result;
  });
  if (chosen.length === project.environments.length && !hasErrors(found.diagnostics())) {
    reportIdle(chosen, active, reporter);
    templates.reportUnused(reporter);
  }
  for (const diagnostic of withoutNeedlessEnvironments(
    found.diagnostics(),
    chosen.map(({ name }) => name),
  ))
    reporter.add(diagnostic);
  const diagnostics = reporter.diagnostics();
  return { environments: hasErrors(diagnostics) ? [] : compiled, diagnostics };
}

interface Run {
  readonly options: CompileOptions;
  readonly reporter: Reporter;
  /** Keys of targets that wrote or provided something. */
  readonly active: Set<string>;
  readonly templates: Replacements;
}

/** Targets that have nothing to do anywhere. In one environment that is common: images are of no use on one machine. */
function reportIdle(environments: readonly AnalyzedEnvironment[], active: ReadonlySet<string>, reporter: Reporter): void {
  for (const { analysis, resolved } of environments)
    for (const key of Object.keys(analysis?.spec.targets ?? {}))
      if (!key.startsWith("x-") && !active.has(key))
        reporter.report("target-idle", resolved.locate(["targets", key], "key"), { target: key });
}

function compileEnvironment(
  project: AnalyzedProject,
  environment: AnalyzedEnvironment,
  { options, reporter, active, templates }: Run,
): readonly CompiledEnvironment[] {
  const { name, analysis, resolved, code } = environment;
  if (analysis === undefined) return [];
  const files = new Map(project.symbols.definitions.map(({ path, file }) => [path.join("."), file]));
  const ir = lower({ analysis, code, fileOf: (definition) => files.get(definition) ?? PROJECT_FILE });
  const targets = targetsOf(environment, options, reporter);
  const plugins = targets.filter(({ plugin }) => plugin);
  if (plugins.length > 0) freeze([ir, ...plugins.map((target) => target.options)]);
  if (hasErrors(reporter.diagnostics())) return [];
  const linked = link(ir, targets, reporter);
  const folder = `${options.out ?? "generated"}/${name}`;
  const placeOf = (definition: string): ReturnType<typeof resolved.locate> | undefined =>
    files.has(definition) ? resolved.locate(definition.split("."), "key") : undefined;
  const emitted = emit({ ir, linked, folder, placeOf, reporter, templates: templates.into(reporter) });
  for (const { target } of linked.artifacts.values()) active.add(target.key);
  for (const { key, emitter } of targets) if (emitted.some(({ path }) => path.startsWith(`${emitter.name}/`))) active.add(key);
  if (emitted.length === 0 && !hasErrors(reporter.diagnostics()))
    reporter.report("nothing-written", resolved.locate(["environments", name], "key"), {
      environment: name,
      targets: Object.keys(analysis.spec.targets).filter((key) => !key.startsWith("x-")),
    });
  return [{ name, folder, ir, files: emitted }];
}
