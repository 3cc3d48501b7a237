import * as shorthand from "../shorthand/index.js";
import type { Parsed } from "../shorthand/index.js";

/** Parsers of the formats that a text alone decides. Expressions, SQL, metrics and gates are read by the analysis. */
const FORMATS: ReadonlyMap<string, (text: string) => Parsed<unknown>> = new Map<string, (text: string) => Parsed<unknown>>([
  ["duration", shorthand.parseDuration],
  ["trigger", shorthand.parseTrigger],
  ["percent", shorthand.parsePercent],
  ["cpu", shorthand.parseCpu],
  ["memory", shorthand.parseMemory],
  ["cron", shorthand.parseCron],
  ["timezone", shorthand.parseTimezone],
  ["date", shorthand.parseDate],
  ["version", shorthand.parseVersion],
  ["version-range", shorthand.parseVersionRange],
  ["path", shorthand.parsePath],
  ["sql-file", shorthand.parsePath],
  ["glob", shorthand.parsePath],
  ["type", shorthand.parseColumnType],
  ["aggregate", shorthand.parseAggregate],
  ["windowed-aggregate", shorthand.parseWindowedAggregate],
  ["windows", (text) => shorthand.parseWindow(text)],
  ["estimator", shorthand.parseEstimator],
  ["callable", shorthand.parseCallable],
  ["jdbc-url", shorthand.parseJdbcUrl],
  ["redis-url", shorthand.parseRedisUrl],
  ["postgres-url", shorthand.parsePostgresUrl],
  ["kafka-servers", shorthand.parseKafkaServers],
  ["kafka-topic", shorthand.parseKafkaTopic],
  ["database-table", shorthand.parseDatabaseTable],
  ["object-name", shorthand.parseObjectName],
  ["region", shorthand.parseRegion],
  ["region-pattern", shorthand.parseRegionPattern],
  ["secret-prefix", shorthand.parseSecretPrefix],
  ["connection-field", shorthand.parseConnectionField],
]);

export function parseFormat(format: string, text: string): Parsed<unknown> {
  if (text.trim() === "") return shorthand.mistake(0, text.length, "nothing is written here");
  return FORMATS.get(format)?.(text) ?? shorthand.ok(text);
}
