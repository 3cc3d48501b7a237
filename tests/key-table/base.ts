import type { LoadedEmitter, Policy } from "@mlspec/compiler";
import { builtinTemplates } from "@mlspec/emitters";

/** A project that says everything the language can say, as data. JSON is YAML, so its text is a project file. */
export const base = {
  mlspec: "v1",
  project: "shop",
  description: "All keys.",
  owner: "team-a",
  vars: { lake: "./lake" },
  secrets: ["db_user", "db_password", "hash_key"],
  masking: { key: "${secret.hash_key}" },
  storage: { path: "${var.lake}", format: "delta" },
  schedule: { cron: "0 2 * * *", timezone: "UTC", start: "2026-01-01" },
  environments: {
    local: {
      runtime: "local",
      secrets: { from: "env", prefix: "SHOP_" },
      stores: { redis: { url: "redis://localhost", user: "${secret.db_user}" } },
    },
    vm: {
      runtime: "local",
      secrets: { from: "airflow", connections: { db_password: "shop_db.password" } },
      stores: {
        postgres: { url: "postgresql://db.shop.example/features", user: "${secret.db_user}", password: "${secret.db_password}" },
      },
      overrides: { features: { profile: { online: "postgres" } } },
    },
    cloud: {
      runtime: "kubernetes",
      vars: { lake: "s3a://shop/lake" },
      secrets: { from: "kubernetes", name: "shop-secrets" },
      cloud: { provider: "aws", region: "eu-west-1" },
      stores: { redis: { url: "redis://redis.cache.svc" } },
      overrides: { deployments: { api: { scale: { min: 3, max: 9 } } } },
    },
  },
  targets: {
    airflow: { version: ">=2.11 <4" },
    spark: { version: "4.1" },
    python: {},
    docker: {
      registry: "ghcr.io/shop",
      patches: [{ file: "docker-bake.json", merge: { target: { spark: { platforms: ["linux/arm64"] } } } }],
    },
    kubernetes: {
      version: "1.34",
      namespace: "shop",
      patches: [
        { kind: "Deployment", name: "api", merge: { spec: { revisionHistoryLimit: 3 } } },
        { file: "kustomization.yaml", merge: { namePrefix: "a-" } },
        {
          file: "kustomization.yaml",
          json_patch: [
            { op: "add", path: "/nameSuffix", value: "-a" },
            { op: "copy", from: "/namespace", path: "/x-namespace" },
          ],
        },
      ],
    },
    "mlspec-notes": { patches: [{ file: "notes.json", merge: { note: "Other." } }] },
  },
  include: ["more/*.yaml"],
  code: ["src/**", "requirements.txt"],
  templates: { "spark/ingest.py": "templates/ingest.py.hbs" },
  entities: { customer: { key: "customer_id", description: "Who buys." } },
  sources: {
    orders: {
      description: "Orders.",
      owner: "team-b",
      files: { path: "${var.lake}/raw/orders", format: "parquet" },
      key: "order_id",
      event_time: "ordered_at",
      ingested_at: "seen_at",
      lateness: "10m",
      columns: {
        order_id: "string!",
        customer_id: { type: "string!", description: "Who ordered." },
        amount: "double",
        kind: "string",
        ordered_at: "timestamp!",
        shipped_at: "timestamp!",
        seen_at: "timestamp!",
        noted_at: "timestamp!",
      },
      checks: {
        positive: { expect: "amount > 0", on_fail: "quarantine" },
        kinds: { values: { kind: ["web", "shop"] } },
        present: { not_null: ["amount"] },
        once: { unique: ["order_id"] },
        fresh: { freshness: "1h" },
      },
      resources: { cpu: 2, memory: "4Gi" },
      schedule: { cron: "0 2 * * *", timezone: "UTC", start: "2026-01-01" },
    },
    customers: {
      table: { path: "${var.lake}/raw/customers", format: "delta" },
      key: "customer_id",
      event_time: "changed_at",
      columns: { customer_id: "string!", segment: "string", age: "int", changed_at: "timestamp!" },
    },
    refunds: {
      jdbc: {
        url: "jdbc:postgresql://db.shop.example:5432/shop",
        table: "public.refunds",
        user: "${secret.db_user}",
        password: "${secret.db_password}",
        partitions: 2,
      },
      key: "refund_id",
      event_time: "refunded_at",
      columns: {
        refund_id: "string!",
        customer_id: "string!",
        kind: "string",
        amount: "decimal(12,2)",
        refunded_at: "timestamp!",
        clerk: { type: "string", mask: "drop" },
      },
      checks: { known: { not_null: ["amount"] } },
    },
  },
  transforms: {
    sales: {
      description: "Sales.",
      owner: "team-c",
      sql: "SELECT order_id, customer_id, amount, kind, ordered_at, shipped_at, seen_at, noted_at FROM orders",
      key: "order_id",
      event_time: "ordered_at",
      ingested_at: "seen_at",
      columns: {
        order_id: "string!",
        customer_id: "string!",
        amount: "double",
        kind: { type: "string", description: "Where." },
        ordered_at: "timestamp!",
        shipped_at: "timestamp!",
        seen_at: "timestamp!",
        noted_at: "timestamp!",
      },
      as: "table",
      resources: { cpu: 2, memory: "4Gi" },
      schedule: { cron: "0 2 * * *", timezone: "UTC", start: "2026-01-01" },
    },
    cleaned: {
      python: "src/clean.py:clean",
      inputs: ["orders"],
      key: "order_id",
      event_time: "ordered_at",
      columns: { order_id: "string!", ordered_at: "timestamp!" },
      as: "table",
    },
    recent: {
      sql: "SELECT order_id, ordered_at, seen_at, count(*) OVER (ORDER BY ordered_at RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW) AS n, mask.keyed_hash(customer_id) AS buyer FROM orders",
      key: "order_id",
      event_time: "ordered_at",
      ingested_at: "seen_at",
      as: "incremental",
      look_back: "1d",
    },
    labelled: {
      sql_file: "sql/labelled.sql",
      key: "order_id",
      event_time: "ordered_at",
      ingested_at: "seen_at",
      columns: {
        order_id: "string!",
        customer_id: "string!",
        amount: "double",
        kind: "string",
        ordered_at: "timestamp!",
        seen_at: "timestamp!",
        returned: "boolean",
        broken: "boolean",
      },
    },
  },
  features: {
    habits: {
      description: "Habits.",
      owner: "team-d",
      entity: "customer",
      from: "sales",
      aggregates: { orders: "count(*) over [1h, 7d]", web: { value: "sum(amount)", where: "kind = 'web'", over: ["1h"] } },
      derived: { share: "web_1h / nullif(orders_7d, 0)" },
      tile: "1m",
      online: "sqlite",
      resources: { cpu: 2, memory: "4Gi" },
      schedule: { cron: "0 2 * * *", timezone: "UTC", start: "2026-01-01" },
    },
    refunded: { entity: "customer", from: "refunds", aggregates: { refunds: "count(*) over 7d" } },
    profile: { entity: "customer", from: "customers", columns: ["segment", "age"], deleted_when: "age < 0", online: "redis" },
    basket: { request: ["amount", "kind"] },
  },
  models: {
    returns: {
      description: "Returns.",
      owner: "team-e",
      task: "binary_classification",
      observations: "labelled",
      label: { column: "returned", known_after: "30d" },
      features: ["habits", "profile.segment", "basket"],
      estimator: "sklearn.ensemble.HistGradientBoostingClassifier",
      params: { max_iter: 10 },
      split: { by: "time", test: "20%", gap: "1d" },
      metrics: ["roc_auc", "average_precision"],
      gate: ["roc_auc >= 0.5"],
      resources: { cpu: 2, memory: "4Gi" },
      schedule: { cron: "0 4 * * 0", timezone: "UTC", start: "2026-01-01" },
    },
    refunds: {
      task: "binary_classification",
      observations: "labelled",
      label: { column: "broken", known_after: "1d" },
      features: ["habits"],
      train: "src/train.py:train",
      split: { by: "time", test: "30%" },
      metrics: ["roc_auc"],
    },
  },
  policies: {
    private: { description: "Customers are nobody's business.", deny: { pii: "direct", reaching: ["features"] } },
    owned: { require: ["owner"], of: ["sources"] },
    named: { use: "./policies/loose.mjs", with: { banned: "tmp" } },
  },
  tests: {
    refund: {
      description: "A refund.",
      given: { refunds: [{ refund_id: "r1", customer_id: "c1", kind: "web", amount: 5, refunded_at: "2026-01-01T10:00:00Z" }] },
      expect: { refunded: [{ customer: "c1", at: "2026-01-01T10:30:00Z", refunds_7d: 1 }] },
    },
  },
  deployments: {
    api: {
      description: "Api.",
      owner: "team-f",
      model: "returns",
      serve: "online",
      scale: { min: 2, max: 4, cpu: "60%" },
      resources: { cpu: "500m", memory: "1Gi" },
    },
    nightly: {
      model: "returns",
      serve: "batch",
      rows: "sales",
      resources: { cpu: "1", memory: "2Gi" },
      schedule: { cron: "0 2 * * *", timezone: "UTC", start: "2026-01-01" },
    },
  },
};

/** The emitter of another package that it names. */
export const notes: Readonly<Record<string, LoadedEmitter>> = {
  "mlspec-notes": {
    plugin: true,
    emitter: {
      name: "notes",
      needs: [],
      provide: () => ({}),
      emit: ({ ir }) => ({ files: [{ path: "notes.json", from: ["project"], data: { project: ir.project.name, note: "One." } }] }),
    },
  },
};

export const others: Readonly<Record<string, string>> = {
  "sql/labelled.sql":
    "SELECT order_id, customer_id, amount, kind, ordered_at, seen_at, amount < length(kind) AS returned, amount > 9 + length(kind) AS broken FROM sales\n",
  "sql/other.sql":
    "SELECT order_id, customer_id, amount, kind, ordered_at, seen_at, amount < 1 + length(kind) AS returned, amount > 9 + length(kind) AS broken FROM sales\n",
  "more/entities.yaml":
    "entities:\n  shop: { key: kind }\nfeatures:\n  by_shop: { entity: shop, from: sales, aggregates: { sold: sum(amount) over 1h } }\n",
  "more2/entities.yaml":
    "entities:\n  shop: { key: kind }\nfeatures:\n  by_shop: { entity: shop, from: sales, aggregates: { sold: sum(amount) over 7d } }\n",
  "src/train.py": "def train(inputs, label, params): ...\n\n\nother = train\n",
  "src/clean.py": "def clean(inputs, as_of): ...\n\n\ndef other(inputs, as_of): ...\n",
  "src/model.py": "def build(**params): ...\n",
  "other/train.py": "def train(inputs, label, params): ...\n",
  "templates/ingest.py.hbs": `${builtinTemplates.get("spark/ingest.py")?.text ?? ""}# Ours.\n`,
  "requirements.txt": "lightgbm\n",
};

/** Definitions of a name that is banned. */
const banning = (always: readonly string[]): Policy => ({
  check: ({ definitions }, options) =>
    definitions
      .filter(({ name }) => [...always, options["banned"]].includes(name))
      .map(({ id, name }) => ({ at: id, message: `The name ${name} is banned.` })),
});
export const policies: Readonly<Record<string, Policy>> = {
  "./policies/loose.mjs": banning([]),
  "./policies/strict.mjs": banning(["profile"]),
};
