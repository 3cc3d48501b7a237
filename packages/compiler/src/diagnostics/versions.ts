import { error, quote, type DiagnosticTable } from "./define.js";

export interface Lacking {
  /** As a message says it: "the function `time_trunc`". */
  readonly what: string;
  readonly tool: string;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** The versions that are asked for. */
  readonly range: string;
  readonly reason?: string | undefined;
}

function has({ tool, since, until }: Lacking): string {
  if (since !== undefined) return `${tool} has it from ${since} on`;
  return until === undefined ? `${tool} does not have it by default` : `${tool} has it no more from ${until} on`;
}

export const versionDiagnostics = {
  "not-in-version": error(
    (p: Lacking) =>
      `Not all of ${quote(p.range)} have ${p.what}: ${has(p)}${p.reason === undefined ? "" : ` (${p.reason})`}. ${p.since === undefined ? "Do without it" : `Do without it, or let the range begin with ${p.since}`}.`,
    {
      what: "The project uses something that a version in the target's range does not have.",
      why: "That version would fail, or drop it without a word: what is emitted works on the whole range.",
      fix: "Do without it, or narrow `version` of the target to those that have it.",
    },
  ),
} satisfies DiagnosticTable;
