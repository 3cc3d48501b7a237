/** The IR of a project that says nothing, for tests that fill in what they need. */
import type { Ir } from "../ir.js";

export const emptyIr: Ir = {
  project: { name: "empty" },
  environment: { name: "local", runtime: "local" },
  storage: { path: "./lake", format: "delta", root: "./lake/empty", marks: "./lake/empty/marks" },
  entities: {},
  schedules: {},
  datasets: {},
  featurePlans: {},
  models: {},
  programs: {},
  tasks: {},
  images: {},
  services: {},
  metrics: {},
  stores: {},
  secrets: {},
  principals: {},
  code: [],
};
