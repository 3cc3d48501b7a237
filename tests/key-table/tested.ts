/** Keys that change no output, because only `mlspec test` reads them: what they change is what it is asked to run. */
export interface TestedEffect {
  readonly at: string;
  readonly to: unknown;
}

export const tested: Readonly<Record<string, TestedEffect>> = {
  "tests.*.description": { at: "tests.refund.description", to: "Other words." },
  "tests.*.modes": { at: "tests.refund.modes", to: ["batch"] },
  "tests.*.given": { at: "tests.refund.given.refunds.0.amount", to: 6 },
  "tests.*.expect": { at: "tests.refund.expect.refunded.0.refunds_7d", to: 2 },
};

/** What goes with the topic, for versions that have no streams. */
export const withoutTopic: Readonly<Record<string, unknown>> = {
  "sources.clicks": undefined,
  "features.clicked": undefined,
  "models.returns.features": ["habits", "profile.segment", "basket"],
  "tests.refund.expect.clicked": undefined,
};
