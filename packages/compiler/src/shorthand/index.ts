export { parseAggregate, parseWindow, parseWindowedAggregate, type AggregateCall, type Window } from "./aggregate.js";
export { parseDate, parseTimezone } from "./calendar.js";
export { parseColumnType } from "./column-type.js";
export { everComes, parseCron, type Cron } from "./cron.js";
export { parseCallable, parseEstimator, parsePath } from "./path.js";
export { parseCpu, parseDuration, parseMemory, parsePercent, printDuration } from "./quantities.js";
export { mistake, ok, type Parsed } from "./result.js";
export { compareVersions, inRange, isWithin, parseVersion, parseVersionRange, spanOf, type Version, type VersionSpan } from "./version.js";
