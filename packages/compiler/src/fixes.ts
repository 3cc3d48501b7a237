/** Makes the edits that diagnostics carry. */
import type { Diagnostic, Edit } from "./diagnostic.js";
import type { Texts } from "./render/range.js";

export interface Fixed {
  /** Only the files that changed. */
  readonly texts: Texts;
  /** Whose fixes were made. */
  readonly made: readonly Diagnostic[];
}

/**
 * Makes all certain fixes that do not get in each other's way. The first one of those that overlap is made: whether the others
 * are still wanted shows when the result is checked again.
 */
export function applyFixes(diagnostics: readonly Diagnostic[], texts: Texts): Fixed {
  const accepted: Edit[] = [];
  const made: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const edits = diagnostic.fix === undefined || diagnostic.fix.guess === true ? [] : diagnostic.fix.edits;
    const fresh = edits.filter((edit) => !accepted.some((other) => isSame(edit, other)));
    if (edits.length === 0 || !edits.every((edit) => texts.has(edit.file))) continue;
    if (fresh.some((edit, i) => [...accepted, ...fresh.slice(0, i)].some((other) => overlap(edit, other)))) continue;
    accepted.push(...fresh);
    made.push(diagnostic);
  }
  const files = [...new Set(accepted.map(({ file }) => file))];
  return {
    made,
    texts: new Map(
      files.map((file) => [
        file,
        edited(
          texts.get(file) ?? "",
          accepted.filter((edit) => edit.file === file),
        ),
      ]),
    ),
  };
}

function isSame(a: Edit, b: Edit): boolean {
  return a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** Two insertions at one place overlap too: which comes first would be chance. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.file !== b.file) return false;
  return (a.span.start < b.span.end && b.span.start < a.span.end) || a.span.start === b.span.start;
}

/** From the end to the beginning, so that what is still to do stays where it is. Line ends are those of the file. */
function edited(text: string, edits: readonly Edit[]): string {
  const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((after, { span, newText }) => after.slice(0, span.start) + newText.replaceAll("\n", newline) + after.slice(span.end), text);
}
