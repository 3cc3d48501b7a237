/** Features: aggregates, windows, expressions. */
import { D, F, M, fraud } from "./project.js";
import type { Trial } from "./run.js";

export const features: readonly Trial[] = [
  fraud("extends", ["unknown-key mlspec.yaml:29 extends"], [[M, "include:", "extends: ../base.yaml\ninclude:"]]),
  fraud("feature wrong column", ["unknown-column specs/model.yaml:8 amout"], [[F, "spend: sum(amount)", "spend: sum(amout)"]]),
  fraud(
    "feature aggregate of a string",
    ["type-mismatch specs/model.yaml:8 merchant_id"],
    [[F, "spend: sum(amount)", "spend: sum(merchant_id)"]],
  ),
  fraud("feature aggregate unknown", ["unknown-aggregate specs/model.yaml:8 median"], [[F, "spend: sum(amount)", "spend: median(amount)"]]),
  fraud(
    "feature aggregate no over",
    ["bad-value specs/model.yaml:9 max(amount)"],
    [[F, "largest: max(amount) over 7d", "largest: max(amount)"]],
  ),
  fraud(
    "feature window unit",
    ["bad-value specs/model.yaml:9 7 days"],
    [[F, "largest: max(amount) over 7d", "largest: max(amount) over 7 days"]],
  ),
  fraud(
    "feature window sql style",
    ["bad-value specs/model.yaml:9 (partition by card_id)"],
    [[F, "largest: max(amount) over 7d", "largest: max(amount) over (partition by card_id)"]],
  ),
  fraud(
    "feature window months",
    ["bad-value specs/model.yaml:9 mo"],
    [[F, "largest: max(amount) over 7d", "largest: max(amount) over 3mo"]],
  ),
  fraud(
    "feature window quoted list",
    ["bad-value specs/model.yaml:8 1h, 7d"],
    [[F, "spend: sum(amount) over [1h, 7d]", "spend: sum(amount) over 1h, 7d"]],
  ),
  fraud(
    "derived names unwindowed",
    ["unknown-column specs/model.yaml:13 spend"],
    [[F, "spend_ratio: spend_1h / nullif(spend_7d, 0)", "spend_ratio: spend / nullif(spend_7d, 0)"]],
  ),
  fraud(
    "derived may fail",
    ["may-fail specs/model.yaml:13 spend_1h / spend_7d"],
    [[F, "spend_ratio: spend_1h / nullif(spend_7d, 0)", "spend_ratio: spend_1h / spend_7d"]],
  ),
  fraud(
    "derived python ternary",
    ["expression-syntax specs/model.yaml:13 if"],
    [[F, "spend_ratio: spend_1h / nullif(spend_7d, 0)", "spend_ratio: spend_1h if spend_7d > 0 else 0"]],
  ),
  fraud("derived == ", [], [[F, "is_foreign: country <> card_profile.home_country", "is_foreign: country == card_profile.home_country"]]),
  fraud("derived quoted string wrong", [], [[F, "is_foreign: country <> card_profile.home_country", 'is_foreign: country <> "FR"']]),
  fraud(
    "derived ! at the start",
    ["yaml-tag specs/model.yaml:26 !(country"],
    [[F, "is_foreign: country <> card_profile.home_country", "is_foreign: !(country = card_profile.home_country)"]],
  ),
  fraud(
    "check with hash",
    ["yaml-syntax specs/data.yaml:19 # positive, on_fail: quarantine }"],
    [[D, "expect: amount > 0,", "expect: amount > 0 # positive,"]],
  ),
];
