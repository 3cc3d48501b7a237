/** `--format sarif`: SARIF 2.1.0, which GitHub code scanning and other collectors of findings read. */
import type { Diagnostic, Edit, Fix, Severity } from "../diagnostic.js";
import type { Place } from "../text.js";
import { belowRoot, ranges, type Texts } from "./range.js";

/** What a code means, as its page has it. */
export interface Explained {
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** The whole page. */
  readonly markdown: string;
}

export interface SarifOptions {
  /** The compiler's version. */
  readonly version: string;
  /** Where the project's folder lies below the root of the repository: `""`, or with `/` at its end. */
  readonly prefix?: string;
  /** Undefined for codes that only an emitter of the project's own knows. */
  readonly explained?: (code: string) => Explained | undefined;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "note" };
/** GitHub's own words for the same. */
const PROBLEMS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "recommendation" };

export function toSarif(diagnostics: readonly Diagnostic[], texts: Texts, options: SarifOptions): object {
  const rules = rulesOf(diagnostics, options);
  const locate = locator(texts, options.prefix ?? "");
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mlspec", version: options.version, rules: [...rules.values()].map(({ rule }) => rule) } },
        columnKind: "utf16CodeUnits",
        newlineSequences: ["\r\n", "\n", "\r"],
        results: diagnostics.map((diagnostic) => result(diagnostic, rules.get(diagnostic.code)?.index ?? -1, locate)),
      },
    ],
  };
}

export function renderSarif(diagnostics: readonly Diagnostic[], texts: Texts, options: SarifOptions): string {
  return `${JSON.stringify(toSarif(diagnostics, texts, options), null, 2)}\n`;
}

interface Rule {
  readonly index: number;
  readonly rule: object;
}

/** The codes that occur, in the order in which they first do. */
function rulesOf(diagnostics: readonly Diagnostic[], { explained }: SarifOptions): ReadonlyMap<string, Rule> {
  const rules = new Map<string, Rule>();
  for (const { code, severity, url } of diagnostics) {
    if (rules.has(code)) continue;
    const about = explained?.(code);
    const level = about?.severity ?? severity;
    const rule = {
      id: code,
      ...(about === undefined
        ? {}
        : {
            shortDescription: { text: about.what },
            fullDescription: { text: `${about.what} ${about.why}` },
            help: { text: about.fix, markdown: about.markdown },
          }),
      ...(url === undefined ? {} : { helpUri: url }),
      defaultConfiguration: { level: LEVELS[level] },
      properties: { "problem.severity": PROBLEMS[level] },
    };
    rules.set(code, { index: rules.size, rule });
  }
  return rules;
}

type Locate = (place: Place) => { readonly artifactLocation: object; readonly region: object };

function locator(texts: Texts, prefix: string): Locate {
  const rangeOf = ranges(texts);
  return (place) => {
    const { start, end } = rangeOf(place);
    return {
      artifactLocation: { uri: uriOf(belowRoot(prefix, place.file)), uriBaseId: "%SRCROOT%" },
      region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
    };
  };
}

/** A relative URI reference: no character of a file's name means anything in it. A lone surrogate, which no URI holds, becomes a sign. */
function uriOf(path: string): string {
  return path
    .split("/")
    .map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\uFFFD")))
    .join("/");
}

function result(diagnostic: Diagnostic, ruleIndex: number, locate: Locate): object {
  const { code, severity, message, related = [], fix, environments } = diagnostic;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: plain(message) },
    locations: [{ physicalLocation: locate(diagnostic) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, id) => ({ id, physicalLocation: locate(place), message: { text: plain(place.message) } })),
        }),
    ...(fix === undefined ? {} : { fixes: [fixOf(fix, locate)] }),
    ...(environments === undefined ? {} : { properties: { environments } }),
  };
}

function fixOf({ title, edits }: Fix, locate: Locate): object {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  return {
    description: { text: plain(title) },
    artifactChanges: [...files.values()].map((changes) => ({
      artifactLocation: changes.map((edit) => locate(edit).artifactLocation)[0],
      replacements: changes.map((edit) => ({ deletedRegion: locate(edit).region, insertedContent: { text: edit.newText } })),
    })),
  };
}

/** Text in which nothing is taken for a link: in SARIF's plain text `[words](target)` is one, and words may be a stranger's. */
function plain(text: string): string {
  return text.replaceAll("](", "] (");
}
