/** How an entry of the tables of diagnostics is written. Message parameters are ordinary function parameters: no template language. */

export type Severity = "error" | "warning" | "hint";

/** What the page of a code says, in whole sentences. */
export interface Docs {
  /** What the user sees, in general terms. */
  readonly what: string;
  /** Why it is not allowed or not wise. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
}

export interface DiagnosticDef<P> {
  readonly severity: Severity;
  readonly message: (params: P) => string;
  readonly docs: Docs;
}

/** A code without explanation does not compile. */
export type DiagnosticTable = Readonly<Record<string, DiagnosticDef<never>>>;

// NoInfer: inside `satisfies DiagnosticTable` the parameters would otherwise be inferred from the table, as `never`.
export function error<P>(message: (params: P) => string, docs: Docs): DiagnosticDef<NoInfer<P>> {
  return { severity: "error", message, docs };
}

export function warning<P>(message: (params: P) => string, docs: Docs): DiagnosticDef<NoInfer<P>> {
  return { severity: "warning", message, docs };
}

export function hint<P>(message: (params: P) => string, docs: Docs): DiagnosticDef<NoInfer<P>> {
  return { severity: "hint", message, docs };
}

/** The user's words in a message. Long ones are cut, so that a message stays a sentence. */
export function quote(words: string): string {
  const line = words.replace(/\s+/g, " ").trim();
  const characters = [...line];
  return `\`${characters.length > 60 ? `${characters.slice(0, 57).join("")}…` : line}\``;
}

/** The last part of a message where a name is near another. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? "" : ` Did you mean ${quote(nearest)}?`;
}

/** `a`, `b` or `c`, in the user's quotes. */
export function listOf(names: readonly string[], word: "and" | "or" = "or"): string {
  const quoted = names.map(quote);
  const last = quoted.pop();
  if (last === undefined) return "nothing";
  return quoted.length === 0 ? last : `${quoted.join(", ")} ${word} ${last}`;
}
