import { expect, it } from "vitest";
import { parseVersionRange, spanOf } from "@mlspec/compiler";
import { fieldsUsed, FIELDS, kubernetesTool } from "../src/kubernetes/capabilities.js";

const container = { name: "api", image: "api", env: [{ name: "A", valueFrom: { fileKeyRef: { key: "a" } } }] };
const deployment = {
  kind: "Deployment",
  metadata: { name: "api" },
  spec: { template: { spec: { resources: { limits: { cpu: "1" } }, containers: [{ name: "plain", image: "x" }, container] } } },
};

it("finds fields in the objects that have them, with their places", () => {
  expect(fieldsUsed([deployment, { kind: "ConfigMap", metadata: { name: "a" }, data: { resources: "spec.resources" } }])).toEqual([
    { capability: "Deployment spec.template.spec.resources", what: "`spec.template.spec.resources` of `Deployment api`" },
    {
      capability: "Deployment spec.template.spec.containers.*.env.*.valueFrom.fileKeyRef",
      what: "`spec.template.spec.containers.*.env.*.valueFrom.fileKeyRef` of `Deployment api`",
    },
  ]);
});

it("tells new values of a field from old ones", () => {
  const service = (trafficDistribution: string): object => ({ kind: "Service", metadata: { name: "api" }, spec: { trafficDistribution } });
  expect(fieldsUsed([JSON.parse(JSON.stringify(service("PreferClose"))) as string])).toEqual([]);
  expect(fieldsUsed([JSON.parse(JSON.stringify(service("PreferSameNode"))) as string]).map(({ what }) => what)).toEqual([
    "`spec.trafficDistribution: PreferSameNode` of `Service api`",
  ]);
});

it("has a capability for every field, within the versions that it writes for", () => {
  const fields = Object.entries(FIELDS).flatMap(([kind, list]) => list.map(({ path }) => `${kind} ${path}`));
  expect(Object.keys(kubernetesTool.capabilities)).toEqual(fields);
  const range = parseVersionRange(kubernetesTool.versions);
  expect(range.ok && spanOf(range.value)).toEqual({ from: [1, 31], below: [1, 37] });
});
