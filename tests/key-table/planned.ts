/**
 * Keys that change no output, because they speak of what was before: only `mlspec plan` reads them. Without the key the plan sees that one thing goes and another
 * comes; with it, that one thing moves. `was` makes the project before of the project now; what moves is what the plan has to say.
 */
export interface PlanEffect {
  /** Where the key is set, to `former`. */
  readonly at: string;
  readonly was: readonly (readonly [RegExp, string])[];
  readonly moves: string;
}

const named = (name: string): PlanEffect["was"] => [[new RegExp(`"${name}"`, "g"), '"former"']];

export const planned: Readonly<Record<string, PlanEffect>> = {
  "entities.*.renamed_from": { at: "entities.customer", was: named("customer"), moves: "entities.former → entities.customer" },
  "sources.*.renamed_from": { at: "sources.customers", was: named("customers"), moves: "sources.former → sources.customers" },
  "transforms.*.renamed_from": {
    at: "transforms.sales",
    was: [[/\bsales\b/g, "former"]],
    moves: "transforms.former → transforms.sales",
  },
  "features.*.renamed_from": { at: "features.profile", was: [[/\bprofile\b/g, "former"]], moves: "features.former → features.profile" },
  "models.*.renamed_from": { at: "models.returns", was: named("returns"), moves: "models.former → models.returns" },
  "deployments.*.renamed_from": { at: "deployments.nightly", was: named("nightly"), moves: "deployments.former → deployments.nightly" },
  "sources.*.columns.*.renamed_from": {
    at: "sources.customers.columns.segment",
    was: [[/\bsegment\b/g, "former"]],
    moves: "sources.customers columns.former → columns.segment",
  },
  "transforms.*.columns.*.renamed_from": {
    at: "transforms.labelled.columns.broken",
    was: [[/\bbroken\b/g, "former"]],
    moves: "transforms.labelled columns.former → columns.broken",
  },
  "features.*.aggregates.*.renamed_from": {
    at: "features.habits.aggregates.web",
    was: [
      [/"web":/g, '"former":'],
      [/\bweb_1h\b/g, "former_1h"],
    ],
    moves: "features.habits aggregates.former → aggregates.web",
  },
};
