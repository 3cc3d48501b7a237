import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { renderGithub, renderJson, toSarif, type Diagnostic, type Edit, type SarifOptions } from "@mlspec/compiler";
import { explained } from "../../packages/cli/src/page.js";
import { cases, check } from "../errors/run.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const options = { version: "1.2.3", explained };

/** The SARIF schema as Microsoft's package carries it (2.1.0-rtm.5 of schemastore, the one that GitHub takes). */
const schema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
) as Record<string, unknown>;

/** The schema is of draft 4, whose `id` and `$schema` a newer ajv refuses; nothing else in it differs. */
const { id: _, $schema: __, ...plainSchema } = schema;
const URI_REFERENCE = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*(?:#.*)?$/;
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  unicodeRegExp: false,
  formats: { uri: (text: string) => /^[a-z]+:/.test(text) && URI_REFERENCE.test(text), "uri-reference": URI_REFERENCE, "date-time": true },
});
const isSarif = ajv.compile(plainSchema);

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Physical {
  readonly artifactLocation: { readonly uri: string };
  readonly region: Region;
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly help?: { readonly markdown: string } }[] };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [{ readonly physicalLocation: Physical }];
        readonly fixes?: readonly unknown[];
      }[];
    },
  ];
}

function sarif(diagnostics: readonly Diagnostic[], texts: ReadonlyMap<string, string>, asked: SarifOptions = options): Log {
  const log = JSON.parse(JSON.stringify(toSarif(diagnostics, texts, asked))) as Log;
  expect(isSarif(log), JSON.stringify(isSarif.errors, null, 2)).toBe(true);
  return log;
}

/** What a region of SARIF covers: lines end as it declares, columns count UTF-16 code units, a byte order mark is none of them. */
function covered(text: string, { startLine, startColumn, endLine, endColumn }: Region): string {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: end }) => index + end.length)];
  return text.slice((starts[startLine - 1] ?? 0) + startColumn - 1, (starts[endLine - 1] ?? 0) + endColumn - 1);
}

/** A line as the runner of GitHub's workflows reads it: `::name key=value,…::data`, first `%25` last. */
function command(line: string): { readonly name: string; readonly properties: Readonly<Record<string, string>>; readonly data: string } {
  const [, name = "", properties = "", data = ""] = /^::([^ :]+) ([^\n]*?)::(.*)$/s.exec(line) ?? [];
  const plain = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const property = (text: string): string => plain(text).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
  const pairs = properties.split(",").map((pair) => [pair.slice(0, pair.indexOf("=")), property(pair.slice(pair.indexOf("=") + 1))]);
  return { name, properties: Object.fromEntries(pairs) as Record<string, string>, data: plain(data).replaceAll("%25", "%") };
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ["100%25, a:b/c,d::e.yaml", "50% of `x`,\n::error file=x::y\r\n##[set-env name=A]b [click](https://evil.example) 😀"],
  ["日本/naïve #1?.yaml", "`a\u001b[31mb`, \u202etxt"],
  ["line\nbreak.yaml", "title=x,line=9::no"],
];
const LINES = "first: 😀 bad\r\nsecond:\rthird: \u2028 bad\n";

function hostile(): { readonly diagnostics: readonly Diagnostic[]; readonly texts: ReadonlyMap<string, string> } {
  const texts = new Map(HOSTILE.map(([file]) => [file, LINES]));
  const diagnostics = HOSTILE.flatMap(([file, message], i): readonly Diagnostic[] => {
    const last = LINES.lastIndexOf("bad");
    const span = i === 1 ? { start: LINES.indexOf("bad"), end: last + 3 } : { start: last, end: last + 3 };
    const edit: Edit = { file, span, newText: `${message}\n` };
    const insertion: Edit = { file: HOSTILE[0]?.[0] ?? "", span: { start: 0, end: 0 }, newText: "# \u0000" };
    return [
      {
        code: i === 2 ? "flyte/hostile" : "yaml-syntax",
        severity: (["error", "warning", "hint"] as const)[i] ?? "hint",
        message,
        file,
        span,
        related: [{ file, span: { start: 0, end: 5 }, message }],
        fix: { title: message, edits: i === 0 ? [edit] : [edit, insertion] },
        environments: ["local", "production"],
      },
    ];
  });
  return { diagnostics, texts };
}

describe("hostile names and messages", () => {
  const { diagnostics, texts } = hostile();

  it("stay data in workflow commands", async () => {
    const printed = renderGithub(diagnostics, texts, "ml, 5%/fraud:1/");
    await expect(printed).toMatchFileSnapshot(join(here, "hostile.github.txt"));
    const lines = printed.trimEnd().split("\n");
    expect(lines.map((line) => command(line).properties["file"])).toEqual(HOSTILE.map(([file]) => `ml, 5%/fraud:1/${file}`));
    expect(lines.map((line) => command(line).name)).toEqual(["error", "warning", "notice"]);
    expect(command(lines[0] ?? "").data.split("\n")[0]).toBe("50% of `x`,");
    expect(printed).not.toMatch(/\r|\u001b|\u202e/);
  });

  it("stay data in SARIF", async () => {
    const about = { severity: "error", what: "What.", why: "Why.", fix: "Do.", markdown: "# Page\n" } as const;
    const log = sarif(diagnostics, texts, {
      ...options,
      prefix: "ml, 5%/fraud:1/",
      explained: (code) => (code === "yaml-syntax" ? about : undefined),
    });
    await expect(`${JSON.stringify(log, null, 2)}\n`).toMatchFileSnapshot(join(here, "hostile.sarif.json"));
    const [{ results }] = log.runs;
    const places = results.map(({ locations: [{ physicalLocation }] }) => physicalLocation);
    expect(places.map(({ artifactLocation: { uri } }) => decodeURIComponent(uri))).toEqual(
      HOSTILE.map(([file]) => `ml, 5%/fraud:1/${file}`),
    );
    expect(places.map(({ region }) => covered(LINES, region))).toEqual(["bad", LINES.slice(LINES.indexOf("bad"), -1), "bad"]);
  });

  it("stay data in JSON", async () => {
    await expect(renderJson(diagnostics, texts)).toMatchFileSnapshot(join(here, "hostile.json"));
  });
});

function some<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("there is a result for each diagnostic");
  return value;
}

describe("each mistake that there is, in each format", () => {
  it.each(cases())("$code: $name", (one) => {
    const { diagnostics, texts } = check(one);
    const [{ results, tool }] = sarif(diagnostics, texts).runs;
    const lines = renderGithub(diagnostics, texts).trimEnd().split("\n");
    for (const [i, { code, file, span, severity, message, fix }] of diagnostics.entries()) {
      const {
        ruleId,
        ruleIndex,
        locations: [
          {
            physicalLocation: { artifactLocation, region },
          },
        ],
        ...result
      } = some(results[i]);
      expect([ruleId, tool.driver.rules[ruleIndex]?.id, decodeURIComponent(artifactLocation.uri)]).toEqual([code, code, file]);
      expect(tool.driver.rules[ruleIndex]?.help?.markdown).toContain("## What to do");
      expect(covered(texts.get(file) ?? "", region)).toBe((texts.get(file) ?? "").slice(span.start, span.end));
      expect([result.level, result.message.text.length > 0, result.fixes?.length]).toEqual([
        severity === "hint" ? "note" : severity,
        true,
        fix === undefined ? undefined : 1,
      ]);
      const { properties, data } = command(lines[i] ?? "");
      expect(properties).toMatchObject({ file, title: `mlspec ${code}`, line: String(region.startLine), endLine: String(region.endLine) });
      expect(properties["col"]).toBe(region.startLine === region.endLine ? String(region.startColumn) : undefined);
      expect(data.startsWith(message)).toBe(true);
    }
    expect(lines.filter((line) => line !== "")).toHaveLength(diagnostics.length);
  });
});

it("nothing wrong is a log without results, and no annotation", () => {
  expect(sarif([], new Map()).runs[0].results).toEqual([]);
  expect(renderGithub([], new Map())).toBe("");
});

it("the schema refuses what is not SARIF", () => {
  const { diagnostics, texts } = hostile();
  const log = sarif(diagnostics, texts);
  expect(isSarif({ ...log, runs: [{ ...log.runs[0], columnKind: "bytes" }] })).toBe(false);
  expect(isSarif({ ...log, version: "2.0.0" })).toBe(false);
});
