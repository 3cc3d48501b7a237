import { execFileSync } from "node:child_process";
import { diff, type Plan } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { base } from "../key-table/base.js";
import { planned, type PlanEffect } from "../key-table/planned.js";
import { changed, sides, textsOf, type Edits } from "./project.js";

/** The plan of a move; `was` makes the project before of the base. */
function moved(was: PlanEffect["was"], edits: Edits): Plan {
  const before = Object.entries(textsOf(base)).map(
    ([path, text]) => [path, was.reduce((all, [from, to]) => all.replace(from, to), text)] as const,
  );
  return diff(sides(Object.fromEntries(before)), sides(changed(edits)));
}

const ofKey = (key: string): Plan => {
  const { at = "", was = [] } = planned[key] ?? {};
  return moved(was, { [`${at}.renamed_from`]: "former" });
};

/** Class and kind of each change, and the steps in the cloud with their commands but those around them. */
function said(plan: Plan): unknown {
  const steps = plan.environments.find(({ name }) => name === "cloud")?.steps ?? [];
  return {
    changes: [...new Set(plan.changes.map(({ change, definition, class: kind }) => `${change} ${definition}: ${kind}`))],
    on: [
      ...new Set(plan.changes.flatMap(({ effects }) => effects.filter((effect) => effect.class !== "compatible").map(({ on }) => on))),
    ].sort(),
    steps: steps.map(({ kind }) => kind).filter((kind) => kind !== "pause" && kind !== "resume"),
    moves: steps.filter(({ kind }) => kind === "move" || kind === "alter").flatMap(({ commands }) => commands),
  };
}

it("a source that is called otherwise moves with its mark, and nothing is made again", () => {
  expect(said(ofKey("sources.*.renamed_from"))).toEqual({
    changes: ["changed features.profile: compatible", "moved sources.customers: breaking"],
    on: ["readers of sources/former"],
    steps: ["move", "deploy"],
    moves: [
      "aws s3 mv --recursive s3://shop/lake/shop/sources/former s3://shop/lake/shop/sources/customers",
      "aws s3 mv s3://shop/lake/shop/marks/sources.former.json s3://shop/lake/shop/marks/sources.customers.json",
    ],
  });
});

it("without the key, it goes and another one comes", () => {
  const plan = moved(planned["sources.*.renamed_from"]?.was ?? [], {});
  expect(said(plan)).toMatchObject({
    changes: expect.arrayContaining(["added sources.customers: backfill", "removed sources.former: breaking"]) as unknown,
    steps: expect.arrayContaining(["backfill", "clean"]) as unknown,
  });
});

it("a stored transform moves, and the queries that name it mean the same", () => {
  const plan = ofKey("transforms.*.renamed_from");
  expect(said(plan)).toMatchObject({ on: ["readers of transforms/former"], steps: ["move", "deploy"] });
  expect(plan.changes.find(({ definition }) => definition === "transforms.labelled")).toMatchObject({
    class: "metadata",
    parts: [{ path: "sql", prose: true }],
  });
});

it("a feature group takes its tiles along; its inputs are called otherwise, so a model is trained anew", () => {
  const plan = moved([[/\bhabits\b/g, "former"]], { "features.habits.renamed_from": "former" });
  expect(said(plan)).toMatchObject({
    on: ["deployments.api", "deployments.nightly", "features.habits", "models.refunds", "models.returns"],
    steps: ["move", "deploy", "backfill", "retrain", "retrain", "roll_out"],
  });
  const backfill = plan.environments[0]?.steps.find(({ kind }) => kind === "backfill");
  expect(backfill?.programs.map((path) => path.split("/").at(-1))).toEqual(["materialise_habits.py"]);
});

it("a model takes its registry along, and its champion", () => {
  expect(said(ofKey("models.*.renamed_from"))).toMatchObject({
    steps: ["move", "deploy"],
    moves: ["aws s3 mv --recursive s3://shop/lake/shop/models/former s3://shop/lake/shop/models/returns"],
  });
});

it("a service has another address, a batch deployment another table", () => {
  const service = moved(
    [
      [/"api":/g, '"former":'],
      [/"name":\s*"api"/g, '"name": "former"'],
    ],
    { "deployments.api.renamed_from": "former" },
  );
  expect(said(service)).toMatchObject({ on: ["clients of deployments.api"], steps: ["deploy", "roll_out"] });
  expect(said(ofKey("deployments.*.renamed_from"))).toMatchObject({
    on: ["readers of predictions/former"],
    moves: ["aws s3 mv --recursive s3://shop/lake/shop/predictions/former s3://shop/lake/shop/predictions/nightly"],
  });
});

it("a column of a stored table is renamed in it", () => {
  const plan = moved([[/\bnoted_at\b/g, "former"]], {
    "transforms.sales.columns.noted_at": { type: "timestamp!", renamed_from: "former" },
    "sources.orders.columns.noted_at": { type: "timestamp!", renamed_from: "former" },
  });
  expect((said(plan) as { readonly moves: readonly string[] }).moves).toContain(
    "spark-sql -e 'ALTER TABLE delta.`s3a://shop/lake/shop/transforms/sales` RENAME COLUMN `former` TO `noted_at`'",
  );
  const local = plan.environments.find(({ name }) => name === "local")?.steps.flatMap(({ commands }) => commands);
  expect(local).toContain(
    `spark-sql -e 'ALTER TABLE delta.\`'"$PWD"'/lake/shop/transforms/sales\` RENAME COLUMN \`former\` TO \`noted_at\`'`,
  );
});

it("outputs of an aggregate that is called otherwise are followed, and made anew", () => {
  const plan = ofKey("features.*.aggregates.*.renamed_from");
  const change = plan.changes.find(({ definition }) => definition === "features.habits");
  expect(change?.parts).toContainEqual(expect.objectContaining({ path: "aggregates.web", was: "aggregates.former" }));
  expect([change?.class, change?.effects.map(({ on }) => on)]).toEqual([
    "breaking",
    ["features.habits", "deployments.api", "models.refunds", "models.returns", "deployments.api", "deployments.nightly"],
  ]);
});

it("the name is nobody's any more once the move is deployed", () => {
  const texts = changed({ "sources.customers.renamed_from": "former" });
  expect(diff(sides(textsOf(base)), sides(texts)).changes).toEqual([]);
});

it("whatever stands in a path is one word of a command", () => {
  const lake = 's3a://shop/it\'s $(touch oops); `id` "$HOME"';
  const old = changed({ "environments.cloud.vars.lake": lake });
  const texts = changed({ "environments.cloud.vars.lake": lake, "sources.customers.renamed_from": "former" });
  const before = Object.entries(old).map(([path, text]) => [path, text.replaceAll('"customers"', '"former"')] as const);
  const plan = diff(sides(Object.fromEntries(before)), sides(texts));
  const [command = ""] = plan.environments.find(({ name }) => name === "cloud")?.steps.find(({ kind }) => kind === "move")?.commands ?? [];
  const words = execFileSync("bash", ["-c", `aws() { printf '%s\\n' "$@"; }; ${command}`], { encoding: "utf8" })
    .trimEnd()
    .split("\n");
  const s3 = lake.replace("s3a:", "s3:");
  expect(words).toEqual(["s3", "mv", "--recursive", `${s3}/shop/sources/former`, `${s3}/shop/sources/customers`]);
});
