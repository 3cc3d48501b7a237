import type { Edit, Trial } from "./run.js";

/** Files of the projects. */
export const M = "mlspec.yaml";
export const D = "specs/data.yaml";
export const F = "specs/model.yaml";
export const T = "specs/tests.yaml";
export const L = "sql/labelled_payments.sql";
export const O = "sql/outcomes.sql";

function of(project: Trial["project"]) {
  return (name: string, told: readonly string[], edits: readonly Edit[], several?: string): Trial => ({
    name,
    project,
    told,
    edits,
    ...(several === undefined ? {} : { several }),
  });
}

/** The fraud example, spoilt. */
export const fraud = of("fraud");
/** What `mlspec init` makes, spoilt. */
export const churn = of("churn");
