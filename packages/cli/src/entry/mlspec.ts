/** The command's lean entry: what can be answered without the compiler is answered before it is read from disk. */
import { quickAnswer } from "../quick.js";

const answered = quickAnswer(process.argv.slice(2), process.cwd());
if (answered === undefined) require("./app.cjs");
else process.exitCode = answered;
