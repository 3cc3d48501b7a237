/** What a code means: its page, for people and for SARIF. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnosticTable, type Explained } from "@mlspec/compiler";
import { builtins } from "@mlspec/emitters";
import { asset } from "./assets.js";

/** Undefined for what is no code of ours. */
export function explained(code: string): Explained | undefined {
  const entry = entryOf(code);
  if (entry === undefined) return undefined;
  const { severity, docs } = entry;
  return { severity, ...docs, markdown: written(code) ?? plain(code, entry) };
}

/** All codes with a page. */
export function knownCodes(): readonly string[] {
  const ofEmitters = Object.entries(builtins).flatMap(([name, { diagnostics = {} }]) =>
    Object.keys(diagnostics).map((code) => `${name}/${code}`),
  );
  return [...Object.keys(diagnosticTable), ...ofEmitters];
}

type Entry = Pick<Explained, "severity"> & { readonly docs: Pick<Explained, "what" | "why" | "fix"> };

function entryOf(code: string): Entry | undefined {
  const [emitter = "", own = ""] = code.split("/");
  const kind = /^needs-([a-z][a-z0-9_-]*)$/.exec(own)?.[1];
  if (/^[a-z][a-z0-9_-]*$/.test(emitter) && kind !== undefined) return needs(emitter, kind);
  if (own !== "") return Object.hasOwn(builtins, emitter) ? lookUp(builtins[emitter]?.diagnostics ?? {}, own) : undefined;
  return lookUp<Entry>(diagnosticTable, code);
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Every emitter can need what no other provides, so these codes stand in no table. */
function needs(target: string, kind: string): Entry {
  return {
    severity: "error",
    docs: {
      what: `What \`${target}\` writes refers to an artifact of the kind \`${kind}\`, and no target provides it.`,
      why: "The reference would lead nowhere, which shows only when it is used.",
      fix: `Add the target that provides it to \`targets\` (\`docker\` for images, \`spark\` and \`python\` for programs, or an emitter of your own), or remove \`${target}\`.`,
    },
  };
}

/** The page as it was written, with an example. */
function written(code: string): string | undefined {
  const file = join(asset("pages"), `${code}.md`);
  return existsSync(file) ? readFileSync(file, "utf8").replace(/^<!--[^\n]*-->\n/, "") : undefined;
}

function plain(code: string, { severity, docs }: Entry): string {
  return `# ${code}\n\n*${severity}*\n\n${docs.what}\n\n## Why\n\n${docs.why}\n\n## What to do\n\n${docs.fix}\n`;
}
