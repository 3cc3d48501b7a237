/** `--format github`: workflow commands, which become annotations on the lines of a pull request. */
import type { Diagnostic, Severity } from "../diagnostic.js";
import { printable } from "./printable.js";
import { belowRoot, ranges, type Range, type Texts } from "./range.js";
import type { Place } from "../text.js";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "notice" };

/** `prefix` is where the project's folder lies in the repository: GitHub counts paths from the root. */
export function renderGithub(diagnostics: readonly Diagnostic[], texts: Texts, prefix = ""): string {
  const rangeOf = ranges(texts);
  return diagnostics
    .map((diagnostic) => {
      const { start, end } = rangeOf(diagnostic);
      const properties: readonly (readonly [string, string | number])[] = [
        ["file", belowRoot(prefix, diagnostic.file)],
        ["line", start.line],
        ["endLine", end.line],
        // GitHub takes columns of one line only.
        ...(start.line === end.line
          ? ([
              ["col", start.column],
              ["endColumn", end.column],
            ] as const)
          : []),
        ["title", `mlspec ${diagnostic.code}`],
      ];
      return `::${COMMANDS[diagnostic.severity]} ${properties.map(([key, value]) => `${key}=${property(printable(String(value)))}`).join(",")}::${data(printable(said(diagnostic, rangeOf)))}\n`;
    })
    .join("");
}

/** The message, and what an annotation has no place of its own for. */
function said({ message, related = [], environments, fix }: Diagnostic, rangeOf: (place: Place) => Range): string {
  return [
    message,
    ...related.map((place) => `${place.file}:${rangeOf(place).start.line}: ${place.message}`),
    ...(environments === undefined ? [] : [`In ${environments.length === 1 ? "environment" : "environments"} ${environments.join(", ")}.`]),
    ...(fix === undefined ? [] : [`${fix.guess === true ? "Perhaps" : "Fix"}: ${fix.title}`]),
  ].join("\n");
}

/** A line feed would end the command and let text begin another one. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
