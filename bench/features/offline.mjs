// The training set: made by the emitted programs, by a job that is tuned by hand, and through Feast.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Runs commands in turns; what each took, by name. */
function measured(commands, rounds, { here, python }) {
  const { status, stdout } = spawnSync(python, [join(here, "measure.py"), String(rounds), JSON.stringify(commands)], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", process.env.BENCH_VERBOSE === undefined ? "pipe" : "inherit"],
  });
  if (status !== 0) throw new Error("a command of the bench failed: set BENCH_VERBOSE=1 to see what it said");
  return JSON.parse(stdout);
}

/** The programs that make a training set, and how long they take. */
export function trainingSets(at, rounds) {
  const { here, project, machine, feast, interval, paths } = at;
  const [start, end] = interval;
  const emitted = (name) => [machine.python, join(paths.spark, `${name}.py`), "--interval-start", start, "--interval-end", end];
  const spark = { cwd: project, env: machine.env };
  const withFeast = { cwd: project, env: at.feastEnv(7) };
  const settings = paths.spark;
  const commands = {
    start: { ...spark, argv: [machine.python, join(here, "start.py"), settings] },
    tiles: { ...spark, before: [["rm", "-rf", paths.tiles]], argv: emitted("features_card_velocity") },
    ours: { ...spark, argv: emitted("training_fraud") },
    byHand: {
      ...spark,
      argv: [machine.python, join(here, "hand_tuned.py"), settings, paths.payments, paths.questions, paths.byHand, end],
    },
    feastWindows: {
      ...spark,
      argv: [machine.python, join(here, "feast_windows.py"), settings, paths.payments, paths.feastWindows, end],
    },
    feast: {
      ...withFeast,
      argv: [feast.python, join(here, "feast_training.py"), paths.feastRepo, paths.rawQuestions, paths.feastSet, end],
    },
  };
  const { feastWindows, ...rest } = commands;
  // Feast looks at the columns of its source when it is told of it.
  at.ran(spawnSync(feastWindows.argv[0], feastWindows.argv.slice(1), at.heard(spark.env)));
  at.ran(spawnSync(join(feast.bin, "feast"), ["-c", paths.feastRepo, "apply"], at.heard(withFeast.env)));
  const spent = measured({ ...rest, feastWindows }, rounds, { here, python: machine.python });
  const compared = at.ran(
    spawnSync(machine.python, [join(here, "compare.py"), paths.ours, paths.byHand, paths.feastSet], at.heard(spark.env)),
  );
  return { spent, compared: JSON.parse(compared) };
}
