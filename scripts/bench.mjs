// npm run bench -- NAME: runs bench/NAME.mjs (or bench/NAME/bench.mjs) over the built command.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build, exec, root, stop } from "./lib.mjs";

const [name, ...args] = process.argv.slice(2);
const folder = join(root, "bench");
const candidates = name ? [join(folder, `${name}.mjs`), join(folder, name, "bench.mjs")] : [];
const file = candidates.find((candidate) => existsSync(candidate));
if (!file) {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((entry) => entry.endsWith(".mjs") || existsSync(join(folder, entry, "bench.mjs")))
        .map((entry) => entry.replace(/\.mjs$/, ""))
    : [];
  stop(`usage: npm run bench -- NAME [ARGUMENT]…\nthere are: ${names.join(", ") || "none yet"}`, 2);
}
await build();
process.exitCode = (await exec(process.execPath, [file, ...args])).code;
