/** Reads a project: its file, what it includes, and what its definitions name. Everything that is read is read here, before phases that compute. */
import { decode, parse, type Document } from "./1-parse/index.js";
import { corrected, isRecord, validate, type Role, type Slip } from "./2-validate/index.js";
import type { ProjectFile } from "./3-resolve/index.js";
import { saidOfEach } from "./changed.js";
import { createReporter, nameFix, type Diagnostic, type Reporter } from "./diagnostic.js";
import type { Host } from "./host.js";
import { alike, type Memo } from "./memo.js";
import type { ProjectSpec, SourceSpec, TransformSpec } from "./spec.js";
import type { Place, SourceFile } from "./text.js";

export const PROJECT_FILE = "mlspec.yaml";

export interface Reading {
  readonly host: Host;
  readonly reporter: Reporter;
  readonly memo: Memo;
  /** Texts of all that is read, by path: what diagnostics are shown in. */
  readonly texts: Map<string, string>;
}

/** The project's files, the root first, included ones sorted; parsed, and checked each by itself. */
export function readProject(reading: Reading): readonly ProjectFile[] {
  const root = readFile(reading, PROJECT_FILE, "project");
  if (root === undefined) return [];
  const { paths, whole } = includes(reading.host, root.document, reading.reporter);
  const included = paths.flatMap((path) => readFile(reading, path, "included") ?? []);
  return [whole && included.length === paths.length ? root : { ...root, incomplete: true }, ...included];
}

/** What one file says, and what is wrong with it by itself. */
interface FileAnswer {
  /** Absent where it says nothing. */
  readonly value?: unknown;
  readonly broken: boolean;
  readonly slips: readonly Slip[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Documents that were parsed in this process: an answer that comes from elsewhere has none. */
const documents = new WeakMap<FileAnswer, Document>();

function readFile(reading: Reading, path: string, role: Role): ProjectFile | undefined {
  const bytes = reading.host.read(path);
  if (bytes === undefined) {
    reading.reporter.report("no-project", { file: path, span: { start: 0, end: 0 } }, { file: path });
    return undefined;
  }
  const { memo, reporter, texts } = reading;
  const found = memo.keep("file", [bytes, path, role], () => readBytes(reading, { path, bytes, role }));
  texts.set(path, found.shown);
  for (const diagnostic of found.diagnostics) reporter.add(diagnostic);
  return found.file;
}

interface FileRead {
  /** Absent where the bytes are no text. */
  readonly file?: ProjectFile;
  readonly shown: string;
  readonly diagnostics: readonly Diagnostic[];
}

function readBytes(
  { memo }: Reading,
  { path, bytes, role }: { readonly path: string; readonly bytes: Uint8Array; readonly role: Role },
): FileRead {
  const decoded = decode(path, bytes);
  if (!("text" in decoded)) return { shown: decoded.shown, diagnostics: [decoded.diagnostic] };
  const { text } = decoded;
  const source = { path, text };
  const answer = memo.get("file", `${role} ${path}\n${text}`, () => checkFile(source, role), revived);
  const document = documents.get(answer) ?? remembered(source, answer);
  documents.set(answer, document);
  // Definitions that an edit leaves as they are stay the same.
  const value = memo.carry(`file ${role} ${path}`, (before) => alike(before, document.value));
  const incomplete = answer.diagnostics.some((diagnostic) => isLoss(diagnostic, text)) ? { incomplete: true } : {};
  return {
    file: { document: { ...document, value }, role, clean: answer.diagnostics.length === 0, ...incomplete },
    shown: withoutPasswords(text),
    diagnostics: answer.diagnostics,
  };
}

/** A password in the address of a database. */
const IN_ADDRESS = /(?<=[?&]password=)[^&"'\s]+|(?<=:\/\/[^\s/@:"']{0,64}:)[^\s/@"']{1,256}(?=@)/g;

/** A text as it is shown: logs of CI are read by many. */
function withoutPasswords(text: string): string {
  return /postgresql:|jdbc:|rediss?:/.test(text) ? text.replace(IN_ADDRESS, (found) => "*".repeat(found.length)) : text;
}

/** Whether definitions are not read for a mistake: behind a second document, or in a section that is written twice. */
function isLoss({ code, span }: Diagnostic, text: string): boolean {
  if (code === "several-documents" || code === "empty-file") return true;
  return code === "duplicate-key" && /(?:^|[\r\n])$/.test(text.slice(0, span.start));
}

export function decoded(
  { reporter, texts, memo }: Pick<Reading, "reporter" | "texts" | "memo">,
  path: string,
  bytes: Uint8Array,
): string | undefined {
  const found = memo.keep("text", [bytes, path], () => decode(path, bytes));
  texts.set(path, "text" in found ? withoutPasswords(found.text) : found.shown);
  if ("text" in found) return found.text;
  reporter.add(found.diagnostic);
  return undefined;
}

function checkFile(file: SourceFile, role: Role): FileAnswer {
  const own = createReporter();
  const parsed = parse(file, own.report);
  const slips = validate(parsed, role, own.report);
  const document = corrected(parsed, slips);
  const { value, broken } = document;
  const answer = { ...(value === undefined ? {} : { value }), broken, slips, diagnostics: own.diagnostics() };
  documents.set(answer, document);
  return answer;
}

/** Places are asked for where something is said: then the text is parsed after all. */
function remembered(file: SourceFile, { value, broken, slips }: FileAnswer): Document {
  let parsed: Document | undefined;
  const whole = (): Document =>
    (parsed ??= corrected(
      parse(file, () => undefined),
      slips,
    ));
  return {
    file,
    value,
    broken,
    locate: (path, at) => whole().locate(path, at),
    locateInside: (path, offset, length) => whole().locateInside(path, offset, length),
    style: (path) => whole().style(path),
  };
}

function revived(answer: FileAnswer): FileAnswer {
  return "value" in answer ? { ...answer, value: withoutPrototype(answer.value) } : answer;
}

/** As parsing makes it: a look-up finds only what was written. */
function withoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototype);
  if (!isRecord(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value)) copy[key] = withoutPrototype(value[key]);
  return copy;
}

interface Includes {
  readonly paths: readonly string[];
  /** Every entry names files that are there. */
  readonly whole: boolean;
}

function includes(host: Host, root: Document, reporter: Reporter): Includes {
  const written = isRecord(root.value) ? (root.value["include"] ?? []) : [];
  const patterns = Array.isArray(written) ? written : [];
  const paths = new Set<string>();
  let whole = Array.isArray(written) && !(isRecord(root.value) && root.value["include"] === null);
  for (const [index, pattern] of patterns.entries()) {
    if (typeof pattern !== "string") {
      whole = false;
      continue;
    }
    const at = (): Place => root.locate(["include", index]);
    if (isOutside(pattern)) {
      reporter.report("include-outside", at(), { pattern });
      whole = false;
      continue;
    }
    // What the compiler writes is no definition, whatever its ending.
    const found = host.list(pattern).filter((path) => path !== PROJECT_FILE && !path.startsWith("generated/"));
    if (found.length === 0) {
      const meant = `${pattern.replace(/\/+$/, "")}/*.yaml`;
      const near = /[*?{[]/.test(pattern) || host.list(meant).length === 0 ? undefined : meant;
      reporter.report("include-nothing", at(), { pattern, nearest: near }, nameFix(at(), pattern, near, []));
    }
    const lost = found.filter((path) => host.read(path) === undefined);
    for (const path of lost) reporter.report("not-a-file", at(), { path, pattern });
    for (const path of found) if (!lost.includes(path)) paths.add(path);
    whole &&= found.length > 0 && lost.length === 0;
  }
  return { paths: [...paths].sort(), whole };
}

/** Absolute, or up and away. */
export function isOutside(path: string): boolean {
  return /^([/\\~]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes("..");
}

export interface Located {
  locate(path: readonly (string | number)[]): Place;
}

const NONE = {};

/** Texts of the SQL files that transforms name. */
export function readSqlFiles(reading: Reading, spec: ProjectSpec, located: Located): Readonly<Record<string, string>> {
  const named = saidOfEach<TransformSpec, NamedFile>(spec.transforms ?? NONE, {
    step: "files of transforms",
    memo: reading.memo,
    say: (name, { sql_file: path }) => (path === undefined ? [] : [{ at: ["transforms", name, "sql_file"], path }]),
  });
  return readNamed(reading, named, located);
}

/** Texts of the schemas that topics name. */
export function readSchemaFiles(reading: Reading, spec: ProjectSpec, located: Located): Readonly<Record<string, string>> {
  const named = saidOfEach<SourceSpec, NamedFile>(spec.sources ?? NONE, {
    step: "files of sources",
    memo: reading.memo,
    say: (name, { kafka }) => (kafka?.schema === undefined ? [] : [{ at: ["sources", name, "kafka", "schema"], path: kafka.schema }]),
  });
  return readNamed(reading, named, located);
}

interface NamedFile {
  /** What names it. */
  readonly at: readonly string[];
  readonly path: string;
}

function readNamed(reading: Reading, named: readonly NamedFile[], { locate }: Located): Readonly<Record<string, string>> {
  const files = Object.create(null) as Record<string, string>;
  for (const { at, path } of named) {
    const bytes = isOutside(path) ? undefined : reading.host.read(path);
    if (bytes === undefined) {
      const folder = !isOutside(path) && reading.host.list(`${path}/**`).length > 0 ? { folder: true } : {};
      reading.reporter.report("no-such-file", locate(at), { path, ...folder });
      continue;
    }
    const text = decoded(reading, path, bytes);
    if (text !== undefined) files[path] = text;
  }
  return files;
}
