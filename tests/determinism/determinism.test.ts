import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { compileTexts, folderTexts, type Texts } from "../support/compile.js";

const example = folderTexts("examples/fraud_detection");

test("the order in which files are listed changes no byte", () => {
  const shuffled: Texts = Object.fromEntries(Object.entries(example).toReversed());
  expect(compileTexts(shuffled).output).toEqual(compileTexts(example).output);
});

test("comments, blank lines and moved definitions change no byte", () => {
  const commented = Object.fromEntries(
    Object.entries(example).map(([path, text]) => [path, path.endsWith(".yaml") ? `# a comment\n\n${text}\n# the end\n` : text]),
  );
  expect(compileTexts(commented).output).toEqual(compileTexts(example).output);
});

test("line ends change no byte", () => {
  const windows = Object.fromEntries(
    Object.entries(example).map(([path, text]) => [path, path.endsWith(".yaml") ? text.replaceAll("\n", "\r\n") : text]),
  );
  expect(compileTexts(windows).output).toEqual(compileTexts(example).output);
});

test("the output knows no clock, no machine and no line of the spec", () => {
  const text = Object.values(compileTexts(example).output).join("\n");
  expect(text).not.toContain(process.cwd());
  expect(text).not.toContain(new Date().toISOString().slice(0, 10));
  expect(text).not.toMatch(/mlspec\.yaml:\d/);
});

test("another time zone and locale change no byte", { timeout: 60_000 }, () => {
  const script = new URL("./digest.test.ts", import.meta.url).pathname;
  expect(script).toContain("digest");
  const digest = (env: Readonly<Record<string, string>>): string => {
    const { stdout, status, stderr } = spawnSync(
      process.execPath,
      ["node_modules/vitest/vitest.mjs", "run", "tests/determinism/digest.test.ts", "--reporter=verbose"],
      { encoding: "utf8", env: { ...process.env, ...env, MLSPEC_DIGEST: "1" } },
    );
    expect(status, stderr).toBe(0);
    return /digest ([0-9a-f]{64})/.exec(stdout)?.[1] ?? "none";
  };
  const here = digest({ TZ: "UTC", LANG: "C" });
  expect(here).toMatch(/^[0-9a-f]{64}$/);
  expect(digest({ TZ: "Pacific/Apia", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" })).toBe(here);
});
