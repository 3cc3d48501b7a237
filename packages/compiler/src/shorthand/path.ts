import { mistake, ok, type Parsed } from "./result.js";

/** A path below the project folder. */
export function parsePath(text: string): Parsed<string> {
  const backslash = text.indexOf("\\");
  if (backslash >= 0) return mistake(backslash, 1, "paths are written with `/` between their parts");
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for.
  const control = text.search(/[\u0000-\u001f\u007f]/);
  if (control >= 0) return mistake(control, 1, "a path holds no control characters");
  if (text.startsWith("/") || /^[A-Za-z]:/.test(text) || text.startsWith("~"))
    return mistake(0, text.length, "a path begins below the project folder, without `/` in front");
  let at = 0;
  for (const part of text.split("/")) {
    if (part === "..") return mistake(at, 2, "`..` leads out of the project folder");
    if (part === "" || part === ".")
      return mistake(at, Math.max(part.length, 1), "a path has names between its `/`, such as `sql/payments.sql`");
    at += part.length + 1;
  }
  return ok(text);
}

/** A part of the project's code: `src/train.py:train`. */
export interface Callable {
  readonly file: string;
  readonly function: string;
}

const WORD = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function parseCallable(text: string): Parsed<Callable> {
  const colon = text.lastIndexOf(":");
  const file = text.slice(0, colon);
  const name = text.slice(colon + 1);
  if (colon < 0 || !file.endsWith(".py"))
    return mistake(0, text.length, "a function of the project is written `src/train.py:train`: file, colon, name");
  const path = parsePath(file);
  if (!path.ok) return path;
  if (!WORD.test(name)) return mistake(colon + 1, name.length, "after the colon stands the name of a function");
  return ok({ file, function: name });
}

export type Estimator =
  | { readonly kind: "class"; readonly module: string; readonly name: string }
  | ({ readonly kind: "factory" } & Callable);

/** An importable class `sklearn.linear_model.LogisticRegression`, or a factory `src/model.py:build`. */
export function parseEstimator(text: string): Parsed<Estimator> {
  if (text.includes(":") || text.includes("/")) {
    const parsed = parseCallable(text);
    return parsed.ok ? ok({ kind: "factory", ...parsed.value }) : parsed;
  }
  const parts = text.split(".");
  const name = parts.pop() ?? "";
  let at = 0;
  for (const part of [...parts, name]) {
    if (!WORD.test(part))
      return mistake(
        at,
        part.length,
        "an estimator is an importable class, such as `sklearn.linear_model.LogisticRegression`, or a factory, such as `src/model.py:build`",
      );
    at += part.length + 1;
  }
  return parts.length === 0
    ? mistake(0, text.length, "the module is missing: an estimator is written `sklearn.linear_model.LogisticRegression`")
    : ok({ kind: "class", module: parts.join("."), name });
}
