/** Diagnostics go out in the format that was asked for: data is output, frames are talk. */
import {
  diagnosticTable,
  hasErrors,
  renderGithub,
  renderJson,
  renderPretty,
  renderSarif,
  sortDiagnostics,
  type Diagnostic,
  type Texts,
} from "@mlspec/compiler";
import type { Context } from "./command.js";
import { explained } from "./page.js";
import { prefixIn, repositoryOf } from "./repository.js";
import { paint, type Terminal } from "./terminal.js";
import { version } from "./version.js";

/** What diagnostics point into. */
export interface Shown {
  /** The project's folder. */
  readonly folder: string;
  readonly texts: Texts;
}

/** Whether output is for a machine: then it holds the diagnostics and nothing else. */
export function forMachines({ args }: Pick<Context, "args">): boolean {
  return (args.value("format") ?? "pretty") !== "pretty";
}

/** Whether output names files from the root of the repository. */
export function pathsFromRoot({ args }: Pick<Context, "args">): boolean {
  return ["github", "sarif"].includes(args.value("format") ?? "");
}

/** Prints diagnostics. Whether there was an error. */
export function report({ args, terminal }: Pick<Context, "args" | "terminal">, diagnostics: readonly Diagnostic[], shown: Shown): boolean {
  const { texts, folder } = shown;
  switch (args.value("format")) {
    case "json":
      terminal.out(renderJson(diagnostics, texts));
      break;
    case "sarif":
      terminal.out(renderSarif(diagnostics, texts, { version, prefix: prefixOf(folder), explained }));
      break;
    case "github":
      terminal.out(renderGithub(diagnostics, texts, prefixOf(folder)));
      if (diagnostics.length > 0) terminal.say(count(terminal, diagnostics));
      break;
    default:
      if (diagnostics.length > 0) frames(terminal, diagnostics, texts);
  }
  return hasErrors(diagnostics);
}

function prefixOf(folder: string): string {
  return prefixIn(repositoryOf(folder, process.env), folder);
}

function frames(terminal: Terminal, all: readonly Diagnostic[], texts: Texts): void {
  // Hints wait until there is no error: they would stand between a person and what has to be mended.
  const diagnostics = hasErrors(all) ? all.filter(({ severity }) => severity !== "hint") : all;
  terminal.say(renderPretty(shownFirst(diagnostics), texts, { colour: terminal.colour }));
  if (diagnostics.length > SHOWN) terminal.say(`… and ${diagnostics.length - SHOWN} more: see all with --format json\n`);
  terminal.say(count(terminal, diagnostics));
}

/** More than a person reads; one slip can make many. */
const SHOWN = 100;

/** Errors, where not all can be shown; in the order of reading. */
function shownFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= SHOWN) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const others = diagnostics.filter(({ severity }) => severity !== "error");
  return sortDiagnostics([...errors, ...others].slice(0, SHOWN));
}

function count(terminal: Terminal, diagnostics: readonly Diagnostic[]): string {
  const of = (severity: Diagnostic["severity"]): number => diagnostics.filter((each) => each.severity === severity).length;
  const parts = (["error", "warning", "hint"] as const).flatMap((severity) =>
    of(severity) === 0 ? [] : [`${of(severity)} ${severity}${of(severity) === 1 ? "" : "s"}`],
  );
  const first = diagnostics.find(({ severity, code }) => severity === "error" && Object.hasOwn(diagnosticTable, code));
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined && fix.guess !== true).length;
  const fixes = fixable === 0 ? "" : `; \`mlspec check --fix\` puts ${fixable} right`;
  const more = first === undefined ? "" : `; \`mlspec explain ${first.code}\` says more`;
  return paint(terminal, of("error") > 0 ? "red" : "yellow", `${parts.join(", ")}${fixes}${more}`);
}
