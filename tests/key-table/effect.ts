/**
 * Every key of the language, a change of its value, and the emitted files that change with it. A key that is missing here, or whose
 * change leaves the output as it is, fails the test: nothing is accepted and then ignored.
 */
export interface Effect {
  /** Where in the project; default: the key's own path with `*` filled from `at`. */
  readonly at?: string;
  /** The new value; undefined removes the key. */
  readonly to: unknown;
  /** More that has to change so that the project stays right. */
  readonly and?: Readonly<Record<string, unknown>>;
  /** The project is refused, with such a code and message: the key is needed where it has an effect, or it is a rule that is broken. */
  readonly refused?: RegExp;
  /** What changes, below `generated/<environment>/`. */
  readonly changes: RegExp;
}

export const DAG = /airflow\/.*\.py$/;
export const SPARK = /spark\/.*\.py$/;
export const PYTHON = /python\/.*/;
export const MANIFEST = /kubernetes\/.*/;

/** Rows become known at another time, in all that tells it: one alone would be leakage. */
export const unsure = { "transforms.sales.columns.customer_id": "string", "transforms.labelled.columns.customer_id": "string" };
export const noted = {
  "sources.orders.ingested_at": "noted_at",
  "transforms.sales.ingested_at": "noted_at",
  "transforms.labelled.sql_file": undefined,
  "transforms.labelled.sql":
    "SELECT order_id, customer_id, amount, kind, ordered_at, noted_at AS seen_at, amount < length(kind) AS returned, amount > 9 + length(kind) AS broken FROM sales",
};

/** A column of which a feature is made becomes personal data that a policy keeps out of features. */
export const broken = {
  at: "policies.private.deny.pii",
  to: "sensitive",
  and: { "sources.customers.columns.segment": { type: "string", pii: "sensitive" } },
} as const;
