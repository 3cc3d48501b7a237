export type * from "./data-type.js";
export { defineEmitter } from "./emitter.js";
export { definePolicy, type Policy, type PolicyColumn, type PolicyDefinition, type PolicyFinding, type PolicyProject } from "./policy.js";
export type * from "./emitter.js";
export { inRange, parseVersionRange, spanOf, type Version } from "./shorthand/index.js";
export type * from "./ir.js";
export type * from "./4-analyze/expr/ast.js";
export type * from "./spec.js";
export { analyze, compile } from "./compile.js";
export type {
  AnalyzedEnvironment,
  AnalyzedProject,
  CompiledEnvironment,
  CompiledProject,
  CompileOptions,
  LoadedEmitter,
  UnloadedEmitter,
} from "./compile.js";
export { TemplateError, type TemplateFile, type TemplatePlace, type Templates } from "./compile-templates.js";
export { localSecrets } from "./4-analyze/secrets.js";
export { emitterProblem } from "./6-link/plugin.js";
export { validateOptions } from "./6-link/options.js";
export { createWorkspace, type Workspace } from "./workspace.js";
export { createMemo, type Kept, type Memo, type Query } from "./memo.js";
export { lendSha256, sha256 } from "./hash.js";
export type { FileStat, Host, OutputHost, Reads } from "./host.js";
export { streamName } from "./stream-name.js";
export { codeText, filesOfFunction } from "./5-lower/meaning.js";
export { PROJECT_FILE } from "./compile-project.js";
export type { OutputFile } from "./7-emit/emit.js";
export {
  apply,
  ATTRIBUTES,
  diffPlan,
  diffTexts,
  MANIFEST,
  plan,
  recover,
  reportInterrupted,
  reportStale,
  STAGING,
  type Change,
  type WritePlan,
} from "./8-write/index.js";
export { diff, sidesOf } from "./plan/diff.js";
export { CLASSES } from "./plan/plan.js";
export type {
  Change as PlanChange,
  ChangeClass,
  Effect as PlanEffect,
  EnvironmentPlan,
  Part as PlanPart,
  Plan,
  PlanSide,
  Step as PlanStep,
} from "./plan/plan.js";
export { printDuration } from "./shorthand/index.js";
export { globMatcher, matchGlob } from "./glob.js";
export {
  createReporter,
  diagnose,
  hasErrors,
  nearest,
  sortDiagnostics,
  type Code,
  type Diagnostic,
  type Edit,
  type Fix,
  type Related,
  type Reporter,
  type Severity,
} from "./diagnostic.js";
export { diagnosticTable } from "./diagnostics/index.js";
export { renderPretty, type RenderOptions } from "./render.js";
export { applyFixes, type Fixed } from "./fixes.js";
export { renderGithub } from "./render/github.js";
export { renderJson, toJson } from "./render/json.js";
export type { Texts } from "./render/range.js";
export { renderSarif, toSarif, type Explained, type SarifOptions } from "./render/sarif.js";
export { includedSchema, projectSchema } from "./generated/schema.js";
export { lineStarts, positionAt } from "./text.js";
export type { Place, Position, SourceFile, Span } from "./text.js";
export { emptyIr } from "./testing/empty-ir.js";
export { memoryHost, type MemoryHost } from "./testing/memory-host.js";
export { picksRow } from "./4-analyze/aggregate-functions.js";
export { commonType } from "./4-analyze/expr/coerce.js";
export { printSpark } from "./4-analyze/expr/print.js";
export { digitsOf } from "./4-analyze/expr/scalars.js";
export { nameOf } from "./4-analyze/id.js";
export { AS_OF, WRITTEN_AT } from "./5-lower/values.js";
export { groupsOf, operandsOf, refsOf } from "./4-analyze/expr/walk.js";
export { KUBERNETES_VERSIONS, newestSpark, SPARK_VERSIONS, TARGET_VERSIONS, type SparkVersion } from "./4-analyze/targets.js";
export type { Masking } from "./sql/lineage.js";
export { lineageOf, traced, wayBack, type Made, type ProjectLineage } from "./4-analyze/lineage.js";
export { piiOf } from "./4-analyze/personal.js";
export { schemaOf, type ColumnSchema } from "./4-analyze/schema.js";
export type { Analysis } from "./4-analyze/analysis.js";
export type { ExpectedRow, ExpectedRows, FixtureColumn, FixtureValue, GivenRows, TestFacts, TestMode } from "./4-analyze/test-facts.js";
export { readByTest } from "./4-analyze/tests.js";
export { printable } from "./render/printable.js";
export { printYaml } from "./print/yaml.js";
export { printDataType } from "./4-analyze/types/text.js";
