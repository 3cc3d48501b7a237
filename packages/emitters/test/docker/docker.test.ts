import type { Ir, SourceDataset } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { allowList } from "../../src/docker/context.js";
import { docker } from "../../src/docker/index.js";
import { spark } from "../../src/spark/index.js";
import { clusterIr, dataOf, emitAlone, localIr, textOf } from "../cluster.js";

const OPTIONS = { registry: "ghcr.io/acme" };

it("writes nothing where the runtime is local", () => {
  expect(emitAlone(docker, localIr, OPTIONS).files).toEqual([]);
});

it("names images by what is in them", () => {
  const before = emitAlone(docker, clusterIr, OPTIONS).links;
  expect(before["image:spark"]).toMatch(/^ghcr\.io\/acme\/shop-spark:[0-9a-f]{16}$/);
  const changed = { ...clusterIr, code: clusterIr.code.map((file) => ({ ...file, sha256: "cc" })) };
  const after = emitAlone(docker, changed, OPTIONS).links;
  expect(after["image:training"]).not.toBe(before["image:training"]);
  // Spark jobs have none of the project's code.
  expect(after["image:spark"]).toBe(before["image:spark"]);
});

it("copies programs and the project's code, and lists what may be copied", () => {
  const result = emitAlone(docker, clusterIr, OPTIONS);
  const training = textOf(result, "training.Dockerfile");
  expect(training).toContain(
    "COPY generated/production/python/ generated/production/python/\nCOPY requirements.txt ./\nCOPY src/ src/\nUSER 10001:10001\n",
  );
  const ignore = textOf(result, "training.Dockerfile.dockerignore").split("\n");
  expect(ignore[1]).toBe("*");
  expect(ignore).toContain("!src/train.py");
  expect(ignore).toContain("!generated/production/python/train_churn.py");
  expect(ignore).not.toContain("!generated/production/spark/ingest_orders.py");
});

it("starts the service in exec form, and asks it how it is", () => {
  const serving = textOf(emitAlone(docker, clusterIr, OPTIONS), "serving-api-v1.Dockerfile");
  expect(serving).toContain('ENTRYPOINT ["python3"]\nCMD ["generated/production/python/serve_api_v1.py"]\n');
  expect(serving).toContain("EXPOSE 8080\nHEALTHCHECK ");
});

it("builds everything with one bake file, under the names that others use", () => {
  const result = emitAlone(docker, clusterIr, OPTIONS);
  expect(dataOf(result, "docker-bake.json")).toMatchObject({
    group: { default: { targets: ["serving-api-v1", "spark", "training"] } },
    target: { spark: { context: ".", dockerfile: "generated/production/docker/spark.Dockerfile", tags: [result.links["image:spark"]] } },
  });
});

it("has packages for the storage that there is", () => {
  expect(textOf(emitAlone(docker, clusterIr, OPTIONS), "spark.Dockerfile")).toContain("--requirement /build/s3.requirements.txt");
  expect(textOf(emitAlone(docker, clusterIr, OPTIONS), "jars.txt")).toContain("hadoop-aws");
  const disk = { ...clusterIr, storage: { ...clusterIr.storage, path: "/mnt/lake" } };
  expect(textOf(emitAlone(docker, disk, OPTIONS), "jars.txt")).not.toContain("hadoop-aws");
  const lent: Ir = { ...disk, datasets: { "sources.lent": lentFrom("s3://theirs/lent") } };
  expect(textOf(emitAlone(docker, lent, OPTIONS), "jars.txt")).toContain("hadoop-aws");
});

it("has the newest Spark that the jobs are written for, with the Delta and the Hadoop that go with it", () => {
  const built = (range?: string): readonly string[] => {
    const version = range === undefined ? undefined : spark.provide(clusterIr, { version: range })["version:spark"];
    const links: Record<string, string> = version?.kind === "reference" ? { "version:spark": version.reference } : {};
    const result = emitAlone(docker, clusterIr, OPTIONS, links);
    return ["spark.requirements.txt", "jars.txt"].map((name) => textOf(result, name));
  };
  const [packages, jars] = built("4.0");
  expect(packages).toContain("pyspark==4.0.1\n");
  expect(jars?.match(/[^/\n]+\.jar/g)).toEqual([
    "delta-spark_2.13-4.0.1.jar",
    "delta-storage-4.0.1.jar",
    "hadoop-aws-3.4.1.jar",
    "bundle-2.24.6.jar",
  ]);
  expect(built(">=4.0 <4.1")).toEqual([packages, jars]);
  const newest = built("4.1");
  expect(newest[0]).toContain("pyspark==4.1.1\n");
  expect(newest[1]).toContain("delta-spark_4.1_2.13-4.4.0.jar");
  expect(built(">=4.0 <4.2")).toEqual(newest);
  // Jobs may be someone else's.
  expect(built()).toEqual(newest);
});

it("puts the jars where Spark finds them", () => {
  const dockerfile = textOf(emitAlone(docker, clusterIr, OPTIONS), "spark.Dockerfile");
  expect(dockerfile).toContain("generated/production/docker/jars.txt");
  expect(dockerfile).toContain("fetch_jars.py /build/jars.txt /opt/spark/jars");
  expect(dockerfile).toContain("SPARK_HOME=/opt/spark");
});

/** A source that lies somewhere else than the project's own storage. */
function lentFrom(path: string): SourceDataset {
  return {
    id: "sources.lent",
    definition: "sources.lent",
    origin: { file: "mlspec.yaml", path: [] },
    kind: "source",
    name: "lent",
    columns: [],
    time: { key: ["id"], eventTime: "at" },
    input: { kind: "files", path, format: "parquet" },
    checks: [],
    verdictsPath: "verdicts",
  };
}

it.each([
  [{ registry: "ghcr.io/acme\nRUN id" }, clusterIr, "invalid-registry"],
  [{ registry: "GHCR.io/$(id)" }, clusterIr, "invalid-registry"],
  [OPTIONS, { ...clusterIr, code: [{ path: "my code/a.py", sha256: "0" }] }, "unsupported-path"],
  [OPTIONS, { ...clusterIr, code: [{ path: "src/a\nb.py", sha256: "0" }] }, "unsupported-path"],
  [OPTIONS, { ...clusterIr, storage: { ...clusterIr.storage, path: "abfss://x@y/z" } }, "unsupported-storage"],
])("refuses what Docker cannot say (%#)", (options, ir, code) => {
  const result = emitAlone(docker, ir, options);
  expect(result.files).toEqual([]);
  expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
});

it("lists odd names literally", () => {
  expect(allowList(["src/[a]*.py", "src/b?.py"])).toBe("# Only what the image copies.\n*\n!src/\\[a\\]\\*.py\n!src/b\\?.py\n");
});
