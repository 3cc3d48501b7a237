/** Secrets that are not in the environment. Their values are read by programs only: here, whether they are there. */
import type { Ir } from "@mlspec/compiler";

export interface SecretVariable {
  readonly name: string;
  readonly variable: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Secrets of the programs that tasks run; without names, of all. */
export function neededSecrets(ir: Ir, only: readonly string[]): readonly SecretVariable[] {
  const tasks = Object.values(ir.tasks).filter(({ id, schedule }) => only.length === 0 || only.includes(id) || only.includes(schedule));
  // Of a topic, the history takes in what there is.
  const programs = new Set(tasks.flatMap(({ program }) => [program, program.replace(/^(?:ready|ingest)\./, "history.")]));
  const ids = new Set([...programs, ...only].flatMap((program) => ir.programs[program]?.secrets ?? []));
  return Object.values(ir.secrets).filter(({ id }) => ids.has(id));
}

export function missingSecrets<T extends SecretVariable>(secrets: readonly T[], variables: Variables): readonly T[] {
  return secrets.filter(({ variable }) => (variables[variable] ?? "") === "");
}

/** Half a sentence that names the variables to set. */
export function saidMissing(missing: readonly SecretVariable[]): string {
  const named = missing.map(({ name, variable }) => `${variable} (the secret \`${name}\`)`);
  return `not set in the environment: ${named.join(", ")}`;
}
