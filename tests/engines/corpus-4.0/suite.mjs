// In what the oldest Spark that we write for differs from the newest, is what is recorded under tests/corpus.
import { corpusSuite } from "../corpus/ask.mjs";

await corpusSuite("corpus-4.0", ["older"]);
