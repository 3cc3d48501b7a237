import { expect, it } from "vitest";
import { folder, mlspec } from "../support.js";

const project = (more: string): string =>
  folder({
    "mlspec.yaml": `mlspec: v1
project: shop
vars: { lake: ./lake }
storage: { path: "\${var.lake}", format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments:
  local: { runtime: local }
  production: { runtime: kubernetes, vars: { lake: "s3a://shop/lake" } }
targets: { spark: { version: "4.1" } }
entities: { customer: { key: customer_id } }
sources:
  orders:
    files: { path: "\${var.lake}/raw", format: parquet }
    key: order_id
    event_time: ordered_at
    columns: { order_id: string!, customer_id: string!, ordered_at: timestamp! }
features:
  activity: { entity: customer, from: orders, aggregates: { orders: count(*) over 1d } }
${more}`,
  });

const TESTS = `tests:
  counted:
    given: { orders: [{ order_id: o1, customer_id: c1, ordered_at: 2026-01-01T10:00:00Z }] }
    expect: { activity: [{ customer: c1, at: 2026-01-01T11:00:00Z, orders_1d: 1 }] }
`;

it("says that a project has no tests, and how they are written", async () => {
  const { code, stdout, stderr } = await mlspec(project(""), "test");
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toContain("no tests");
});

it("shows mistakes in tests at their line, and runs nothing", async () => {
  const { code, stderr } = await mlspec(project(TESTS.replace("orders_1d: 1", "orders_1h: 1")), "test");
  expect(code).toBe(1);
  expect(stderr).toContain("`activity` has no `orders_1h`. Did you mean `orders_1d`?");
});

it.each([
  [["countd"], "there is no test `countd`. Did you mean counted?"],
  [["-e", "production"], "has not `runtime: local`"],
  [["-e", "locl"], "there is no environment `locl`"],
  [["--watch", "--format", "json"], "--watch"],
])("refuses %j", async (args, said) => {
  const { code, stderr } = await mlspec(project(TESTS), "test", ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(said);
});

it("is no secret to other commands: they check tests, and write nothing for them", async () => {
  const folder = project(TESTS);
  expect((await mlspec(folder, "check")).code).toBe(0);
  const wrong = project(TESTS.replace("c1, ordered_at", "7, ordered_at"));
  expect((await mlspec(wrong, "check")).stderr).toContain("fixture-value");
});
