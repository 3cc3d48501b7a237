// Programs whose clock a suite decides: a broker that has been there for a month, within minutes.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { aptInstall, ensureFolder, exec, findCommand, MissingTool, shortHash } from "./lib.mjs";

const source = join(dirname(fileURLToPath(import.meta.url)), "clock.c");
const compilerOf = () => findCommand("cc") ?? findCommand("gcc");

/**
 * What programs are started with, so that their time of day is this machine's, moved by what stands in a file (nanoseconds in 8 bytes). At
 * first it is `begin`.
 */
export async function clockOf(file, begin) {
  if (process.platform !== "linux") throw new MissingTool("Linux", "Only there a program's clock can be set.");
  if (compilerOf() === undefined) await aptInstall("a C compiler", "150 MB", "gcc libc6-dev");
  const compiler = compilerOf();
  if (compiler === undefined) throw new MissingTool("a C compiler", "Install it: `apt-get install gcc libc6-dev`");
  const folder = await ensureFolder({
    name: `clock-${shortHash(readFileSync(source, "utf8"))}`,
    what: "a clock",
    size: "1 MB",
    make: (target) => exec(compiler, ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", join(target, "clock.so"), source]),
  });
  const library = join(folder, "clock.so");
  // The loader takes spaces and colons for what parts one library from the next.
  if (/[\s:]/u.test(library)) throw new MissingTool("a cache folder without spaces", "Set MLSPEC_CACHE.");
  const moved = Buffer.alloc(8);
  const milliseconds = BigInt(begin - Date.now());
  moved.writeBigInt64LE(milliseconds * 1_000_000n);
  writeFileSync(file, moved);
  return { LD_PRELOAD: library, CLOCK_FILE: file };
}
