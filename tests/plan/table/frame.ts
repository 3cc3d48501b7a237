/** Changes around definitions. */
import { others } from "../../key-table/base.js";
import { DEPLOY, compatible, type Row } from "./rows.js";

export const frame: Readonly<Record<string, Row>> = {
  // Around them.
  "where everything is stored": {
    edits: { "storage.path": "s3a://pond/lake" },
    classes: { project: "breaking" },
    steps: ["pause", "move", "deploy", "backfill", "resume", "roll_out"],
  },
  "the key of masks": {
    edits: { "masking.key": "${secret.db_password}" },
    classes: { project: "backfill" },
    on: ["transforms.recent"],
    steps: ["pause", "deploy", "backfill", "resume"],
    programs: ["transform_recent.py"],
  },
  "the range of Airflow": compatible("targets.airflow", { "targets.airflow.version": ">=3 <4" }),
  "the namespace": compatible("targets.kubernetes", { "targets.kubernetes.namespace": "bazaar" }),
  "what an environment runs on": {
    edits: {
      "environments.cloud.runtime": "local",
      "environments.cloud.secrets": { from: "env" },
      "targets.docker.patches": [],
      "targets.kubernetes.patches": [],
    },
    classes: { "environments.cloud": "compatible", "targets.docker": "compatible", "targets.kubernetes": "compatible" },
    on: [],
    steps: DEPLOY,
  },
  "a template of the project's own": {
    edits: {},
    files: { "templates/ingest.py.hbs": `${others["templates/ingest.py.hbs"] ?? ""}# Really.\n` },
    classes: { templates: "compatible" },
    on: [],
    steps: DEPLOY,
  },
  "a new environment": compatible(
    "environments.test",
    { "environments.test": { runtime: "local", secrets: { from: "env" }, stores: { redis: { url: "redis://localhost" } } } },
    [],
  ),
};
