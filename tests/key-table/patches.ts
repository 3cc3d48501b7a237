/** Rows of the table for patches: they are alike for all targets, so what they hold stands here once. */
import { MANIFEST, type Effect } from "./effect.js";

export const patches: Readonly<Record<string, Effect>> = {
  "targets.docker.patches": { to: [], changes: /docker-bake\.json$/ },
  "targets.feast.patches": {
    at: "targets.feast.patches",
    to: [{ file: "feature_store.yaml", merge: { provider: "aws" } }],
    changes: /feature_store\.yaml$/,
  },
  "targets.kubernetes.patches": { to: [], changes: MANIFEST },
  "targets.*.patches": { at: "targets.mlspec-notes.patches", to: [], changes: /notes\.json$/ },
  "targets.kubernetes.patches.*.kind": { at: "targets.kubernetes.patches.0.kind", to: "Service", changes: MANIFEST },
  "targets.kubernetes.patches.*.name": {
    at: "targets.kubernetes.patches.0",
    to: { kind: "ServiceAccount", name: "shop-spark", merge: { automountServiceAccountToken: true } },
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.file": {
    at: "targets.kubernetes.patches.0.file",
    to: "api.yml",
    refused: /patch-nothing/,
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.merge": {
    at: "targets.kubernetes.patches.0.merge",
    to: { spec: { revisionHistoryLimit: 4 } },
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch": {
    at: "targets.kubernetes.patches.2.json_patch",
    to: [{ op: "remove", path: "/namePrefix" }],
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.op": {
    at: "targets.kubernetes.patches.2.json_patch.1.op",
    to: "move",
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.path": {
    at: "targets.kubernetes.patches.2.json_patch.1.path",
    to: "/x-other",
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.from": {
    at: "targets.kubernetes.patches.2.json_patch.1.from",
    to: "/nameSuffix",
    changes: MANIFEST,
  },
  "targets.kubernetes.patches.*.json_patch.*.value": {
    at: "targets.kubernetes.patches.2.json_patch.0.value",
    to: "-b",
    changes: MANIFEST,
  },
};
