import { expect, it } from "vitest";
import { base, notes, others } from "../key-table/base.js";
import { policies } from "../key-table/policies.js";
import { compileTexts } from "../support/compile.js";

const { output, environments, messages } = compileTexts({ ...others, "mlspec.yaml": JSON.stringify(base) }, notes, policies);

it("gives the key of masks to programs that compute with it, and to no others", () => {
  for (const { name, ir } of environments) {
    const having = Object.values(ir.programs).filter(({ secrets }) => secrets.includes("secrets.hash_key"));
    expect(
      having.map(({ id }) => id),
      `${name}: ${messages}`,
    ).toEqual(["transform.recent"]);
    expect(ir.masking).toEqual({ key: "secrets.hash_key" });
  }
});

it("places it where each environment has its secrets", () => {
  const said = (pattern: RegExp): readonly string[] =>
    Object.entries(output)
      .filter(([, text]) => pattern.test(text))
      .map(([path]) => path)
      .sort();
  // Airflow puts it into one task; pods take it from the Secret.
  expect(said(/hash_key/i).filter((path) => !path.endsWith("/masking.py"))).toEqual([
    "generated/cloud/airflow/shop__daily_0200.py",
    "generated/vm/airflow/shop__daily_0200.py",
  ]);
  expect(output["generated/local/spark/sql/recent.sql"]).toContain("mask_keyed_hash(customer_id) AS buyer");
  expect(said(/HASH_KEY/).some((path) => path.endsWith(".sql"))).toBe(false);
});
