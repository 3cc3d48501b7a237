/** Runs check and compile so that the next same question is answered from a stamp, where that is certain to be right. */
import type { Context } from "./command.js";
import type { Built } from "./project.js";
import { askedOf, buildId, keepStamp, stampHost } from "./stamp/place.js";
import { pathsFromRoot } from "./report.js";
import { take } from "./stamp/stamp.js";
import { recordingTerminal } from "./terminal.js";

/** What a command's answer stood on. */
export interface Basis {
  readonly built: Built;
  /** Output that was there, or is now; below the project folder. */
  readonly outputs: readonly string[];
  readonly absent: readonly string[];
}

export interface Answered {
  readonly exitCode: number;
  /** Absent where the answer must be worked out again each time. */
  readonly basis?: Basis;
}

export async function stamped(context: Context, answer: (context: Context) => Promise<Answered>): Promise<number> {
  const { terminal, said } = recordingTerminal(context.terminal);
  const { exitCode, basis } = await answer({ ...context, terminal });
  const build = buildId(__dirname);
  // What an emitter of the project reads is not known; paths from the repository's root depend on more than the project.
  if (basis === undefined || build === undefined || basis.built.plugins || pathsFromRoot(context)) return exitCode;
  const { folder, project } = basis.built;
  const stamp = take(
    {
      build,
      asked: askedOf(context.argv, context.cwd),
      taken: performance.timeOrigin,
      inputs: project.reads.files,
      absent: [...project.reads.absent, ...basis.absent],
      listings: project.reads.listings,
      outputs: basis.outputs,
      answer: { exitCode, ...said() },
    },
    stampHost(folder),
  );
  if (stamp !== undefined) keepStamp(folder, stamp);
  return exitCode;
}
