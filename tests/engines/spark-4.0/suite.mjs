// What the compiler emits for a range of versions of Spark runs on its oldest, too.
import { sparkSuite } from "../spark/on.mjs";

await sparkSuite("spark-4.0", "run-4.0", ["--only", "stored,project"]);
