export {
  parseAggregate,
  parseWindow,
  parseWindowedAggregate,
  splitArguments,
  type AggregateCall,
  type Part,
  type Window,
} from "./aggregate.js";
export { parseDate, parseTimezone } from "./calendar.js";
export { parseColumnType } from "./column-type.js";
export { everComes, parseCron, type Cron } from "./cron.js";
export { parseDatabaseTable, parseJdbcUrl, parsePostgresUrl, parseRedisUrl } from "./database.js";
export { parseKafkaServers, parseKafkaTopic } from "./kafka.js";
export { type Callable, parseCallable, parseEstimator, parsePath } from "./path.js";
export { parseCpu, parseDuration, parseMemory, parsePercent, parseTrigger, printDuration } from "./quantities.js";
export { isRegionIn, parseRegion, parseRegionPattern, regionOfHost } from "./region.js";
export { mistake, ok, type Parsed } from "./result.js";
export { parseConnectionField, parseObjectName, parseSecretPrefix, secretName } from "./secret.js";
export {
  compareVersions,
  inRange,
  isEverywhere,
  isWithin,
  parseVersion,
  parseVersionRange,
  spanIn,
  spanOf,
  type Version,
} from "./version.js";
