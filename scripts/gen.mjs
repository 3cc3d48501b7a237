// npm run gen [-- --check]: writes what is generated from the language's definition and the templates; --check only compares.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bin, exec, install, root, stop } from "./lib.mjs";

await install();
// Only what the generator itself needs: the compiler may not build until it has run.
const built = await bin("tsc", ["-b", join("tools", "gen")]);
if (built.code !== 0) stop("the generator does not compile", built.code);
const main = join(root, "tools", "gen", "dist", "main.js");
if (!existsSync(main)) stop("tools/gen has no src/main.ts");
process.exitCode = (await exec(process.execPath, [main, ...process.argv.slice(2)])).code;
