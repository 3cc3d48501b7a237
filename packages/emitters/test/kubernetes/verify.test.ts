import type { Json } from "@mlspec/compiler";
import { expect, it, test } from "vitest";
import { verify } from "../../src/kubernetes/verify.js";

const container = { name: "api", image: "a:1", volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] };
const pod = { containers: [container], volumes: [{ name: "tmp", emptyDir: {} }] };

function deployment(spec: object = {}, podSpec: object = {}): Json {
  const labels = { app: "api" };
  const template = { metadata: { labels }, spec: { ...pod, ...podSpec } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "api" },
    spec: { replicas: 2, selector: { matchLabels: labels }, template, ...spec },
  };
}

test("an object as it should be has no problem", () => {
  expect(verify(deployment())).toEqual([]);
  expect(
    verify({ apiVersion: "v1", kind: "Service", metadata: { name: "api" }, spec: { ports: [{ port: 80, targetPort: "http" }] } }),
  ).toEqual([]);
});

it.each<readonly [string, Json, string, string]>([
  ["a text for a number", deployment({ replicas: "3" }), "spec.replicas", "it has to be a whole number, and is a text"],
  [
    "a list of containers without images",
    deployment({}, { containers: [{ name: "api" }] }),
    "spec.template.spec.containers.0",
    "`image` is missing",
  ],
  ["no containers", deployment({}, { containers: [] }), "spec.template.spec.containers", "it has to be at least 1 entry long"],
  [
    "a number in the environment",
    deployment({}, { containers: [{ ...container, env: [{ name: "PORT", value: 80 }] }] }),
    "spec.template.spec.containers.0.env.0.value",
    "it has to be a text, and is a whole number",
  ],
  [
    "labels that no longer agree",
    deployment({ selector: { matchLabels: { app: "other" } } }),
    "spec.selector.matchLabels.app",
    "the template's pods do not have this label, so they would not be selected",
  ],
  [
    "volumes that are gone",
    deployment({}, { volumes: [] }),
    "spec.template.spec.containers.0.volumeMounts.0.name",
    "there is no such volume",
  ],
  [
    "an annotation that is no text",
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "a", annotations: { on: true } } },
    "metadata.annotations.on",
    "it has to be a text, and is a `true` or `false`",
  ],
  ["no version of its API", { kind: "Namespace", metadata: { name: "a" } }, "", "`apiVersion` is missing"],
])("%s is found", (_, value, path, reason) => {
  expect(verify(value)).toEqual([
    { path: path === "" ? [] : path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)), reason },
  ]);
});
