/** The parts of the fraud example's IR that the spark emitter reads, by hand: what lowering yields is tested elsewhere. */
import type { ColumnRef, DataType, Expr, FeaturePlan, Field, Ir, Model, SourceDataset, TransformDataset } from "@mlspec/compiler";
import { fraudPrograms } from "./fraud-programs.js";

const string: DataType = { kind: "string" };
const double: DataType = { kind: "double" };
const bigint: DataType = { kind: "bigint" };
const boolean: DataType = { kind: "boolean" };
const timestamp: DataType = { kind: "timestamp" };
const int: DataType = { kind: "int" };
const ROOT = "./lake/fraud_detection";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const node = (id: string, definition = id) => ({ id, definition, origin: { file: "mlspec.yaml", path: [] } });
const field = (name: string, type: DataType, nullable = true): Field => ({ name, type, nullable });
const column = (ref: ColumnRef, type: DataType): Expr => ({ node: "column", ref, type, nullable: true });
const of = (name: string, type: DataType): Expr => column({ scope: "dataset", name }, type);
const output = (group: string, name: string, type: DataType): Expr => column({ scope: "output", group, name }, type);
const literal = (value: string | number, type: DataType): Expr => ({ node: "literal", value, type, nullable: false });
const binary = (op: Extract<Expr, { node: "binary" }>["op"], left: Expr, right: Expr, type: DataType): Expr => ({
  node: "binary",
  op,
  left,
  right,
  type,
  nullable: true,
});
const nullif = (left: Expr): Expr => ({ node: "call", name: "nullif", args: [left, literal(0, int)], type: left.type, nullable: true });

const origin = { file: "mlspec.yaml", path: [] };

function source(name: string, description: string, parts: Pick<SourceDataset, "columns" | "time"> & Partial<SourceDataset>): SourceDataset {
  return {
    ...node(`sources.${name}`),
    kind: "source",
    name,
    description,
    path: `${ROOT}/sources/${name}`,
    verdictsPath: `${ROOT}/verdicts/${name}`,
    input: { kind: "files", path: `./lake/raw/${name}`, format: "parquet" },
    checks: [],
    ...parts,
  };
}

const transactions = source("transactions", "Card transactions, one per authorisation.", {
  columns: [
    field("transaction_id", string, false),
    field("card_id", string, false),
    field("merchant_id", string, false),
    field("amount", { kind: "decimal", precision: 12, scale: 2 }, false),
    field("currency", string, false),
    field("country", string),
    field("created_at", timestamp, false),
    field("received_at", timestamp, false),
  ],
  time: { key: ["transaction_id"], eventTime: "created_at", ingestedAt: "received_at", lateness: 10 * MINUTE },
  checks: [
    {
      name: "positive_amount",
      onFail: "quarantine",
      origin,
      kind: "expect",
      expr: binary(">", of("amount", { kind: "decimal", precision: 12, scale: 2 }), literal(0, int), boolean),
    },
    {
      name: "known_currency",
      onFail: "quarantine",
      origin,
      kind: "values",
      values: [{ column: "currency", type: string, allowed: ["EUR", "USD", "GBP"] }],
    },
    { name: "fresh", onFail: "warn", origin, kind: "freshness", maxAge: HOUR },
  ],
});

const cards = source("cards", "Card master data, one row per change.", {
  columns: [
    field("card_id", string, false),
    field("home_country", string),
    field("credit_limit", double),
    field("updated_at", timestamp, false),
  ],
  time: { key: ["card_id"], eventTime: "updated_at" },
});

const chargebacks = source("chargebacks", "Disputed transactions, as the schemes report them.", {
  columns: [field("transaction_id", string, false), field("reported_at", timestamp, false)],
  time: { key: ["transaction_id"], eventTime: "reported_at" },
});

const paymentTime = { key: ["transaction_id"], eventTime: "created_at", ingestedAt: "received_at", lateness: 10 * MINUTE };
const payments: TransformDataset = {
  ...node("transforms.payments"),
  kind: "transform",
  name: "payments",
  description: "Accepted transactions, as features read them.",
  columns: [],
  materialised: false,
  sql: "SELECT transaction_id, card_id, merchant_id, country, created_at, received_at,\n       CAST(amount AS DOUBLE) AS amount\nFROM transactions\n",
  sqlFile: "sql/payments.sql",
  reads: ["sources.transactions"],
  time: paymentTime,
};
const labelled: TransformDataset = {
  ...node("transforms.labelled_payments"),
  kind: "transform",
  name: "labelled_payments",
  description: "Every payment, and whether it was charged back.",
  columns: [],
  materialised: true,
  path: `${ROOT}/transforms/labelled_payments`,
  sql: "SELECT p.transaction_id, p.card_id, p.amount, p.country, p.created_at, p.received_at,\n       c.transaction_id IS NOT NULL AS is_fraud\nFROM payments AS p\nLEFT JOIN (SELECT DISTINCT transaction_id FROM chargebacks) AS c ON c.transaction_id = p.transaction_id",
  sqlFile: "sql/labelled_payments.sql",
  reads: ["transforms.payments", "sources.chargebacks"],
  time: paymentTime,
};

const window = (name: string, written: string, length: number, tile: number) => ({ output: `${name}_${written}`, length, tile });
const velocity: FeaturePlan = {
  ...node("card_velocity", "features.card_velocity"),
  kind: "windowed",
  name: "card_velocity",
  description: "How often, how much and where a card has been used.",
  entity: "card",
  key: ["card_id"],
  from: "transforms.payments",
  time: paymentTime,
  delay: 0,
  generation: "0a1b2c3d",
  store: "online.card_velocity",
  dataset: "features.card_velocity",
  tiles: [MINUTE, HOUR],
  outputs: [],
  derived: [
    {
      name: "spend_ratio",
      expr: binary("/", output("card_velocity", "spend_1h", double), nullif(output("card_velocity", "spend_7d", double)), double),
    },
  ],
  aggregates: [
    {
      name: "payment_count",
      function: "count",
      type: bigint,
      windows: [
        window("payment_count", "10m", 10 * MINUTE, MINUTE),
        window("payment_count", "1h", HOUR, MINUTE),
        window("payment_count", "24h", DAY, HOUR),
      ],
    },
    {
      name: "spend",
      function: "sum",
      argument: of("amount", double),
      type: double,
      windows: [window("spend", "1h", HOUR, MINUTE), window("spend", "7d", 7 * DAY, HOUR)],
    },
    { name: "largest", function: "max", argument: of("amount", double), type: double, windows: [window("largest", "7d", 7 * DAY, HOUR)] },
    {
      name: "merchants",
      function: "approx_count_distinct",
      argument: of("merchant_id", string),
      type: bigint,
      windows: [window("merchants", "24h", DAY, HOUR)],
    },
    {
      name: "foreign_count",
      function: "count",
      where: binary("<>", of("country", string), literal("FR", string), boolean),
      type: bigint,
      windows: [window("foreign_count", "24h", DAY, HOUR)],
    },
  ],
};
const profile: FeaturePlan = {
  ...node("card_profile", "features.card_profile"),
  kind: "latest",
  name: "card_profile",
  description: "The card as its issuer describes it.",
  entity: "card",
  key: ["card_id"],
  from: "sources.cards",
  time: cards.time,
  delay: 0,
  generation: "4e5f6a7b",
  store: "online.card_profile",
  outputs: [],
  derived: [],
  columns: [field("home_country", string), field("credit_limit", double)],
};
const context: FeaturePlan = {
  ...node("payment_context", "features.payment_context"),
  kind: "request",
  name: "payment_context",
  generation: "8c9d0e1f",
  outputs: [],
  columns: [field("amount", double), field("country", string)],
  derived: [
    {
      name: "is_foreign",
      expr: binary("<>", output("payment_context", "country", string), output("card_profile", "home_country", string), boolean),
    },
    {
      name: "amount_to_limit",
      expr: binary("/", output("payment_context", "amount", double), nullif(output("card_profile", "credit_limit", double)), double),
    },
    { name: "hour_of_day", expr: { node: "call", name: "hour", args: [column({ scope: "at" }, timestamp)], type: int, nullable: false } },
  ],
};

const INPUTS: readonly (readonly [string, string, DataType])[] = [
  ["card_velocity", "payment_count_10m", bigint],
  ["card_velocity", "payment_count_1h", bigint],
  ["card_velocity", "payment_count_24h", bigint],
  ["card_velocity", "spend_1h", double],
  ["card_velocity", "spend_7d", double],
  ["card_velocity", "largest_7d", double],
  ["card_velocity", "merchants_24h", bigint],
  ["card_velocity", "foreign_count_24h", bigint],
  ["card_velocity", "spend_ratio", double],
  ["card_profile", "credit_limit", double],
  ["payment_context", "amount", double],
  ["payment_context", "country", string],
  ["payment_context", "is_foreign", boolean],
  ["payment_context", "amount_to_limit", double],
  ["payment_context", "hour_of_day", int],
];
const model: Model = {
  ...node("fraud_score", "models.fraud_score"),
  name: "fraud_score",
  description: "The probability that a payment will be charged back.",
  task: "binary_classification",
  observations: "transforms.labelled_payments",
  time: paymentTime,
  label: { column: "is_fraud", type: boolean, knownAfter: 30 * DAY },
  inputs: INPUTS.map(([group, name, type]) => ({ name: `${group}__${name}`, group, column: name, type, nullable: true })),
  entities: ["card"],
  request: [field("amount", double), field("country", string)],
  plans: ["card_velocity", "card_profile", "payment_context"],
  trainer: { kind: "class", module: "sklearn.ensemble", name: "HistGradientBoostingClassifier" },
  params: {},
  split: { test: 0.2, gap: DAY },
  metrics: ["roc_auc"],
  gate: [],
  registryPath: `${ROOT}/models/fraud_score`,
  hash: "12345678",
};

const derived = (id: string, kind: "tiles" | "training" | "scoring") => ({
  ...node(id),
  kind,
  name: id,
  columns: [],
  path: `${ROOT}/${id.replace(".", "/")}`,
});
const store = (name: string) => ({
  ...node(`online.${name}`, `features.${name}`),
  place: { kind: "sqlite" } as const,
  plan: name,
  path: `${ROOT}/online/${name}.sqlite`,
  generation: "0a1b2c3d",
  maxAge: 3 * DAY,
});

const table = <T extends { readonly id: string }>(nodes: readonly T[]): Record<string, T> =>
  Object.fromEntries(nodes.map((each) => [each.id, each]));

const described = [transactions, cards, chargebacks, labelled, velocity, model];
const programs = fraudPrograms((definition) => described.find((each) => each.definition === definition)?.description);

export const fraudIr: Ir = {
  project: { name: "fraud_detection" },
  environment: { name: "local", runtime: "local" },
  storage: { path: "./lake", format: "delta", root: ROOT, marks: `${ROOT}/marks` },
  entities: {},
  schedules: {},
  datasets: table([
    cards,
    chargebacks,
    transactions,
    labelled,
    payments,
    derived("features.card_velocity", "tiles"),
    derived("training.fraud_score", "training"),
    derived("scoring.fraud_review", "scoring"),
  ]),
  featurePlans: table([profile, velocity, context]),
  models: table([model]),
  programs: table(programs),
  tasks: {},
  images: {},
  services: {},
  metrics: {},
  stores: table([store("card_velocity"), store("card_profile")]),
  secrets: {},
  principals: {},
  code: [],
};
