import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder, mlspec, put } from "./support.js";

/** A started project with an emitter of its own. */
async function project(code: string | undefined, options = "{}", key = "./emitters/mine.mjs"): Promise<string> {
  const made = folder();
  await mlspec(made, "init");
  const spec = readFileSync(join(made, "mlspec.yaml"), "utf8");
  put(made, "mlspec.yaml", spec.replace("  python: {}\n", `  python: {}\n  "${key}": ${options}\n`));
  if (code !== undefined) put(made, "emitters/mine.mjs", code);
  return made;
}

const emitter = (emit: string, more = ""): string =>
  `export const emitter = { name: "mine", needs: [], provide: () => ({}), emit(context) { ${emit} }, ${more} };\n`;
const NOTHING = "return { files: [] };";

interface Told {
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}

async function told(made: string, ...flags: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await mlspec(made, "compile", "--format", "json", ...flags);
  expect([code, stderr]).toEqual([1, ""]);
  expect(existsSync(join(made, "generated"))).toBe(false);
  const spec = readFileSync(join(made, "mlspec.yaml"), "utf8").split("\n");
  return (JSON.parse(stdout) as readonly Told[]).map(({ code: which, message, range: { start } }) => {
    return `${which} at ${spec[start.line - 1]?.slice(start.column - 1, start.column + 24) ?? ""}: ${message}`;
  });
}

it("checks options against the emitter's own schema, at their place in the spec", async () => {
  const schema = `optionsSchema: { type: "object", properties: { domain: { type: "string" } }, additionalProperties: false }`;
  const made = await project(emitter(NOTHING, schema), "{ domain: 7, domian: x }");
  expect(await told(made)).toEqual([
    "target-options at 7, domian: x }: The option `domain` of `./emitters/mine.mjs`: it has to be a text, and is a whole number.",
    "target-options at domian: x }: The option `domian` of `./emitters/mine.mjs`: there is no such option; did you mean `domain`?",
  ]);
});

it("refuses options of an emitter that says nothing of options", async () => {
  expect(await told(await project(emitter(NOTHING), "{ loud: true }"))).toEqual([
    "target-options at loud: true }: The option `loud` of `./emitters/mine.mjs`: there is no such option; it takes none.",
  ]);
});

it.each([
  [
    "throws",
    emitter(`throw new TypeError("no domain");`),
    /^emitter-failed .*failed: no domain \(mine\.mjs, line 1\)\. That is a mistake in the emitter/,
  ],
  ["throws no error", emitter("throw null;"), /^emitter-failed .*failed: it threw null/],
  ["returns a promise", emitter(`return Promise.resolve({ files: [] });`), /^emitter-failed .*`emit` returned a promise/],
  ["returns nothing", emitter(""), /^emitter-failed .*`emit` has to return/],
  [
    "returns no data",
    emitter(`return { files: [{ path: "a.yaml", from: [], data: { at: new Date() } }] };`),
    /^emitter-failed .*`data\.at` is no plain object/,
  ],
  [
    "returns data that holds itself",
    emitter(`const a = {}; a.a = a; return { files: [{ path: "a.yaml", from: [], data: a }] };`),
    /^emitter-failed .*`data\.a` holds itself/,
  ],
  [
    "links to what nobody makes",
    emitter(`context.link("image:none", "a"); ${NOTHING}`),
    /^mine\/needs-image .*`image:none`, and no target provides it/,
  ],
  ["links to no artifact", emitter(`context.link("none", "a"); ${NOTHING}`), /^emitter-failed .*`link` was asked for `none`/],
  [
    "reports badly",
    emitter(`context.report({ code: "x", severity: "fatal", message: "m" }); ${NOTHING}`),
    /^emitter-failed .*`report` takes/,
  ],
  ["changes the project", emitter(`context.ir.project.name = "x"; ${NOTHING}`), /^emitter-failed .*read only/],
  [
    "provides what another does",
    emitter(NOTHING).replace(
      "() => ({})",
      `(ir) => ({ ["program:" + Object.keys(ir.programs)[0]]: { kind: "reference", reference: "r" } })`,
    ),
    /^two-providers .*`\.\/emitters\/mine\.mjs`/,
  ],
  ["provides no artifact", emitter(NOTHING).replace("({})", `({ spark: 1 })`), /^emitter-failed .*`provide` names `spark`/],
  [
    "is called as another",
    emitter(NOTHING).replace(`"mine"`, `"spark"`),
    /^target-broken .*name `spark` is also that of the target `spark`/,
  ],
  ["exports none", "export const other = 1;\n", /^target-broken .*it exports no `emitter`/],
  ["is half of one", `export const emitter = { name: "mine", needs: [], provide() {} };\n`, /^target-broken .*`emit` has to be a function/],
  ["does not load", "export const emitter = {\n", /^target-broken .*could not be loaded/],
  ["throws while it is loaded", `throw new Error("not here");\n`, /^target-broken .*could not be loaded: not here/],
  ["is not there", undefined, /^target-broken .*there is no such file in the project/],
])("names the emitter that %s", async (_, code, expected) => {
  const [first = "", ...others] = await told(await project(code));
  expect(first).toMatch(expected);
  expect(first).toContain("./emitters/mine.mjs");
  expect(others).toEqual([]);
});

it("names a package that is not installed", async () => {
  expect((await told(await project(undefined, "{}", "mlspec-nowhere")))[0]).toMatch(
    /^target-broken .*not installed in the project: `npm install mlspec-nowhere`/,
  );
});

it("runs no file behind a link out of the project", async () => {
  const made = await project(undefined);
  put(made, "emitters/readme.txt", "");
  const outside = folder({ "mine.mjs": emitter(NOTHING) });
  symlinkSync(join(outside, "mine.mjs"), join(made, "emitters", "mine.mjs"));
  expect((await told(made))[0]).toMatch(/^target-broken .*leads out of the project/);
});

it("loads nothing under --no-plugins", async () => {
  const made = await project(
    `import { writeFileSync } from "node:fs";\nwriteFileSync(new URL("loaded", import.meta.url), "");\n${emitter(NOTHING)}`,
  );
  expect((await told(made, "--no-plugins"))[0]).toMatch(/^target-refused at "\.\/emitters\/mine\.mjs": \{\}: .*`--no-plugins`/);
  expect(existsSync(join(made, "emitters", "loaded"))).toBe(false);
});

/** A started project with a policy of its own. */
async function withPolicy(code: string): Promise<string> {
  const made = folder();
  await mlspec(made, "init");
  put(
    made,
    "mlspec.yaml",
    `${readFileSync(join(made, "mlspec.yaml"), "utf8")}policies:\n  naming: { use: ./policies/naming.mjs, with: { longest: 8 } }\n`,
  );
  put(made, "policies/naming.mjs", code);
  return made;
}

it("asks a policy in code, of definitions and of columns", async () => {
  const made = await withPolicy(`export const policy = {
  check: ({ definitions, columns }, { longest }) => [
    ...definitions.filter(({ section, name }) => section === "sources" && name.length < longest).map(({ id }) => ({ at: id, message: "Too short.", severity: "warning" })),
    ...columns.filter(({ id, from }) => id.startsWith("features.") && from.length === 0).map(({ id }) => ({ at: id, message: \`\${id} is made from nothing.\` })),
  ],
};
`);
  const { code, stdout } = await mlspec(made, "check", "--format", "json");
  expect(code).toBe(1);
  const said = JSON.parse(stdout) as readonly { readonly code: string; readonly message: string; readonly file: string }[];
  expect(said.map((one) => `${one.code} in ${one.file}: ${one.message}`).sort()).toEqual([
    "policy-broken in specs/model.yaml: features.customer_activity.order_count_30d is made from nothing. (policy `naming`)",
    "policy-broken in specs/model.yaml: features.customer_activity.order_count_7d is made from nothing. (policy `naming`)",
    "policy-warned in specs/data.yaml: Too short. (policy `naming`)",
  ]);
  const refused = await mlspec(made, "check", "--no-plugins");
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("error[policy-refused]")]);
});

it("tells a policy that changes what it is given, and what it does not export", async () => {
  const changing = await withPolicy(`export const policy = { check: ({ definitions }) => definitions.sort() };\n`);
  expect((await mlspec(changing, "check")).stderr).toContain("error[policy-failed]");
  const other = await withPolicy("export const rules = [];\n");
  expect((await mlspec(other, "check")).stderr).toContain("it exports no `policy`");
});
