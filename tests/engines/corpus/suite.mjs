// The answers under tests/corpus are those of the real Spark.
import { corpusSuite } from "./ask.mjs";

await corpusSuite("corpus", ["queries", "functions"]);
