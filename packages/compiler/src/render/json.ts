/** `--format json`: the shape that scripts and editors read. */
import type { Diagnostic } from "../diagnostic.js";
import type { Place } from "../text.js";
import { ranges, type Texts } from "./range.js";

export function toJson(diagnostics: readonly Diagnostic[], texts: Texts): readonly object[] {
  const rangeOf = ranges(texts);
  const range = (place: Place): object => ({ file: place.file, range: rangeOf(place) });
  return diagnostics.map(({ code, severity, message, file, span, related = [], fix, url, environments }) => ({
    code,
    severity,
    message,
    ...range({ file, span }),
    related: related.map((place) => ({ ...range(place), message: place.message })),
    fix:
      fix === undefined
        ? null
        : { title: fix.title, safe: fix.guess !== true, edits: fix.edits.map((edit) => ({ ...range(edit), newText: edit.newText })) },
    url: url ?? null,
    environments: environments ?? null,
  }));
}

export function renderJson(diagnostics: readonly Diagnostic[], texts: Texts): string {
  return `${JSON.stringify(toJson(diagnostics, texts), null, 2)}\n`;
}
