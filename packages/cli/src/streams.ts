/** Standard streams that end before we do. */
import { writeSync } from "node:fs";

/** A reader that has seen enough (`mlspec graph | head`) is no mistake, and the exit code stays what it is; a disk that is full is one. */
export function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") return;
      if (stream === process.stdout) writeSync(2, `mlspec: the output could not be written: ${error.message}\n`);
      process.exit(2);
    });
}
