/** A policy in code, a project's own or a third party's: a pure function of what the compiler knows to what is wrong. */
import type { IndirectInput, DirectInput } from "./4-analyze/lineage.js";
import type { Json, JsonObject } from "./ir.js";
import type { PiiClass } from "./spec.js";

export interface Policy {
  /** Without side effects, and without a clock: it is asked once for each environment. */
  readonly check: (project: PolicyProject, options: JsonObject) => readonly PolicyFinding[];
}

export interface PolicyProject {
  readonly name: string;
  readonly environment: string;
  readonly definitions: readonly PolicyDefinition[];
  readonly columns: readonly PolicyColumn[];
}

export interface PolicyDefinition {
  /** `sources.transactions`. */
  readonly id: string;
  readonly section: "entities" | "sources" | "transforms" | "features" | "models" | "deployments";
  readonly name: string;
  /** As it is written, merged for the environment; with the project's owner where it has none of its own. */
  readonly spec: JsonObject & { readonly owner?: Json };
}

export interface PolicyColumn {
  /** `sources.transactions.amount`, `features.card_velocity.spend_1h`, `models.fraud_score.label`. */
  readonly id: string;
  /** Spark's text of the type. */
  readonly type: string;
  readonly nullable: boolean;
  /** Classes of personal data that it holds, declared or by what it is computed from. */
  readonly pii: readonly PiiClass[];
  /** DIRECT in OpenLineage's terms, one step back. */
  readonly from: readonly DirectInput[];
  /** INDIRECT, one step back. */
  readonly indirect: readonly IndirectInput[];
}

export interface PolicyFinding {
  /** The definition or column that is wrong, by its id. */
  readonly at: string;
  /** A sentence: what is wrong, and what to do. */
  readonly message: string;
  /** Default `error`. */
  readonly severity?: "error" | "warning";
}

/** Types a policy where it is written. */
export function definePolicy(policy: Policy): Policy {
  return policy;
}
