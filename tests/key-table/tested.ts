/** Keys that change no output, because only `mlspec test` reads them: what they change is what it is asked to run. */
export interface TestedEffect {
  readonly at: string;
  readonly to: unknown;
}

export const tested: Readonly<Record<string, TestedEffect>> = {
  "tests.*.description": { at: "tests.refund.description", to: "Other words." },
  "tests.*.given": { at: "tests.refund.given.refunds.0.amount", to: 6 },
  "tests.*.expect": { at: "tests.refund.expect.refunded.0.refunds_7d", to: 2 },
};
