/** What the compiler has worked out of a project's files, kept for the next run: `.mlspec/cache`, of one build of the compiler. */
import type { Kept } from "@mlspec/compiler";
import { keepSealed, readSealed } from "./state.js";

const NAME = "cache/answers";

/** Nothing where there is none, or another build has written it: answers of other code are not ours. */
export function readAnswers(project: string, build: string): readonly Kept[] {
  const text = readSealed(project, NAME);
  if (text === undefined || !text.startsWith(`${build}\n`)) return [];
  // Sealed by us, with the build that says what stands in it.
  return JSON.parse(text.slice(build.length + 1)) as readonly Kept[];
}

export function keepAnswers(project: string, build: string, answers: readonly Kept[]): void {
  keepSealed(project, NAME, { text: `${build}\n${JSON.stringify(answers)}`, most: 2 });
}
