/**
 * Says whether anything could have changed since the last run, without loading the compiler: all inputs, all outputs, and what was said.
 * A file is taken as unchanged where its size, its time, its inode and the time of its inode are as they were. The last is the file
 * system's own: an edit that puts size and time back still moves it, so only whoever sets the machine's clock back could deceive us. What was
 * touched so shortly before the stamp was made that a later write could have got the same times is hashed, and so is what looks changed,
 * before it counts as changed.
 */

export interface Stamp {
  readonly format: 2;
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

export interface FileStat {
  readonly size: number;
  readonly mtime: number;
  /** Last change of the inode: content, name or rights. */
  readonly ctime: number;
  readonly inode: number;
}

export interface FileFact extends FileStat {
  readonly path: string;
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
  stat(path: string): FileStat | undefined;
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
    const same = stat.mtime === fact.mtime && stat.ctime === fact.ctime && stat.inode === fact.inode;
    if (same && touched(stat) <= taken - RACY) seen.push(fact);
    else if (host.hash(fact.path) !== fact.sha256) return `${fact.path} changed`;
    else {
      seen.push({ ...fact, ...stat });
      hashed = true;
    }
  }
  return { facts: seen, hashed };
}

function touched({ mtime, ctime }: FileStat): number {
  return Math.max(mtime, ctime);
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
  if (!complete || inputs.some((fact) => fact !== undefined && touched(fact) > parts.taken)) return undefined;
  return {
    ...parts,
    format: 2,
    inputs: inputs.filter((fact) => fact !== undefined),
    outputs: outputs.filter((fact) => fact !== undefined),
  };
}

function factOf(host: StampHost, path: string): FileFact | undefined {
  const stat = host.stat(path);
  const sha256 = stat === undefined ? undefined : host.hash(path);
  return stat === undefined || sha256 === undefined ? undefined : { path, ...stat, sha256 };
}

/** Undefined for stamps of another format. The text is our own: whoever reads it from disk has seen to that. */
export function parseStamp(text: string): Stamp | undefined {
  const stamp = JSON.parse(text) as Stamp;
  return stamp.format === 2 ? stamp : undefined;
}
