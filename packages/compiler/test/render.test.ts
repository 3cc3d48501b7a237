import { expect, it } from "vitest";
import { createReporter, nearest, pageOf } from "../src/diagnostic.js";
import { renderPretty } from "../src/render.js";
import { renderJson } from "../src/render/json.js";

function at(
  text: string,
  part: string,
): { readonly texts: ReadonlyMap<string, string>; readonly place: { file: string; span: { start: number; end: number } } } {
  const start = text.indexOf(part);
  return { texts: new Map([["a.yaml", text]]), place: { file: "a.yaml", span: { start, end: start + part.length } } };
}

function pretty(text: string, part: string): readonly string[] {
  const { texts, place } = at(text, part);
  const reporter = createReporter();
  reporter.report("prototype-key", place, { key: part });
  return renderPretty(reporter.diagnostics(), texts).split("\n");
}

it.each([
  ["a: bad", "bad", "   ^^^"],
  ["\ta: bad", "bad", "       ^^^"],
  ["日本: bad", "bad", "      ^^^"],
  ["👩‍👩‍👧: bad", "bad", "    ^^^"],
  ["e\u0301: bad", "bad", "   ^^^"],
  ["a: 日本", "日本", "   ^^^^"],
  ["\uFEFFa: bad", "bad", "   ^^^"],
])("underlines where a terminal shows it: %j", (text, part, expected) => {
  const lines = pretty(text, part);
  expect(lines[4]?.slice("  | ".length)).toBe(expected);
});

it("shows no control characters, and only a part of a very long line", () => {
  const shown = pretty(`a: \u001b[31m bad\u202e ${"x".repeat(5000)}`, "bad").join("\n");
  expect(shown).not.toMatch(/[\u001b\u202e]/);
  expect(Math.max(...shown.split("\n").map((line) => line.length))).toBeLessThan(140);
  expect(pretty(`${"x".repeat(5000)} bad`, "bad")[3]).toContain("bad");
});

it.each([0, 1, 2, 3])("cuts a long line between characters, and still points at the place: %i", (shift) => {
  const [, , , line = "", pointer = ""] = pretty(`${"x".repeat(shift)}${"😀".repeat(120)} bad ${"😀".repeat(120)}`, "bad");
  expect(line).not.toMatch(/\p{Surrogate}/u);
  // Emoji take two cells.
  const before = Array.from(line.slice(0, line.indexOf("bad"))).reduce((cells, c) => cells + (c === "😀" ? 2 : 1), 0);
  expect([pointer.indexOf("^"), pointer.trim().at(-1)]).toEqual([before, "^"]);
});

it("shows no control characters of file names and related messages", () => {
  const place = { file: "a\u001b[31m.yaml", span: { start: 0, end: 1 } };
  const related = [{ ...place, message: "here\u001b[0m" }];
  const shown = renderPretty([{ code: "x", severity: "error", message: "m", ...place, related }], new Map([[place.file, "a"]]));
  expect(shown).not.toContain("\u001b");
});

it("prints JSON with lines and columns from 1", () => {
  const { texts, place } = at("a: 1\r\nb: bad\r\n", "bad");
  const reporter = createReporter();
  reporter.report(
    "prototype-key",
    place,
    { key: "bad" },
    { fix: { title: "Go", edits: [{ ...place, newText: "good" }] }, related: [{ ...place, message: "here" }] },
  );
  const [json] = JSON.parse(renderJson(reporter.diagnostics(), texts)) as readonly object[];
  const range = { start: { line: 2, column: 4 }, end: { line: 2, column: 7 } };
  expect(Object.keys(json ?? {})).toEqual(["code", "severity", "message", "file", "range", "related", "fix", "url", "environments"]);
  expect(json).toMatchObject({
    code: "prototype-key",
    severity: "error",
    file: "a.yaml",
    range,
    fix: { title: "Go", edits: [{ file: "a.yaml", range, newText: "good" }] },
    related: [{ file: "a.yaml", range, message: "here" }],
    environments: null,
  });
});

it.each([
  ["event_tmie", "event_time"],
  ["parqet", "parquet"],
  ["Sources", "sources"],
  ["card_velocty", "card_velocity"],
  ["card", "card_profile"],
  ["xyz", undefined],
  ["a", undefined],
  ["customers", "customer"],
])("nearest to %s is %s", (name, expected) => {
  expect(
    nearest(
      name,
      ["event_time", "parquet", "sources", "card_velocity", "card_profile", "b", "customer"].filter(
        (candidate) => name !== "card" || candidate !== "card_velocity",
      ),
    ),
  ).toBe(expected);
});

it("keeps the same mistake once, and says environments only where it differs", () => {
  const { place } = at("a: bad\n", "bad");
  const reporter = createReporter();
  reporter.report("prototype-key", place, { key: "a" }, { environments: ["x"] });
  reporter.report("prototype-key", place, { key: "a" }, { environments: ["b"] });
  expect(reporter.diagnostics().map(({ environments }) => environments)).toEqual([["b", "x"]]);
  reporter.report("prototype-key", place, { key: "a" });
  expect(reporter.diagnostics().map(({ environments }) => environments)).toEqual([undefined]);
});

it("links to a page only where pages are published", () => {
  expect(pageOf("unknown-key", "https://docs.acme.example/")).toEqual({ url: "https://docs.acme.example/unknown-key.md" });
  expect(pageOf("unknown-key", "")).toEqual({});
});
