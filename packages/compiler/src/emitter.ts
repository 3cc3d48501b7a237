/**
 * The interface of emitters, for built-ins and third parties alike. An emitter is blind to the others, as object files are:
 * first every emitter says what it provides, the core links, then each emits. Emitters are pure: no file system, clock, environment, chance.
 *
 * Order: an emitter that needs artifacts of a kind is asked after all that provide this kind. References of images depend on what
 * goes into them, so an emitter of images returns them in `links` when it emits; `image` is linked for whoever comes after.
 */
import type { Ir, Json } from "./ir.js";
import type { Docs } from "./diagnostics/define.js";
import type { Place } from "./text.js";

/** `program:ingest.transactions`, `image:spark`, `version:spark`, `sql:payments`, `manifest:fraud_api` … : KIND ":" ID. */
export type ArtifactId = `${string}:${string}`;

/** What others may know of an artifact. */
export type Artifact =
  /** A file of the output. `path` is below the environment's output folder. `argv` runs it with the project folder (or the image's work folder) as current directory; `{path}` parts are already filled. */
  | { readonly kind: "file"; readonly path: string; readonly argv?: readonly string[] }
  /** A reference outside the output, such as an image with its tag. */
  | { readonly kind: "reference"; readonly reference: string }
  /** Known only after its emitter ran; it comes in `EmitResult.links`. */
  | { readonly kind: "late" };

export type Provided = Readonly<Record<ArtifactId, Artifact>>;

export interface Emitter<Options = unknown> {
  /** Name: prefix of its diagnostics, name of its output folder. */
  readonly name: string;
  /** JSON Schema of its options; without one it takes none. Built-ins have theirs in spec.ts. */
  readonly optionsSchema?: Json;
  /** The codes that it reports, without its name in front: each has a page. Built-ins report no others. */
  readonly diagnostics?: Readonly<Record<string, EmitterCode>>;
  /** The tool that the output is for, with what not all of its versions have. */
  readonly tool?: Tool;
  /** What of `tool.capabilities` the output needs. Asked with all data that was emitted, as patches made it; the core compares with the versions that are asked for. */
  uses?(output: { readonly ir: Ir; readonly options: Options; readonly objects: readonly Json[] }): readonly Use[];
  /** Kinds of artifacts that it links to: it emits after their providers. */
  readonly needs: readonly string[];
  /** What it makes for others. Asked before anything is emitted. */
  provide(ir: Ir, options: Options): Provided;
  emit(context: EmitContext<Options>): EmitResult;
  /** What its tool would refuse in an object of emitted data that a project has patched. Without it, a patch may do anything. */
  verify?(object: Json, path: string): readonly PatchProblem[];
}

export interface Tool {
  /** As messages say it: `Kubernetes`. */
  readonly name: string;
  /** The versions that it writes for, a range: what the option `version`, a range too, has to be within. */
  readonly versions: string;
  readonly capabilities: Readonly<Record<string, Capability>>;
}

/** Something that not every version of a tool has, or has by default. */
export interface Capability {
  /** The first version that has it; absent where none has it by default. */
  readonly since?: string;
  /** The first version that has it no more. */
  readonly until?: string;
  /** Half a sentence: why it is not there. */
  readonly reason?: string;
}

export interface Use {
  /** A key of `capabilities`. */
  readonly capability: string;
  /** What needs it, as a message says it: "`spec.x` of `Deployment api`". */
  readonly what: string;
  /** Whose it is; default the target. */
  readonly definition?: string;
}

/** What is wrong in a patched object. */
export interface PatchProblem {
  /** Keys and indices down to it. */
  readonly path: readonly (string | number)[];
  /** Half a sentence. */
  readonly reason: string;
}

/** What a code means: shown by `mlspec explain NAME/CODE`. */
export interface EmitterCode {
  readonly severity: "error" | "warning" | "hint";
  readonly docs: Docs;
}

export interface EmitContext<Options = unknown> {
  readonly ir: Ir;
  readonly options: Options;
  /** The environment's output folder, from the project's: `generated/production`; with `--out` any other, also one that lies outside. */
  readonly folder: string;
  /** Whether an artifact has a provider. */
  has(id: ArtifactId): boolean;
  /** The artifact, for use in the file `fromFile`. An artifact without provider becomes a diagnostic at this target and a stand-in is returned. */
  link(id: ArtifactId, fromFile: string): LinkedArtifact;
  /** sha256 (hex) over the given texts, the emitted files below the given folders or at the given paths (below the environment's output folder), and, with `code`, the user's code files. For image tags. */
  contentHash(parts: { readonly texts: readonly string[]; readonly files: readonly string[]; readonly code: boolean }): string;
  /** What prints by the file that the project has in place of a template of ours; undefined where it has none. A mistake in it is reported there. */
  template(name: string): ((data: object) => string) | undefined;
  /** Paths of all files emitted so far below the environment's output folder, sorted. */
  emitted(): readonly string[];
  /** Reports a user's mistake that only the target knows; `at` is a definition's origin, default the target's key. */
  report(diagnostic: EmitterDiagnostic): void;
}

export type LinkedArtifact =
  | { readonly kind: "file"; readonly path: string; readonly argv: readonly string[] }
  | { readonly kind: "reference"; readonly reference: string };

export interface EmitterDiagnostic {
  /** Without the emitter's name; the core prefixes it: `airflow/needs-image`. */
  readonly code: string;
  readonly severity: "error" | "warning" | "hint";
  readonly message: string;
  readonly definition?: string;
  /** The option of the target that is at fault: it is shown there. */
  readonly option?: string;
  readonly at?: Place;
}

export interface EmitResult {
  readonly files: readonly EmittedFile[];
  /** References of artifacts provided as `late`. */
  readonly links?: Readonly<Record<ArtifactId, string>>;
}

/** A file below `generated/<environment>/<emitter>/`. Text is written as it is; data is printed by the core (YAML or JSON, by the path's ending). */
export type EmittedFile = EmittedText | EmittedData;
interface EmittedBase {
  /** Below the emitter's own folder, `/` between parts. */
  readonly path: string;
  /** The definitions that the file comes from: `sources.transactions`, or `project`. Sorted. */
  readonly from: readonly string[];
}
export interface EmittedText extends EmittedBase {
  readonly text: string;
}
/** Several documents make a YAML stream. */
export interface EmittedData extends EmittedBase {
  readonly data: Json | readonly Json[];
  readonly stream?: boolean;
  /** Lines put above, as comments. */ readonly header?: readonly string[];
}

/** Types the options of an emitter; does nothing else. */
export function defineEmitter<Options = unknown>(emitter: Emitter<Options>): Emitter<Options> {
  return emitter;
}
