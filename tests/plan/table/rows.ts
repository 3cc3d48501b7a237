/** What rows of the tables are made of: the base's names, and what follows from changes of what much depends on. */
import type { ChangeClass } from "@mlspec/compiler";
import { base, others } from "../../key-table/base.js";
import type { Edits } from "../project.js";

export interface Row {
  readonly edits: Edits;
  readonly files?: Readonly<Record<string, string>>;
  /** Class of each definition that is changed. */
  readonly classes: Readonly<Record<string, ChangeClass>>;
  /** Who has something to do or to fear: of effects that are worse than compatible. */
  readonly on?: readonly string[];
  /** Kinds of steps in the environment `cloud`. */
  readonly steps?: readonly string[];
  /** Programs that are run over the past, without folder. */
  readonly programs?: readonly string[];
}

export const API = "deployments.api";
export const NIGHTLY = "deployments.nightly";
export const readers = (path: string): string => `readers of ${path}`;

export const DEPLOY = ["deploy"];
/** Everything from the source on is made again, and the service waits for it. */
export const ALL = ["pause", "deploy", "backfill", "retrain", "retrain", "roll_out"];
export const FROM_SALES = [
  "transform_sales.py",
  "features_by_shop.py",
  "features_habits.py",
  "materialise_habits.py",
  "training_refunds.py",
  "train_refunds.py",
  "gate_refunds.py",
  "training_returns.py",
  "train_returns.py",
  "gate_returns.py",
];
export const FROM_ORDERS = ["ingest_orders.py", "transform_cleaned.py", "transform_recent.py", ...FROM_SALES];
export const FROM_HABITS = FROM_SALES.slice(2);
export const TRAIN_RETURNS = FROM_SALES.slice(7);
export const BOTH_MODELS = ["models.refunds", "models.returns"];
export const GROUPS = ["features.by_shop", "features.habits"];
/** A function reads all columns of its inputs. */
export const CLEANED = "transforms.cleaned";
export const ORDERS_ON = [API, NIGHTLY, ...GROUPS, ...BOTH_MODELS, "sources.orders", CLEANED, "transforms.recent", "transforms.sales"];
export const SALES_ON = [API, NIGHTLY, ...GROUPS, ...BOTH_MODELS, "transforms.sales"];
export const HABITS_ON = [API, NIGHTLY, "features.habits", ...BOTH_MODELS];

export const ordersChange = (edits: Edits): Row => ({
  edits,
  classes: { "sources.orders": "online" },
  on: ORDERS_ON,
  steps: ALL,
  programs: FROM_ORDERS,
});
export const habitsChange = (edits: Edits): Row => ({
  edits,
  classes: { "features.habits": "online" },
  on: HABITS_ON,
  steps: ALL,
  programs: FROM_HABITS,
});
export const metadata = (definition: string, edits: Edits): Row => ({
  edits,
  classes: { [definition]: "metadata" },
  on: [],
  steps: DEPLOY,
});
export const compatible = (definition: string, edits: Edits, steps: readonly string[] = DEPLOY): Row => ({
  edits,
  classes: { [definition]: "compatible" },
  on: [],
  steps,
});
export const none = (edits: Edits, files: Readonly<Record<string, string>> = {}): Row => ({ edits, files, classes: {}, on: [], steps: [] });

export const SALES = base.transforms.sales.sql;
export const LABELLED = others["sql/labelled.sql"] ?? "";
export const schedule = (start: string): unknown => ({ cron: "0 2 * * *", timezone: "UTC", start });
