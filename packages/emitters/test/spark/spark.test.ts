import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EmitContext, EmittedFile, Ir } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { spark } from "../../src/spark/index.js";
import { fraudIr } from "./fraud-ir.js";

function emit(ir: Ir): Map<string, string> {
  const unused = (): never => {
    throw new Error("the spark emitter asks for nothing");
  };
  const context: EmitContext<{ version: string }> = {
    ir,
    options: { version: "4.1" },
    folder: "generated/local",
    has: unused,
    link: unused,
    contentHash: unused,
    template: () => undefined,
    emitted: unused,
    report: unused,
  };
  return new Map(spark.emit(context).files.map((file) => [file.path, textOf(file)]));
}

function textOf(file: EmittedFile): string {
  if (!("text" in file)) throw new Error(`${file.path} is data`);
  return file.text;
}

// `SPARK_OUT=folder npx vitest run …` leaves the files there, for ruff and for a real Spark.
const out = process.env["SPARK_OUT"];

it("writes one file per program, the shared modules and the project's SQL", () => {
  const files = emit(fraudIr);
  if (out !== undefined) {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(out, path)), { recursive: true });
      writeFileSync(join(out, path), text);
    }
  }
  expect([...files.keys()].sort()).toMatchSnapshot();
});

it("tells Hadoop of S3 where a path begins with s3://", () => {
  const settings = (path: string): string => emit({ ...fraudIr, storage: { ...fraudIr.storage, path } }).get("settings.py") ?? "";
  expect(settings("s3://acme/lake")).toContain('"spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem"');
  expect(settings("s3a://acme/lake")).not.toContain("fs.s3.impl");
});
