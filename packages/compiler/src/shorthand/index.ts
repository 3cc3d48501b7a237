export {
  parseAggregate,
  parseWindow,
  parseWindowedAggregate,
  type AggregateCall,
  type Part,
  type Window,
  type WindowedAggregate,
} from "./aggregate.js";
export { parseDate, parseTimezone } from "./calendar.js";
export { parseColumnType, type ColumnTypeText } from "./column-type.js";
export { everComes, parseCron, type Cron } from "./cron.js";
export { parseCallable, parseEstimator, parsePath, type Callable, type Estimator } from "./path.js";
export { parseCpu, parseDuration, parseMemory, parsePercent } from "./quantities.js";
export { mistake, ok, shifted, type Mistake, type Parsed } from "./result.js";
export {
  compareVersions,
  inRange,
  parseVersion,
  parseVersionRange,
  type Version,
  type VersionBound,
  type VersionRange,
} from "./version.js";
