/** What a code means: from the table of diagnostics. */
import { diagnosticTable, type Explained } from "@mlspec/compiler";

export function explained(code: string): Explained | undefined {
  const entry = Object.entries(diagnosticTable).find(([name]) => name === code)?.[1];
  if (entry === undefined) return undefined;
  const { severity, docs } = entry;
  return { severity, ...docs, markdown: `${docs.what}\n\n## Why\n\n${docs.why}\n\n## What to do\n\n${docs.fix}\n` };
}
