/** Which files of a project a Python file imports, as far as it can be seen: what cannot be seen counts as imported. */
import type { Token } from "./tokens.js";

/** What can import or run a file by a name that is computed. */
const DYNAMIC: ReadonlySet<string> = new Set(["importlib", "__import__", "exec", "eval", "compile", "runpy", "pkgutil", "imp", "sys"]);

/** Paths among `files`, sorted; the file itself is not one of them. The project's folder is where modules are looked for. */
export function importedFiles(path: string, tokens: readonly Token[] | undefined, files: ReadonlySet<string>): readonly string[] {
  const python = [...files].filter((file) => file.endsWith(".py"));
  const modules = tokens === undefined || tokens.some(isOpen) ? undefined : importedModules(path, tokens);
  const found = modules === undefined ? python : modules.flatMap((name) => filesOf(name).filter((file) => files.has(file)));
  // A package is run before what is in it.
  const packages = filesOf(moduleOf(path)).filter((file) => files.has(file));
  return [...new Set([...found, ...packages])].filter((file) => file !== path).sort();
}

function isOpen({ kind, text }: Token, i: number, all: readonly Token[]): boolean {
  return (kind === "word" && DYNAMIC.has(text)) || (text === "*" && all[i - 1]?.text === "import");
}

function moduleOf(path: string): readonly string[] {
  return path.replace(/(\/__init__)?\.py$/, "").split("/");
}

/** Files that are run for a module: of the packages that it is in, and its own. */
function filesOf(name: readonly string[]): readonly string[] {
  return name.flatMap((_, i) => {
    const below = name.slice(0, i + 1).join("/");
    return [`${below}.py`, `${below}/__init__.py`];
  });
}

function importedModules(path: string, tokens: readonly Token[]): readonly (readonly string[])[] {
  return tokens.flatMap(({ kind, text }, i): readonly (readonly string[])[] => {
    if (kind !== "word") return [];
    if (text === "import" && !isTail(tokens, i)) return namesFrom(tokens, i + 1);
    if (text !== "from") return [];
    const start = i + 1;
    let at = start;
    while (tokens[at]?.kind === "operator" && /^\.+$/.test(tokens[at]?.text ?? "")) at++;
    const dots = tokens.slice(start, at).map((token) => token.text).join("").length; // prettier-ignore
    const named = tokens[at]?.text === "import" ? [] : (namesFrom(tokens, at)[0] ?? []);
    while (at < tokens.length && tokens[at]?.kind !== "newline" && tokens[at]?.text !== "import") at++;
    // `raise … from` and `yield from` import nothing.
    if (tokens[at]?.text !== "import") return [];
    const own = path.split("/").slice(0, -1);
    const base = dots === 0 ? named : [...own.slice(0, own.length - dots + 1), ...named];
    return [base, ...namesFrom(tokens, at + 1).map((name) => [...base, ...name])];
  });
}

/** Whether `import` belongs to a `from` before it. */
function isTail(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && tokens[i]?.kind !== "newline" && tokens[i]?.text !== ";"; i--) if (tokens[i]?.text === "from") return true;
  return false;
}

/** Dotted names up to the end of a statement; what they are called after `as` names nothing. */
function namesFrom(tokens: readonly Token[], start: number): readonly (readonly string[])[] {
  const names: string[][] = [[]];
  for (let i = start; i < tokens.length; i++) {
    const { kind, text } = tokens[i] ?? { kind: "newline", text: "" };
    if (kind === "newline" || text === ";" || text === "import") break;
    if (text === ",") names.push([]);
    else if (text === "as") i++;
    else if (kind === "word") names.at(-1)?.push(text);
  }
  return names.filter((name) => name.length > 0);
}
