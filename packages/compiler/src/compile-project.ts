/** Reads a project: its file, what it includes, and what its definitions name. Everything that is read is read here, before phases that compute. */
import { decode, parse, type Document } from "./1-parse/index.js";
import { isRecord, validate } from "./2-validate/index.js";
import type { ProjectFile } from "./3-resolve/index.js";
import type { Reporter } from "./diagnostic.js";
import { sha256 } from "./hash.js";
import type { Host } from "./host.js";
import type { CodeFile } from "./ir.js";
import type { ProjectSpec } from "./spec.js";
import type { Place } from "./text.js";

export const PROJECT_FILE = "mlspec.yaml";

/** The project's files, the root first, included ones sorted; parsed, and checked each by itself. */
export function readProject(host: Host, reporter: Reporter): readonly ProjectFile[] {
  const root = readFile(host, PROJECT_FILE, reporter);
  if (root === undefined) return [];
  validate(root, "project", reporter.report);
  const included = includes(host, root, reporter).flatMap((path) => readFile(host, path, reporter) ?? []);
  for (const document of included) validate(document, "included", reporter.report);
  return [{ document: root, role: "project" }, ...included.map((document): ProjectFile => ({ document, role: "included" }))];
}

function readFile(host: Host, path: string, reporter: Reporter): Document | undefined {
  const bytes = host.read(path);
  if (bytes === undefined) {
    reporter.report("no-project", { file: path, span: { start: 0, end: 0 } }, { file: path });
    return undefined;
  }
  const decoded = decode(path, bytes);
  if ("text" in decoded) return parse({ path, text: decoded.text }, reporter.report);
  reporter.add(decoded.diagnostic);
  return undefined;
}

function includes(host: Host, root: Document, reporter: Reporter): readonly string[] {
  const patterns = isRecord(root.value) && Array.isArray(root.value["include"]) ? root.value["include"] : [];
  const paths = new Set<string>();
  for (const [index, pattern] of patterns.entries()) {
    if (typeof pattern !== "string") continue;
    const at = root.locate(["include", index]);
    if (isOutside(pattern)) {
      reporter.report("include-outside", at, { pattern });
      continue;
    }
    const found = host.list(pattern).filter((path) => path !== PROJECT_FILE);
    if (found.length === 0) reporter.report("include-nothing", at, { pattern });
    for (const path of found) paths.add(path);
  }
  return [...paths].sort();
}

/** Absolute, or up and away. */
export function isOutside(path: string): boolean {
  return /^([/\\~]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes("..");
}

export interface Located {
  locate(path: readonly (string | number)[]): Place;
}

/** Texts of the SQL files that transforms name. */
export function readSqlFiles(
  host: Host,
  spec: ProjectSpec,
  { locate, reporter }: Located & { readonly reporter: Reporter },
): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, { sql_file: path }] of Object.entries(spec.transforms ?? {})) {
    if (path === undefined) continue;
    const at = locate(["transforms", name, "sql_file"]);
    const bytes = isOutside(path) ? undefined : host.read(path);
    if (bytes === undefined) {
      reporter.report("no-such-file", at, { path });
      continue;
    }
    const decoded = decode(path, bytes);
    if ("text" in decoded) texts[path] = decoded.text;
    else reporter.add(decoded.diagnostic);
  }
  return texts;
}

const DEFAULT_CODE: readonly string[] = ["src/**", "requirements.txt"];
/** What tools leave between the code. */
const NO_CODE = /(^|\/)(__pycache__|\.ipynb_checkpoints|\.git|\.mlspec|\.venv|node_modules)\/|\.pyc$|^generated\//;

/** The user's code, sorted. */
export function readCode(host: Host, spec: ProjectSpec): readonly CodeFile[] {
  const patterns = (spec.code ?? DEFAULT_CODE).filter((pattern) => !isOutside(pattern));
  const paths = [...new Set(patterns.flatMap((pattern) => host.list(pattern)))].filter((path) => !NO_CODE.test(path)).sort();
  return paths.flatMap((path) => {
    const bytes = host.read(path);
    return bytes === undefined ? [] : [{ path, sha256: sha256(bytes) }];
  });
}
