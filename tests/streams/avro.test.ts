/** Messages in Avro, in all that is emitted for a topic of them. */
import { describe, expect, it } from "vitest";
import { compileTexts, folderTexts, type Texts } from "../support/compile.js";

const project = folderTexts("tests/engines/kafka/project");
const text = project["mlspec.yaml"] ?? "";
const SCHEMA = "schemas/transfers.avsc";

function compiled(edits: Readonly<Record<string, (before: string) => string>> = {}): Texts {
  const edited = Object.entries(edits).map(([path, edit]) => [path, edit(project[path] ?? "")] as const);
  const { diagnostics, output } = compileTexts({ ...project, ...Object.fromEntries(edited) });
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return output;
}

const output = compiled();
const at = (texts: Texts, path: string): string => texts[`generated/production/${path}`] ?? "";

it("what reads them is there: the module, the schema, the jar, and the limits of what a broken message may ask for", () => {
  expect(at(output, "spark/sources.py")).toContain('message_format=Avro("schemas/transfers.avsc", framing="confluent")');
  expect(at(output, "spark/avro_messages.py")).toContain("from_avro");
  expect(JSON.parse(at(output, `spark/${SCHEMA}`))).toMatchObject({ type: "record", name: "Transfer" });
  expect(at(output, `spark/${SCHEMA}`)).not.toMatch(/doc|default|namespace/);
  expect(at(output, "spark/settings.py")).toContain("org.apache.spark:spark-avro_2.13:4.1.1");
  expect(at(output, "spark/settings.py").match(/avro\.limits\.(?:string|bytes|collectionItems)\.maxLength=\d+/g)).toHaveLength(3);
  expect(at(output, "docker/jars.txt")).toMatch(/spark-avro_2\.13-4\.1\.1\.jar/);
});

it("without what Confluent's serializers write, only the format is another", () => {
  const plain = compiled({ "mlspec.yaml": (spec) => spec.replace("avro_confluent", "avro") });
  const changed = Object.keys(output).filter((path) => output[path] !== plain[path] && /\/spark\//.test(path));
  expect(changed).toEqual(["generated/local/spark/sources.py", "generated/production/spark/sources.py"]);
  expect(at(plain, "spark/sources.py")).toContain('message_format=Avro("schemas/transfers.avsc"),');
});

describe("where nothing is in Avro", () => {
  const override = (spec: string): string =>
    spec
      .replace(
        "secrets: { from: env } }",
        `secrets: { from: env }, overrides: { sources: { transfers: { files: { path: ./raw, format: parquet }, ingested_at: ingested_at, columns: { ingested_at: timestamp! } } } } }`,
      )
      .replace(/ {2}which_transfers_count:\n(?: {4}.*\n)+/, "");
  const local = (texts: Texts): readonly string[] =>
    Object.entries(texts).flatMap(([path, content]) =>
      path.startsWith("generated/local/") && /avro|avsc/i.test(path + content) ? [path] : [],
    );

  it("an environment reads files in its place, and the schema still is what it has to be", () => {
    const overridden = compiled({ "mlspec.yaml": override });
    expect(local(output)).not.toEqual([]);
    expect(local(overridden)).toEqual(["generated/local/spark/quality.py"]);
    expect(at(overridden, `spark/${SCHEMA}`)).toBe(at(output, `spark/${SCHEMA}`));
  });
});

it("what a schema says beside what is read changes nothing", () => {
  const noted = compiled({
    [SCHEMA]: (schema) => schema.replace("In euros.", "In other words.").replaceAll("\n", "\r\n").replace("shop.money", "shop.other"),
  });
  expect(noted).toEqual(output);
});

describe("another schema is another source of rows", () => {
  const generation = (edit: (schema: string) => string): string | undefined => {
    const features = "entities: { card: { key: cardId } }\nfeatures:\n  sums: { entity: card, from: transfers, columns: [amount] }\n";
    const texts = { ...project, "mlspec.yaml": `${text}${features}`, [SCHEMA]: edit(project[SCHEMA] ?? "") };
    return compileTexts(texts).environments[0]?.ir.featurePlans["sums"]?.generation;
  };
  const before = generation((schema) => schema);
  it.each([
    [
      "a field more",
      (schema: string): string => schema.replace('{ "name": "score"', '{ "name": "rank", "type": "int" },\n    { "name": "score"'),
      false,
    ],
    ["another logical type", (schema: string): string => schema.replace("timestamp-millis", "timestamp-micros"), false],
    ["other words", (schema: string): string => schema.replace("In euros.", ""), true],
  ])("%s", (_, edit, same) => {
    expect(before).toMatch(/^[0-9a-f]+$/);
    expect(generation(edit) === before).toBe(same);
  });
});
