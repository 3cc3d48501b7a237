/** A classifier or regressor of a package that we know. The table is generated from the package itself (`tools/estimators`). */
export interface Estimator {
  readonly task: "classification" | "regression";
  /** It tells probabilities, not only classes. */
  readonly probabilities: boolean;
  /** Names of its parameters, and of those that have no default; a space between them. */
  readonly params: string;
  readonly required: string;
}
