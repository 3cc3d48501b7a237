import { expect, it } from "vitest";
import { front } from "../front.js";

const ROOT = `mlspec: v1
project: shop
vars: { lake: ./lake, zone: UTC }
storage: { path: "\${var.lake}", format: delta }
schedule: { cron: "0 2 * * *", timezone: "\${var.zone}", start: 2026-01-01 }
environments:
  local: { runtime: local }
  production:
    runtime: kubernetes
    vars: { lake: "s3a://lake" }
    overrides:
      sources: { orders: { columns: { amount: double! }, files: { path: "\${var.lake}/orders" } } }
targets: { spark: { version: "4.1" } }
include: [data.yaml]
`;
const DATA = `sources:
  orders:
    files: { path: ./orders, format: parquet }
    key: [order_id, line]
    event_time: ordered_at
    columns: { order_id: string!, line: int!, amount: double, ordered_at: timestamp! }
`;

it("merges maps, replaces all else, puts variables in, and knows who set what", () => {
  const { diagnostics, resolution } = front({ "mlspec.yaml": ROOT, "data.yaml": DATA });
  expect(diagnostics).toEqual([]);
  const [local, production] = resolution.environments;
  const orders = production?.spec?.sources?.["orders"];
  expect(orders?.columns).toEqual({ order_id: "string!", line: "int!", amount: "double!", ordered_at: "timestamp!" });
  expect(orders?.files).toEqual({ path: "s3a://lake/orders", format: "parquet" });
  expect(local?.spec?.sources?.["orders"]?.files?.path).toBe("./orders");
  expect(production?.origin(["sources", "orders", "columns", "amount"])).toMatchObject({ file: "mlspec.yaml", by: "overrides" });
  expect(production?.origin(["sources", "orders", "columns", "line"])).toMatchObject({ file: "data.yaml", by: "file" });
  const place = production?.locateInside(["sources", "orders", "columns", "amount"], 6, 1);
  expect(ROOT.slice(place?.span.start, place?.span.end)).toBe("!");
  const key = production?.locate(["sources", "orders", "key"], "key");
  expect([key?.file, DATA.slice(key?.span.start, key?.span.end)]).toEqual(["data.yaml", "key"]);
});

it("says a mistake once, and for which environments", () => {
  const root = ROOT.replace('vars: { lake: "s3a://lake" }', "vars: { zone: Mars/Base }");
  const { diagnostics } = front({ "mlspec.yaml": root, "data.yaml": DATA.replace("    event_time: ordered_at\n", "") });
  expect(diagnostics.map(({ code, environments }) => [code, environments])).toEqual([
    ["missing-key", undefined],
    ["bad-value", ["production"]],
  ]);
});

it("asks for what a file lacks only where no environment adds it", () => {
  const { diagnostics } = front({ "mlspec.yaml": ROOT, "data.yaml": DATA.replace("path: ./orders, ", "") });
  expect(diagnostics.map(({ code, environments }) => [code, environments])).toEqual([["missing-key", ["local"]]]);
});

it("leaves out what is wrong, so that the rest can be analysed", () => {
  const data = `${DATA.replace("event_time", "event_tmie")}  returns:\n    files: { path: ./returns, format: json }\n    key: id\n    event_time: at_time\n    colour: red\n    columns: { id: string!, at_time: timestamp! }\n`;
  const { resolution } = front({ "mlspec.yaml": ROOT, "data.yaml": data });
  expect(resolution.environments.map(({ spec, lost }) => [Object.keys(spec?.sources ?? {}), lost])).toEqual([
    [["returns"], ["orders"]],
    [["returns"], ["orders"]],
  ]);
  expect(resolution.environments[0]?.spec?.sources?.["returns"]).not.toHaveProperty("colour");
});

it("finds names in a file that is broken further down", () => {
  const broken = `${DATA}  returns: { files: [\n`;
  const models = "features:\n  f: { entity: card, from: orders, columns: [amount] }\n";
  const { diagnostics, resolution } = front({ "mlspec.yaml": ROOT, "data.yaml": broken, "more.yaml": models });
  expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([
    ["yaml-syntax", "data.yaml"],
    ["unknown-reference", "more.yaml"],
  ]);
  expect(resolution.symbols.definitions.map(({ name }) => name)).toContain("orders");
});
