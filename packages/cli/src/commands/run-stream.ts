/** `mlspec run --stream`: the streams of a local environment, kept going on this machine. */
import { relative } from "node:path";
import type { CompiledEnvironment, Ir, SparkVersion } from "@mlspec/compiler";
import { UsageError } from "../args.js";
import type { Context } from "../command.js";
import { claimStreams, goingStreams } from "../run/going.js";
import { machine } from "../run/machine.js";
import { missingSecrets, saidMissing } from "../run/secrets.js";
import { onSignal } from "../run/signals.js";
import { newRunId, openRun } from "../run/store.js";
import { streamLines } from "../run/stream-lines.js";
import { supervise, type StreamProgram } from "../run/supervise.js";
import { paint } from "../terminal.js";

export interface StreamJob {
  readonly project: string;
  readonly environment: CompiledEnvironment;
  readonly spark: SparkVersion;
  readonly pathOf: (program: string) => string;
}

/** Histories first: tiles are made of what these have. */
const KINDS = ["history", "tiles"] as const;

/** The ids of programs that run for ever, in the order in which they are started; only those that are named, where some are. */
export function streamsOf(ir: Pick<Ir, "programs">, only: readonly string[]): readonly string[] {
  const programs = Object.values(ir.programs);
  const ids = KINDS.flatMap((kind) => programs.filter((program) => program.kind === kind).map(({ id }) => id));
  const unknown = only.find((name) => !ids.includes(name));
  if (unknown !== undefined && ids.length > 0) throw new UsageError(`there is no stream \`${unknown}\`; there are ${ids.join(", ")}`);
  return only.length === 0 ? ids : ids.filter((id) => only.includes(id));
}

export async function keepStreams({ args, terminal }: Context, job: StreamJob): Promise<number> {
  const { project, environment } = job;
  const { ir } = environment;
  const ids = streamsOf(ir, args.values("only"));
  if (ids.length === 0)
    throw new UsageError(`no source of the environment \`${environment.name}\` is a topic: there is no stream to keep going`);
  const needed = new Set(ids.flatMap((id) => ir.programs[id]?.secrets ?? []));
  const missing = missingSecrets(
    Object.values(ir.secrets).filter(({ id }) => needed.has(id)),
    process.env,
  );
  if (missing.length > 0) throw new UsageError(`programs read secrets that are ${saidMissing(missing)}`);
  const going = goingStreams(project, environment.name);
  if (going !== undefined) throw new UsageError(`process ${going.pid} keeps streams of \`${environment.name}\` going: each has one writer`);
  const programs = ids.map((id): StreamProgram => ({ id, path: job.pathOf(id) }));
  const where = await machine(job.spark);
  const store = openRun(project, newRunId(project, new Date()));
  const count = `${ids.length} ${ids.length === 1 ? "stream" : "streams"}`;
  terminal.say(`${paint(terminal, "bold", ir.project.name)} in ${environment.name}: ${count}, until Ctrl-C`);
  for (const id of ids) terminal.say(`  > ${id}`);
  const release = claimStreams(project, environment.name, ids);
  const streams = supervise({ programs, machine: where, project, log: store.log, line: streamLines(terminal, ids) });
  const stopping = onSignal(async () => {
    await streams.stop();
    release();
    terminal.say("Stopped. Started again, streams go on where they were.");
  });
  const { id, code, message } = await streams.ended;
  // Of what is told to end, nobody wants to see how it ends.
  await stopping.held();
  terminal.say(`  ${paint(terminal, "red", "✗")} ${id}: ${message}`);
  terminal.say(`      log: ${relative(project, store.log(id))}`);
  await streams.stop();
  release();
  stopping.off();
  return code;
}
