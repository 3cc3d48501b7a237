import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder, mlspec } from "./support.js";

async function started(more = ""): Promise<string> {
  const made = folder();
  await mlspec(made, "init");
  writeFileSync(join(made, "mlspec.yaml"), readFileSync(join(made, "mlspec.yaml"), "utf8") + more);
  return made;
}

const specOf = (made: string): string => readFileSync(join(made, "mlspec.yaml"), "utf8");

it("lists the templates", async () => {
  const { code, stdout } = await mlspec(folder(), "eject");
  expect([code, stdout.split("\n").includes("airflow/dag.py"), stdout.includes("init/")]).toEqual([0, true, false]);
});

it.each([
  ["no key", "", "templates:\n  spark/settings.py: templates/spark/settings.py.hbs\n"],
  [
    "a block",
    "templates:\n  python/card.py: own.py # ours\n",
    "templates:\n  spark/settings.py: templates/spark/settings.py.hbs\n  python/card.py: own.py # ours\n",
  ],
  [
    "one line",
    "templates: { python/card.py: own.py }\n",
    "templates: { spark/settings.py: templates/spark/settings.py.hbs, python/card.py: own.py }\n",
  ],
])("copies a template and names it, with %s before", async (_, before, after) => {
  const made = await started(before);
  const text = specOf(made);
  expect(await mlspec(made, "eject", "spark/settings.py")).toMatchObject({ code: 0 });
  expect(specOf(made)).toBe(text.slice(0, text.length - before.length) + after);
  expect(readFileSync(join(made, "templates/spark/settings.py.hbs"), "utf8")).toContain("SPARK = {{py spark}}");
});

it("writes a file without holes as it is", async () => {
  const made = await started();
  await mlspec(made, "eject", "python/card.py");
  expect(existsSync(join(made, "templates/python/card.py"))).toBe(true);
});

it("never replaces what is there", async () => {
  const made = await started();
  expect((await mlspec(made, "eject", "spark/setings.py")).stderr).toContain("Did you mean spark/settings.py?");
  await mlspec(made, "eject", "spark/settings.py");
  const text = specOf(made);
  expect(await mlspec(made, "eject", "spark/settings.py")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is replaced already"),
  });
  writeFileSync(join(made, "mlspec.yaml"), text.slice(0, text.indexOf("templates:")));
  expect(await mlspec(made, "eject", "spark/settings.py")).toMatchObject({ code: 2, stderr: expect.stringContaining("is there already") });
});
