/** Mistakes of users are values. Phases report them through a `Reporter` and go on; `throw` means a bug of ours. */
import { quote, type DiagnosticDef, type Severity } from "./diagnostics/define.js";
import { diagnosticTable, type Code } from "./diagnostics/index.js";
import { isSlip } from "./diagnostics/nearest.js";
import type { Place, Span } from "./text.js";

export { nearest } from "./diagnostics/nearest.js";
export type { Severity } from "./diagnostics/define.js";
export type { Code } from "./diagnostics/index.js";

export interface Edit extends Place {
  readonly newText: string;
}

/** Edits that put a mistake right. All of them are made, or none. */
export interface Fix {
  readonly title: string;
  /** What is meant is likely, not certain: editors offer it, `check --fix` leaves it to a person. */
  readonly guess?: true;
  readonly edits: readonly Edit[];
}

export interface Related extends Place {
  readonly message: string;
}

export interface Diagnostic {
  /** A code of our table, or one of an emitter's (`airflow/needs-image`). */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly span: Span;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  /** The environments that it holds for; absent where it holds for all. */
  readonly environments?: readonly string[];
  /** Page that explains the code, where it is published. */
  readonly url?: string;
}

/**
 * The fix that writes the nearest name. A slip of one letter is certain enough; other names that are near are guesses, and so is what stands
 * at several places alike: there, the definition may be what is misspelt.
 */
export function nameFix(at: Place | readonly Place[], written: string, near: string | undefined, known: Iterable<string>): Extra {
  if (near === undefined) return {};
  const places = "file" in at ? [at] : at;
  const guess = places.length === 1 && isSlip(written, near, known) ? {} : { guess: true as const };
  return { fix: { title: `Write ${quote(near)}`, ...guess, edits: places.map((place) => ({ ...place, newText: near })) } };
}

export type Extra = Pick<Diagnostic, "related" | "fix" | "environments">;

type Table = typeof diagnosticTable;
/** Parameters of a code's message; `unknown` where the message takes none. */
export type ParamsOf<C extends Code> =
  Table[C] extends DiagnosticDef<infer P> ? (unknown extends P ? Readonly<Record<string, never>> : P) : never;

/** Reports a mistake at a place. */
export type Report = <C extends Code>(code: C, at: Place, params: ParamsOf<C>, extra?: Extra) => void;

/** Collects diagnostics; the same one is kept once. */
export interface Reporter {
  readonly report: Report;
  /** Takes a diagnostic that was made elsewhere: by an emitter, or from a cache. */
  add(diagnostic: Diagnostic): void;
  /** All so far, sorted. */
  diagnostics(): readonly Diagnostic[];
}

/** Where `docs/diagnostics/` is published, with `/` at its end. Empty: it is not yet, and no dead link is shown; `mlspec explain CODE` has the same text. */
const PAGES: string = "";

export function pageOf(code: string, pages = PAGES): Pick<Diagnostic, "url"> {
  return pages === "" ? {} : { url: `${pages}${code}.md` };
}

export function createReporter(): Reporter {
  const kept = new Map<string, Diagnostic>();
  const add = (diagnostic: Diagnostic): void => {
    const key = JSON.stringify([diagnostic.code, diagnostic.file, diagnostic.span, diagnostic.message]);
    const same = kept.get(key);
    kept.set(key, same === undefined ? diagnostic : widen(same, diagnostic));
  };
  return {
    add,
    report: (code, at, params, extra) => add(diagnose(code, at, params, extra)),
    diagnostics: () => sortDiagnostics([...kept.values()]),
  };
}

/** One diagnostic, not yet collected. */
export function diagnose<C extends Code>(code: C, at: Place, params: ParamsOf<C>, extra: Extra = {}): Diagnostic {
  // The table is indexed by a type parameter: that its message takes exactly these parameters is what ParamsOf says.
  const { severity, message } = diagnosticTable[code] as unknown as DiagnosticDef<ParamsOf<C>>;
  return { code, severity, message: message(params), file: at.file, span: at.span, ...extra, ...pageOf(code) };
}

/** A mistake that holds for all environments is not told again for one of them. */
function widen(a: Diagnostic, b: Diagnostic): Diagnostic {
  if (a.environments === undefined) return a;
  if (b.environments === undefined) return b;
  return { ...a, environments: [...new Set([...a.environments, ...b.environments])].sort() };
}

/** By file, then place, then severity, then code: the order of reading. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      RANK[a.severity] - RANK[b.severity] ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

/** Code-unit order: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
