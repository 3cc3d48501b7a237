/** Holds emitters that are not ours to the interface: they are code without types. What does not fit is an error with a sentence in it. */
import type {
  Artifact,
  EmitContext,
  EmitResult,
  EmittedFile,
  Emitter,
  EmitterDiagnostic,
  PatchProblem,
  Provided,
  Use,
} from "../emitter.js";
import { parseVersionRange } from "../shorthand/index.js";

/** Why a value is no emitter; undefined where it is one. */
export function emitterProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return "it is no object with `name`, `needs`, `provide` and `emit`";
  const { name, needs, provide, emit, verify, optionsSchema, tool, uses } = value;
  if (typeof name !== "string" || !/^[a-z][a-z0-9_-]{0,39}$/.test(name))
    return "its `name` has to be small letters, digits, `_` and `-`, at most 40: it names a folder";
  if (!isList(needs) || !needs.every((kind) => typeof kind === "string"))
    return 'its `needs` has to be a list of kinds, such as `["program"]`';
  for (const [key, method] of Object.entries({ provide, emit }))
    if (typeof method !== "function") return `its \`${key}\` has to be a function`;
  if (uses !== undefined && typeof uses !== "function") return "its `uses` has to be a function";
  if (tool !== undefined && !isTool(tool))
    return "its `tool` has to be `{name, versions, capabilities}`, versions being a range such as `>=1.2 <3`";
  if (verify !== undefined && typeof verify !== "function") return "its `verify` has to be a function";
  if (optionsSchema !== undefined && typeof optionsSchema !== "boolean" && !isRecord(optionsSchema))
    return "its `optionsSchema` has to be a JSON Schema";
  return undefined;
}

function isTool(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { name, versions, capabilities } = value;
  return typeof name === "string" && typeof versions === "string" && parseVersionRange(versions).ok && isRecord(capabilities);
}

/** The emitter, held to the interface whatever it returns. */
export function heldToInterface(emitter: Emitter): Emitter {
  return {
    name: emitter.name,
    needs: emitter.needs,
    ...(emitter.optionsSchema === undefined ? {} : { optionsSchema: emitter.optionsSchema }),
    provide: (ir, options) => provided(emitter.provide(ir, options)),
    emit: (context) => emitted(emitter.emit(heldContext(context))),
    ...(emitter.tool === undefined ? {} : { tool: emitter.tool }),
    ...(emitter.uses === undefined ? {} : { uses: (output) => uses(emitter.uses?.(output)) }),
    ...(emitter.verify === undefined ? {} : { verify: (object, path) => problems(emitter.verify?.(object, path)) }),
  };
}

function uses(value: unknown): readonly Use[] {
  noPromise(value, "uses");
  const right =
    isList(value) && value.every((each) => isRecord(each) && typeof each["capability"] === "string" && typeof each["what"] === "string");
  if (!right) throw new Error("`uses` has to return a list of `{capability, what}`");
  // Its parts were looked at.
  return value as readonly Use[];
}

function provided(value: unknown): Provided {
  noPromise(value, "provide");
  if (!isRecord(value)) throw new Error("`provide` has to return a map from artifacts (`image:spark`) to what they are");
  for (const [id, artifact] of Object.entries(value)) {
    if (!/^[a-z][a-z0-9_-]*:./.test(id))
      throw new Error(`\`provide\` names \`${id}\`, which is no artifact: they are written \`image:spark\``);
    if (!isArtifact(artifact))
      throw new Error(
        `\`provide\` says of \`${id}\` neither \`{kind: "file", path}\`, \`{kind: "reference", reference}\` nor \`{kind: "late"}\``,
      );
  }
  // Each entry was looked at.
  return value as Provided;
}

function isArtifact(value: unknown): value is Artifact {
  if (!isRecord(value)) return false;
  const { kind, path, argv, reference } = value;
  if (kind === "file")
    return typeof path === "string" && (argv === undefined || (isList(argv) && argv.every((part) => typeof part === "string")));
  return kind === "late" || (kind === "reference" && typeof reference === "string");
}

function emitted(value: unknown): EmitResult {
  noPromise(value, "emit");
  if (!isRecord(value) || !isList(value["files"])) throw new Error("`emit` has to return `{files: […]}`");
  const files = value["files"].map(emittedFile);
  const links = value["links"] ?? {};
  if (!isRecord(links)) throw new Error("`links` has to be a map from artifacts to references");
  for (const [id, reference] of Object.entries(links))
    if (typeof reference !== "string") throw new Error(`\`links\` says nothing readable of \`${id}\`: a reference is a text`);
  // Each entry was looked at.
  return { files, links: links as NonNullable<EmitResult["links"]> };
}

function emittedFile(file: unknown): EmittedFile {
  if (!isRecord(file) || typeof file["path"] !== "string")
    throw new Error("each entry of `files` has to be `{path, from, text}` or `{path, from, data}`");
  const { path, from, text, data, header } = file;
  if (!isList(from) || !from.every((id) => typeof id === "string"))
    throw new Error(`the file \`${path}\` does not say what it is made from: \`from: ["project"]\``);
  if (typeof text === "string") return { path, from: from.map(String), text };
  if (data === undefined) throw new Error(`the file \`${path}\` has neither \`text\` nor \`data\``);
  const bad = notData(data, "data", []);
  if (bad !== undefined) throw new Error(`the file \`${path}\` holds what is no data: ${bad}`);
  if (header !== undefined && !(isList(header) && header.every((line) => typeof line === "string" && !/[\r\n\u2028\u2029]/.test(line))))
    throw new Error(`the \`header\` of the file \`${path}\` has to be a list of single lines`);
  // Its parts were looked at.
  return file as unknown as EmittedFile;
}

const DEPTH = 100;

/** Where a value is not what JSON can hold. */
function notData(value: unknown, at: string, above: readonly unknown[]): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `\`${at}\` is ${value}`;
  if (typeof value !== "object") return `\`${at}\` is of type ${typeof value}`;
  if (above.includes(value)) return `\`${at}\` holds itself`;
  if (above.length > DEPTH) return `\`${at}\` is nested too deeply`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return `\`${at}\` is no plain object`;
  for (const [key, inner] of Object.entries(value)) {
    const found = notData(inner, `${at}.${key}`, [...above, value]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function heldContext(context: EmitContext): EmitContext {
  return {
    ...context,
    link: (id, fromFile) => {
      if (!/^[a-z][a-z0-9_-]*:./.test(String(id)))
        throw new Error(`\`link\` was asked for \`${String(id)}\`, which is no artifact: they are written \`image:spark\``);
      return context.link(id, fromFile);
    },
    report: (diagnostic) => context.report(reported(diagnostic)),
  };
}

function reported(value: unknown): EmitterDiagnostic {
  const { code, severity, message } = isRecord(value) ? value : {};
  const ok = typeof code === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(code) && typeof message === "string" && message !== "";
  if (!ok || !["error", "warning", "hint"].includes(String(severity)))
    throw new Error('`report` takes `{code: "needs-image", severity: "error" | "warning" | "hint", message}`');
  // Its parts were looked at.
  return value as unknown as EmitterDiagnostic;
}

function problems(value: unknown): readonly PatchProblem[] {
  const ok = (problem: unknown): boolean => isRecord(problem) && isList(problem["path"]) && typeof problem["reason"] === "string";
  if (!isList(value) || !value.every(ok)) throw new Error("`verify` has to return a list of `{path, reason}`");
  // Each entry was looked at.
  return value as readonly PatchProblem[];
}

function noPromise(value: unknown, method: string): void {
  if (isRecord(value) && typeof value["then"] === "function")
    throw new Error(`\`${method}\` returned a promise: emitters are pure functions and answer at once`);
}

/** Makes data unchangeable, all the way down: a plugin cannot change what others are given. */
export function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

/** What was thrown, in a line: with the file of the plugin that threw it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${typeof error === "string" ? `\`${error}\`` : String(error)}`;
  const message = error.message.split("\n")[0] ?? "";
  const [, file, line] = /([^/\\()\s]+\.[cm]?js):(\d+):\d+\)?$/m.exec(error.stack ?? "") ?? [];
  return `${message === "" ? error.name : message}${file === undefined || file === "app.cjs" ? "" : ` (${file}, line ${line})`}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
