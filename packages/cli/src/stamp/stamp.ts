/**
 * Says whether anything could have changed since the last run, without loading the compiler: all inputs, all outputs, and what was said.
 * A file whose size and time are as they were is taken as unchanged, unless it was touched so shortly before the stamp was made that a
 * later write could have got the same time; what looks changed is hashed before it counts as changed.
 */

export interface Stamp {
  readonly format: 1;
  /** Identity of the compiler's code: another build may write other bytes. */
  readonly build: string;
  /** What the command was asked: arguments, and what of the environment changes the answer. */
  readonly asked: readonly string[];
  /** Milliseconds of the clock when the files below were looked at, before the first of them was read. */
  readonly taken: number;
  /** Files read: of the spec, of SQL, of the user's code, of plugins. */
  readonly inputs: readonly FileFact[];
  /** Paths looked for where nothing was: a file that appears there is an input. */
  readonly absent: readonly string[];
  /** Globs, and what they listed. */
  readonly listings: readonly Listing[];
  readonly outputs: readonly FileFact[];
  readonly answer: Answer;
}

export interface FileFact {
  readonly path: string;
  readonly size: number;
  readonly mtime: number;
  readonly sha256: string;
}

export interface Listing {
  readonly glob: string;
  readonly paths: readonly string[];
}

/** What the command said, to say it again. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StampHost {
  /** Of a regular file. */
  stat(path: string): { readonly size: number; readonly mtime: number } | undefined;
  /** SHA-256 of a file's bytes in hex. */
  hash(path: string): string | undefined;
  exists(path: string): boolean;
  list(glob: string): readonly string[];
}

export type Verdict =
  | {
      readonly fresh: true;
      readonly answer: Answer;
      /** To be kept instead: knows the new times of files that were hashed. */ readonly better?: Stamp;
    }
  | { readonly fresh: false; readonly reason: string };

/** Files touched this shortly before the stamp are hashed: clocks of file systems are coarse. */
const RACY = 2000;

export function check(
  stamp: Stamp,
  question: Pick<Stamp, "build" | "asked">,
  { host, now }: { readonly host: StampHost; readonly now: number },
): Verdict {
  if (stamp.build !== question.build) return stale("another build of the compiler");
  if (JSON.stringify(stamp.asked) !== JSON.stringify(question.asked)) return stale("other arguments");
  for (const path of stamp.absent) if (host.exists(path)) return stale(`${path} is new`);
  for (const { glob, paths } of stamp.listings)
    if (JSON.stringify(host.list(glob)) !== JSON.stringify(paths)) return stale(`${glob} lists other files`);
  const taken = now;
  const inputs = compare(stamp.inputs, stamp.taken, host);
  if (typeof inputs === "string") return stale(inputs);
  const outputs = compare(stamp.outputs, stamp.taken, host);
  if (typeof outputs === "string") return stale(outputs);
  if (!inputs.hashed && !outputs.hashed) return { fresh: true, answer: stamp.answer };
  return { fresh: true, answer: stamp.answer, better: { ...stamp, taken, inputs: inputs.facts, outputs: outputs.facts } };
}

function stale(reason: string): Verdict {
  return { fresh: false, reason };
}

interface Compared {
  readonly facts: readonly FileFact[];
  readonly hashed: boolean;
}

function compare(facts: readonly FileFact[], taken: number, host: StampHost): Compared | string {
  const seen: FileFact[] = [];
  let hashed = false;
  for (const fact of facts) {
    const stat = host.stat(fact.path);
    if (stat === undefined) return `${fact.path} is gone`;
    if (stat.size !== fact.size) return `${fact.path} changed`;
    const racy = stat.mtime > taken - RACY;
    if (stat.mtime === fact.mtime && !racy) seen.push(fact);
    else if (host.hash(fact.path) !== fact.sha256) return `${fact.path} changed`;
    else {
      seen.push({ ...fact, mtime: stat.mtime });
      hashed = true;
    }
  }
  return { facts: seen, hashed };
}

/** Looks at files after the run; undefined where one changed while it ran, so that nothing can be said of it. */
export function take(
  parts: Omit<Stamp, "format" | "inputs" | "outputs"> & { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  host: StampHost,
): Stamp | undefined {
  const inputs = parts.inputs.map((path) => factOf(host, path));
  const outputs = parts.outputs.map((path) => factOf(host, path));
  const complete = [...inputs, ...outputs].every((fact) => fact !== undefined);
  // What was written to after the run began may not be what was read.
  if (!complete || inputs.some((fact) => fact !== undefined && fact.mtime > parts.taken)) return undefined;
  return {
    ...parts,
    format: 1,
    inputs: inputs.filter((fact) => fact !== undefined),
    outputs: outputs.filter((fact) => fact !== undefined),
  };
}

function factOf(host: StampHost, path: string): FileFact | undefined {
  const stat = host.stat(path);
  const sha256 = stat === undefined ? undefined : host.hash(path);
  return stat === undefined || sha256 === undefined ? undefined : { path, size: stat.size, mtime: stat.mtime, sha256 };
}

export function printStamp(stamp: Stamp): string {
  const body = JSON.stringify(stamp);
  return `${checksum(body)} ${body}`;
}

/** Undefined for whatever `printStamp` has not written whole. */
export function parseStamp(text: string): Stamp | undefined {
  const at = text.indexOf(" ");
  const body = text.slice(at + 1);
  if (at < 0 || text.slice(0, at) !== checksum(body)) return undefined;
  // The checksum says that it is our own text.
  const stamp = JSON.parse(body) as Stamp;
  return stamp.format === 1 ? stamp : undefined;
}

/** FNV-1a: against torn and damaged files, not against people, who could as well edit the output. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
