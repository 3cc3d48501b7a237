// A made-up project of any size, with the mix of a real one: of ten definitions two are sources with columns and checks, four are SQL
// transforms (one joins, one reads what another file defines), three are feature groups and one is a model. Ten definitions are a file.

/** Texts by path. `definitions` is a multiple of ten. */
export function madeUpProject(definitions) {
  const files = { "mlspec.yaml": ROOT };
  const units = definitions / 10;
  for (let unit = 0; unit < units; unit++)
    files[`specs/part_${String(unit).padStart(4, "0")}.yaml`] = part(`u${unit}`, unit === 0 ? undefined : `u${unit - 1}`);
  return files;
}

/** Writes next to nothing: what is measured is the way there. */
const note = {
  name: "python",
  needs: [],
  provide: () => ({}),
  emit: () => ({ files: [{ path: "note.txt", text: "Made up.\n", from: ["project"] }] }),
};
export const emitters = { python: { emitter: note, plugin: false } };

const ROOT = `mlspec: v1
project: made_up
vars: { lake: ./lake }
storage: { path: "\${var.lake}", format: delta }
schedule: { cron: "0 2 * * *", timezone: UTC, start: 2026-01-01 }
environments:
  local: { runtime: local }
  production: { runtime: kubernetes, vars: { lake: "s3a://made-up/lake" } }
targets: { python: {} }
entities:
  card: { key: card_id }
include: [specs/*.yaml]
`;

const COLUMNS = `
      card_id: string!
      merchant_id: string!
      amount: double
      country: string
      created_at: timestamp!
      received_at: timestamp!`;

function part(name, before) {
  const other = before === undefined ? `${name}_payments` : `${before}_labelled`;
  return `sources:
  ${name}_events:
    description: Events of ${name}, as they are authorised.
    files: { path: "\${var.lake}/raw/${name}_events", format: parquet }
    key: event_id
    event_time: created_at
    ingested_at: received_at
    lateness: 10m
    columns:
      event_id: string!${COLUMNS}
    checks:
      positive_amount: { expect: amount > 0, on_fail: quarantine }
      known_country: { values: { country: [FR, DE, NL] }, on_fail: quarantine }
  ${name}_disputes:
    description: Disputed events, as they are reported.
    files: { path: "\${var.lake}/raw/${name}_disputes", format: parquet }
    key: event_id
    event_time: reported_at
    ingested_at: known_at
    lateness: 1d
    columns: { event_id: string!, reported_at: timestamp!, known_at: timestamp! }

transforms:
  ${name}_payments:
    description: Accepted events, as features read them.
    sql: |
      SELECT event_id, card_id, merchant_id,
             CAST(amount AS DOUBLE) AS amount, country, created_at, received_at
      FROM ${name}_events
    key: event_id
    event_time: created_at
    ingested_at: received_at
    columns:
      event_id: string!${COLUMNS}
  ${name}_labelled:
    description: Every event, and whether it was disputed.
    sql: |
      SELECT p.*, d.event_id IS NOT NULL AS is_fraud
      FROM ${name}_payments p
      LEFT JOIN ${name}_disputes d ON d.event_id = p.event_id
      WHERE p.amount > 0
    key: event_id
    event_time: created_at
    ingested_at: received_at
    as: table
    columns:
      event_id: string!${COLUMNS}
      is_fraud: boolean!
  ${name}_large:
    description: Large events of this part and the one before.
    sql: |
      WITH large AS (SELECT * FROM ${name}_payments WHERE amount > 1000)
      SELECT event_id, card_id, merchant_id, amount, country, created_at, received_at FROM large
      UNION ALL
      SELECT event_id, card_id, merchant_id, amount, country, created_at, received_at FROM ${other}
    key: event_id
    event_time: created_at
    ingested_at: received_at
    columns:
      event_id: string!${COLUMNS}
  ${name}_abroad:
    description: Large events abroad.
    sql: |
      SELECT *
      FROM ${name}_large
      WHERE country <> 'FR'
    key: event_id
    event_time: created_at
    ingested_at: received_at
    columns:
      event_id: string!${COLUMNS}

features:
  ${name}_velocity:
    description: How often, how much and where.
    entity: card
    from: ${name}_payments
    aggregates:
      payment_count: count(*) over [10m, 1h, 24h]
      spend: sum(amount) over [1h, 7d]
      merchants: approx_count_distinct(merchant_id) over 24h
      foreign_count: { value: count(*), where: country <> 'FR', over: 24h }
    derived:
      spend_ratio: spend_1h / nullif(spend_7d, 0)
    online: sqlite
  ${name}_abroad_velocity:
    description: The same of large events abroad.
    entity: card
    from: ${name}_abroad
    aggregates:
      largest: max(amount) over 7d
      spend: sum(amount) over [24h, 7d]
    derived:
      spend_share: spend_24h / nullif(${name}_velocity.spend_7d, 0)
  ${name}_latest:
    description: The latest known.
    entity: card
    from: ${name}_payments
    columns: [merchant_id, country]

models:
  ${name}_score:
    description: The probability of a dispute.
    task: binary_classification
    observations: ${name}_labelled
    label: { column: is_fraud, known_after: 30d }
    features: [${name}_velocity, ${name}_abroad_velocity.largest_7d, ${name}_abroad_velocity.spend_share, ${name}_latest]
    estimator: sklearn.ensemble.HistGradientBoostingClassifier
    params: { max_iter: 200 }
    split: { by: time, test: 20%, gap: 1d }
    metrics: [roc_auc, average_precision]
    gate: [average_precision >= 0.5]
    schedule: { cron: "0 4 * * 0" }
`;
}
