/** Reads the project's own code: what images get, and what functions of it say. */
import { decode } from "./1-parse/index.js";
import { saidOfEach } from "./changed.js";
import { checkFunction, type CodeFunction, type Places } from "./compile-functions.js";
import { isOutside, type Reading } from "./compile-project.js";
import { canonical, sha256 } from "./hash.js";
import type { Host } from "./host.js";
import type { CodeFile } from "./ir.js";
import type { Memo } from "./memo.js";
import { moduleNames, type ModuleNames } from "./python/functions.js";
import { importedFiles } from "./python/modules.js";
import { pythonTokens, type Token } from "./python/tokens.js";
import { parseCallable } from "./shorthand/index.js";
import type { ModelSpec, ProjectSpec, TransformSpec } from "./spec.js";
import type { Place } from "./text.js";

const DEFAULT_CODE: readonly string[] = ["src/**", "requirements.txt"];
/** What tools leave between the code. */
const NO_CODE = /(^|\/)(__pycache__|\.ipynb_checkpoints|\.git|\.mlspec|\.venv|node_modules)\/|\.pyc$|^generated\//;

/** The user's code, sorted. */
export function readCode(
  { host, reporter, memo }: Pick<Reading, "host" | "reporter" | "memo">,
  spec: ProjectSpec,
  places: Places,
): readonly CodeFile[] {
  const { locate } = places;
  const files = new Map<string, CodeFile>();
  for (const [index, pattern] of (spec.code ?? DEFAULT_CODE).entries()) {
    // Reported by its format.
    if (isOutside(pattern)) continue;
    const at = (): Place => locate(spec.code === undefined ? ["code"] : ["code", index]);
    const found = host.list(pattern).filter((path) => !NO_CODE.test(path));
    if (found.length === 0 && spec.code !== undefined && !DEFAULT_CODE.includes(pattern))
      reporter.report("code-nothing", at(), { pattern });
    for (const path of found) {
      const bytes = host.read(path);
      if (bytes === undefined) reporter.report("not-a-file", at(), { path, pattern });
      else
        files.set(
          path,
          memo.keep("code", [bytes, path], () => ({ path, sha256: sha256(bytes) })),
        );
    }
  }
  const listed = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const code = memo.keep("code files", [NO_CODE, ...listed], () => listed);
  const named = memo.keep("functions", [spec.transforms, spec.models], () => functions(spec, memo));
  for (const used of named) {
    const { path, file } = used;
    const bytes = host.read(file);
    if (!files.has(file)) reporter.report(bytes === undefined ? "no-such-file" : "not-in-code", locate(path), { path: file });
    else if (bytes !== undefined) {
      const names = memo.keep("names of a module", [bytes, file], () => namesIn(file, bytes, memo));
      if (names !== undefined) checkFunction(used, names, { report: reporter.report, places });
    }
  }
  return named.length === 0 ? code : memo.keep("python", [code], () => withPython(host, code, memo));
}

/** Functions of the user's that definitions name, by their files. */
function functions({ models = NONE, transforms = NONE }: ProjectSpec, memo: Memo): readonly CodeFunction[] {
  return [
    ...saidOfEach<TransformSpec, CodeFunction>(transforms, {
      step: "functions of transforms",
      memo,
      say: (name, { python }) => functionAt({ path: ["transforms", name, "python"], role: "transform" }, python),
    }),
    ...saidOfEach<ModelSpec, CodeFunction>(models, {
      step: "functions of models",
      memo,
      say: (name, { estimator, train, params = {} }) => [
        ...functionAt({ path: ["models", name, "estimator"], role: "factory", params }, estimator),
        ...functionAt({ path: ["models", name, "train"], role: "train" }, train),
      ],
    }),
  ];
}

const NONE = {};

function functionAt(used: Omit<CodeFunction, "file" | "function">, text: string | undefined): readonly CodeFunction[] {
  const parsed = parseCallable(text ?? "");
  return parsed.ok ? [{ ...used, ...parsed.value }] : [];
}

/** Undefined where the file may say something that is not seen here. */
function namesIn(file: string, bytes: Uint8Array, memo: Memo): ModuleNames | undefined {
  const tokens = tokensOf(file, bytes, memo);
  return tokens && moduleNames(tokens);
}

/** Undefined where it is no Python that is understood. */
function tokensOf(file: string, bytes: Uint8Array, memo: Memo): readonly Token[] | undefined {
  return memo.keep("tokens of Python", [bytes, file], () => {
    const decoded = decode(file, bytes);
    return "text" in decoded ? pythonTokens(decoded.text) : undefined;
  });
}

function withPython(host: Host, code: readonly CodeFile[], memo: Memo): readonly CodeFile[] {
  const paths = new Set(code.map(({ path }) => path));
  return code.map((file): CodeFile => {
    const bytes = file.path.endsWith(".py") ? host.read(file.path) : undefined;
    if (bytes === undefined) return file;
    const tokens = tokensOf(file.path, bytes, memo);
    const imports = importedFiles(file.path, tokens, paths);
    return { ...file, ...(tokens === undefined ? {} : { meaning: sha256(canonical(tokens)) }), imports };
  });
}

/** Names of the packages that the project's own requirements list, as PyPI writes them. */
export function readPackages(host: Host, code: readonly CodeFile[]): readonly string[] {
  const bytes = code.some(({ path }) => path === "requirements.txt") ? host.read("requirements.txt") : undefined;
  const found = bytes === undefined ? undefined : decode("requirements.txt", bytes);
  if (found === undefined || !("text" in found)) return [];
  const names = found.text.split(/\r?\n/).flatMap((line) => /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(line)?.[1] ?? []);
  return names.map((name) => name.toLowerCase().replace(/[-_.]+/g, "-"));
}
