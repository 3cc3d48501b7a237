// Everything that the language has for Spark, run on Spark.
import { sparkSuite } from "./on.mjs";

await sparkSuite("spark", "run");
