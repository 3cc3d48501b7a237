/** The programs of the fraud example. */
import type { Program, ProgramWork } from "@mlspec/compiler";

function program(
  id: string,
  [name, definition, file]: readonly [string, string, string],
  work: ProgramWork,
  description?: string,
): Program {
  return {
    id,
    definition,
    origin: { file: "mlspec.yaml", path: [] },
    name,
    language: "pyspark",
    file,
    exitCodes: [],
    reads: [],
    writes: [],
    secrets: [],
    ...(description === undefined ? {} : { description }),
    ...work,
  };
}

/** `about` gives the description of a definition. */
export const fraudPrograms = (about: (definition: string) => string | undefined): readonly Program[] => [
  program("ready.transactions", ["transactions", "sources.transactions", "ready_transactions.py"], {
    kind: "ready",
    source: "sources.transactions",
  }),
  ...["transactions", "cards", "chargebacks"].map((name) =>
    program(
      `ingest.${name}`,
      [name, `sources.${name}`, `ingest_${name}.py`],
      { kind: "ingest", source: `sources.${name}` },
      about(`sources.${name}`),
    ),
  ),
  program("await.training_data", ["labelled_payments", "transforms.labelled_payments", "await_labelled_payments.py"], {
    kind: "await",
    dataset: "transforms.labelled_payments",
  }),
  program(
    "transform.labelled_payments",
    ["labelled_payments", "transforms.labelled_payments", "transform_labelled_payments.py"],
    { kind: "transform", transform: "transforms.labelled_payments", views: ["transforms.payments"] },
    about("transforms.labelled_payments"),
  ),
  program(
    "features.card_velocity",
    ["card_velocity", "features.card_velocity", "features_card_velocity.py"],
    { kind: "features", plan: "card_velocity", views: ["transforms.payments"] },
    about("features.card_velocity"),
  ),
  program("materialise.card_velocity", ["card_velocity", "features.card_velocity", "materialise_card_velocity.py"], {
    kind: "materialise",
    plan: "card_velocity",
    views: ["transforms.payments"],
    store: "online.card_velocity",
  }),
  program("materialise.card_profile", ["card_profile", "features.card_profile", "materialise_card_profile.py"], {
    kind: "materialise",
    plan: "card_profile",
    views: [],
    store: "online.card_profile",
  }),
  program(
    "training.fraud_score",
    ["fraud_score", "models.fraud_score", "training_fraud_score.py"],
    { kind: "training_set", model: "fraud_score", views: ["transforms.payments"], dataset: "training.fraud_score" },
    about("models.fraud_score"),
  ),
  program("scoring.fraud_review", ["fraud_review", "deployments.fraud_review", "scoring_fraud_review.py"], {
    kind: "scoring_set",
    deployment: "fraud_review",
    model: "fraud_score",
    rows: "transforms.payments",
    views: ["transforms.payments"],
    dataset: "scoring.fraud_review",
  }),
  {
    ...program("train.fraud_score", ["fraud_score", "models.fraud_score", "train_fraud_score.py"], { kind: "train", model: "fraud_score" }),
    language: "python",
  },
];
