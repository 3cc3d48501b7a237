import fc from "fast-check";
import { expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { hostileValue, SAMPLES } from "../../emitters/test/text/hostile.js";
import type { Json } from "../src/ir.js";
import { printData } from "../src/print/data.js";
import { printYaml } from "../src/print/yaml.js";

it("prints what readers of YAML 1.1 and 1.2 take for the same data", () => {
  fc.assert(
    fc.property(hostileValue, (value) => {
      const text = printYaml(value as Json);
      for (const version of ["1.1", "1.2"] as const) {
        expect(parse(text, { version, uniqueKeys: false, maxAliasCount: 0 }), text).toEqual(value);
      }
    }),
    SAMPLES,
  );
});

it("leaves ordinary words and quantities bare", () => {
  const data = {
    image: "ghcr.io/acme/x:0123abcd",
    cpu: "500m",
    memory: "1Gi",
    version: "1.34",
    on: "yes",
    port: 8080,
    list: ["a b", []],
    empty: {},
  };
  expect(printYaml(data)).toBe(
    'image: ghcr.io/acme/x:0123abcd\ncpu: 500m\nmemory: 1Gi\nversion: "1.34"\n"on": "yes"\nport: 8080\nlist:\n  - a b\n  - []\nempty: {}\n',
  );
});

it("prints texts of several lines as blocks", () => {
  expect(printYaml({ a: "x\n  y\n", b: "x\n\ny" })).toBe("a: |\n  x\n    y\nb: |-\n  x\n\n  y\n");
});

it("prints streams, headers and JSON by the path's ending", () => {
  const base = { from: ["project"] };
  expect(printData({ ...base, path: "a.json", data: { a: [1] } })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  const stream = printData({ ...base, path: "a.yaml", data: [{ a: 1 }, { b: 2 }], stream: true, header: ["ours"] });
  expect(stream).toBe("# ours\n---\na: 1\n---\nb: 2\n");
  expect(parseAllDocuments(stream).map((document) => document.toJS() as Json)).toEqual([{ a: 1 }, { b: 2 }]);
});
