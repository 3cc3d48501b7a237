// The tests that try thousands of projects and queries, in full; the last line is the summary.
import { HUNTS, vitest } from "../../../scripts/lib.mjs";

const { passed, failed, skipped, failures } = await vitest(HUNTS, { MLSPEC_CASCADES: "all" });
for (const failure of failures) console.error(`FAIL ${failure}`);
console.log(JSON.stringify({ suite: "hunts", passed, failed, skipped }));
process.exitCode = failed === 0 ? 0 : 1;
