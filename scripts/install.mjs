// npm run setup: what every other script does first, by itself.
import { install } from "./lib.mjs";

await install();
