// The tests of spoilt and hostile projects, in full; the last line is the summary.
import { HUNTS, vitest } from "../../../scripts/lib.mjs";

const { passed, failed, skipped } = await vitest(HUNTS, { MLSPEC_CASCADES: "all" });
console.log(JSON.stringify({ suite: "hunts", passed, failed, skipped }));
process.exitCode = failed === 0 ? 0 : 1;
