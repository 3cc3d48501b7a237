/** What is under way, so that the next run can finish it. A journal that is there is complete: it appears by a rename. */

export type Step =
  | { readonly kind: "remove"; readonly path: string; readonly was: string }
  /** `staged` is the file's name in the staging folder. */
  | { readonly kind: "replace"; readonly path: string; readonly staged: string; readonly was: string | undefined };

const HEAD = "mlspec journal 1";

export function printJournal(steps: readonly Step[]): string {
  const lines = steps.map((step) =>
    step.kind === "remove" ? `remove ${step.was} ${step.path}` : `replace ${step.was ?? "-"} ${step.staged} ${step.path}`,
  );
  return [HEAD, ...lines, "end", ""].join("\n");
}

/** Undefined for what is no journal: then nothing of it was begun. */
export function parseJournal(text: string): readonly Step[] | undefined {
  const lines = text.split("\n");
  if (lines.shift() !== HEAD || lines.pop() !== "" || lines.pop() !== "end") return undefined;
  return lines.map((line): Step => {
    const [kind, was = "", ...rest] = line.split(" ");
    if (kind === "remove") return { kind, was, path: rest.join(" ") };
    const [staged = "", ...path] = rest;
    // A number and nothing else: a journal from a pull request names no file of others.
    return { kind: "replace", was: was === "-" ? undefined : was, staged: String(Number.parseInt(staged, 10)), path: path.join(" ") };
  });
}
