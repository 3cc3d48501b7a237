import type { Path } from "../1-parse/index.js";
import { listOf, quote } from "../diagnostics/define.js";
import { shapeAt, type Shape, type ValueKind } from "../shape.js";

/** The shape at a path. */
export function shapeOf(root: Shape, path: Path): Shape | undefined {
  let shape: Shape | undefined = root;
  for (const part of path) shape = shapeAt(shape, part);
  return shape;
}

/** What a message calls the place: "`min`", "an entry of `columns`". */
export function whatIs(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "The file";
  if (typeof last === "string") return quote(last);
  const list = path.findLast((part) => typeof part === "string");
  return list === undefined ? "An entry" : `An entry of ${quote(String(list))}`;
}

/** What a message calls a map: "The source `transactions`", "`files`", "The project". */
export function whereIs(root: Shape, path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return root.noun === "project" ? "The project" : "An included file";
  if (typeof last === "number") return whatIs(path);
  const parent = shapeOf(root, path.slice(0, -1));
  const noun = shapeOf(root, path)?.noun;
  const named = parent?.keys === undefined || !Object.hasOwn(parent.keys, last);
  return named && noun !== undefined ? `The ${noun} ${quote(last)}` : quote(last);
}

const FORMATS: Readonly<Record<string, string>> = {
  duration: "a duration such as `10m`",
  trigger: "a duration such as `1m`",
  percent: "a share such as `20%`",
  cpu: "an amount of CPU such as `500m`",
  memory: "an amount of memory such as `1Gi`",
  cron: "a cron expression such as `0 2 * * *`",
  timezone: "a time zone such as `Europe/Paris`",
  date: "a date such as `2026-01-01`",
  version: 'a version in quotes such as `"4.1"`',
  "version-range": 'a range of versions such as `">=2.11 <4"`',
  path: "a path such as `sql/payments.sql`",
  "sql-file": "a path such as `sql/payments.sql`",
  type: "a type such as `string!`",
  expression: "an expression such as `amount > 0`",
  sql: "a query",
  aggregate: "an aggregate such as `sum(amount)`",
  "windowed-aggregate": "an aggregate such as `sum(amount) over [1h, 7d]`",
  windows: "a window such as `24h`",
  callable: "a function such as `src/train.py:train`",
  glob: "a path such as `specs/*.yaml`",
  "jdbc-url": "an address such as `jdbc:postgresql://db.acme.example:5432/shop`",
  "redis-url": "an address such as `rediss://redis.acme.example:6379/0`",
  "postgres-url": "an address such as `postgresql://db.acme.example:5432/features`",
  "kafka-servers": "brokers such as `b-1.acme.example:9092`",
  "kafka-topic": "a topic such as `payments.transactions`",
  "database-table": "a table such as `public.refunds`",
  "object-name": "a name such as `fraud-secrets`",
  region: "a region such as `eu-west-1`",
  "region-pattern": "a region such as `eu-west-1`, or several such as `eu-*`",
  "secret-prefix": "a prefix such as `FRAUD_`",
  "connection-field": "a field such as `shop_db.password`",
};

const KINDS: Readonly<Record<ValueKind, string>> = {
  text: "a text",
  "whole number": "a whole number",
  number: "a number",
  boolean: "`true` or `false`",
  list: "a list",
  map: "a map",
};

/** What the language wants at a place, for a sentence. */
export function wantedAt(shape: Shape | undefined): string {
  const wanted = (shape?.types ?? []).map((kind) => (kind === "text" ? textOf(shape) : KINDS[kind]));
  const unique = [...new Set(wanted)];
  const last = unique.pop();
  return unique.length === 0 ? (last ?? "a value") : `${unique.join(", ")} or ${last}`;
}

function textOf(shape: Shape | undefined): string {
  if (shape?.words !== undefined) return shape.words.length === 1 ? quote(shape.words[0] ?? "") : `one of ${listOf(shape.words)}`;
  if (shape?.references !== undefined) return "a name";
  if (shape?.secret === true) return `a secret such as ${quote("${secret.db_password}")}`;
  return (shape?.format === undefined ? undefined : FORMATS[shape.format]) ?? "a text";
}

/** What was found, in the user's words. */
export function foundIs(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "number":
      return `the number ${quote(String(value))}`;
    case "boolean":
      return quote(String(value));
    case "string":
      return `the text ${quote(value)}`;
    default:
      return "a map";
  }
}
