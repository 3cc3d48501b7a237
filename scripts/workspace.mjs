// node scripts/workspace.mjs TOOL [ARGUMENT]…: runs a tool of the workspace, which is installed first where it is not.
import { bin, install, stop } from "./lib.mjs";

const [tool, ...args] = process.argv.slice(2);
if (!tool) stop("usage: node scripts/workspace.mjs TOOL [ARGUMENT]…", 2);
await install();
if (tool === "lint") {
  const results = [await bin("oxlint", args), await bin("oxfmt", ["--check", "."])];
  process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0;
} else {
  process.exitCode = (await bin(tool, args)).code;
}
