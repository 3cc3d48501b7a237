import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { openEngine, type Engine } from "../../src/run/engine.js";
import type { Step } from "../../src/run/plan.js";
import { folder, put } from "../support.js";

// Stands for the emitted shared module: a session that is only counted. The runner is the real one.
const LAKEHOUSE = `
import dataclasses, datetime

class CheckFailed(Exception): pass
class NotReady(Exception): pass

@dataclasses.dataclass
class Interval:
    start: datetime.datetime
    end: datetime.datetime

class Conf:
    getAll = {}

class Session:
    started = 0
    conf = Conf()
    def newSession(self): return Session()
    def stop(self): pass

def session(name, conf):
    Session.started += 1
    return Session()
`;

const program = (body: string): string =>
  `import sys\nfrom lakehouse import CheckFailed, NotReady, Session\n\ndef run(spark, interval):\n${body.replace(/^/gm, "    ")}\n`;

function opened(programs: Readonly<Record<string, string>>): { readonly project: string; readonly engine: Engine } {
  const project = folder({ "spark/lakehouse.py": LAKEHOUSE, "spark/settings.py": "SPARK = {}\n" });
  for (const [name, text] of Object.entries(programs)) put(project, name, text);
  const runner = fileURLToPath(new URL("../../runner/spark_runner.py", import.meta.url));
  const engine = openEngine({ machine: { python: "python3", env: {} }, project, parallel: 2, runner, log: join(project, "spark.log") });
  onTestFinished(() => engine.close());
  return { project, engine };
}

const step = (path: string, language: Step["language"] = "pyspark"): Step => ({
  id: path,
  schedule: "daily",
  language,
  kind: "ingest",
  path,
  args: ["--interval-start", "2026-01-01T00:00:00Z", "--interval-end", "2026-01-02T00:00:00Z"],
  start: "2026-01-01T00:00:00Z",
  end: "2026-01-02T00:00:00Z",
  after: [],
  settled: [],
  exitCodes: [],
});

it("runs Spark programs in one session, and keeps what they print in their logs", async () => {
  const { project, engine } = opened({
    "spark/a.py": program(
      `print("hello from a"); print("warning", file=sys.stderr)\nreturn {"rows": {"a": 1}, "end": interval.end.isoformat()}`,
    ),
    "spark/b.py": program(`print("hello from b")\nreturn {"sessions": Session.started}`),
  });
  const [a, b] = await Promise.all(["a", "b"].map((name) => engine.run(step(`spark/${name}.py`), join(project, `${name}.log`))));
  expect(a).toMatchObject({ status: "done", code: 0, summary: { rows: { a: 1 }, end: "2026-01-02T00:00:00+00:00" } });
  expect(b).toMatchObject({ status: "done", summary: { sessions: 1 } });
  expect(readFileSync(join(project, "a.log"), "utf8")).toBe("hello from a\nwarning\n");
  expect(readFileSync(join(project, "b.log"), "utf8")).toBe("hello from b\n");
});

it("gives the exit codes that programs end with on their own", async () => {
  const { project, engine } = opened({
    "spark/check.py": program(`raise CheckFailed("3 rows")`),
    "spark/ready.py": program(`raise NotReady("no")`),
    "spark/bug.py": program("return 1 / 0"),
    "spark/syntax.py": "def run(:\n",
  });
  const codes = await Promise.all(
    ["check", "ready", "bug", "syntax"].map(
      async (name) => (await engine.run(step(`spark/${name}.py`), join(project, `${name}.log`))).code,
    ),
  );
  expect(codes).toEqual([3, 75, 1, 1]);
  expect(readFileSync(join(project, "bug.log"), "utf8")).toContain("ZeroDivisionError");
});

it("tells where in the project's own code a task failed, in the first line", async () => {
  const { project, engine } = opened({
    "src/own.py": "def day(rows):\n    raise LookupError('no day')\n",
    "spark/built.py": program("sys.path.append('.')\nfrom src.own import day\nday(1)"),
    "spark/called.py": program(
      `raise RuntimeError("Job aborted.\\nTraceback (most recent call last):\\n  File \\"/opt/spark/worker.py\\", line 9, in main\\n    process()\\n  File \\"{}/src/own.py\\", line 2, in day\\n    raise LookupError('no day')\\nLookupError: no day\\n\\n\\tat org.apache.spark.Task".format(__import__("os").getcwd()))`,
    ),
    "spark/computed.py": program(
      `raise RuntimeError("[CAST_INVALID_INPUT] 'x' is no INT.\\n== DataFrame ==\\ncast was called from\\n{}/src/own.py:1\\n".format(__import__("os").getcwd()))`,
    ),
    "spark/ours.py": program(`raise LookupError("not yours\\nat all")`),
  });
  const said = async (name: string): Promise<string | undefined> =>
    (await engine.run(step(`spark/${name}.py`), join(project, `${name}.log`))).message?.split("\n")[0];
  expect(await said("built")).toBe("LookupError: no day (src/own.py:2)");
  expect(await said("called")).toBe("LookupError: no day (src/own.py:2)");
  expect(await said("computed")).toBe("RuntimeError: [CAST_INVALID_INPUT] 'x' is no INT. (src/own.py:1)");
  expect(await said("ours")).toBe("LookupError: not yours");
});

it("fails only the tasks that a dying session takes with it", async () => {
  const { project, engine } = opened({ "spark/dies.py": program("import os\nos._exit(9)"), "spark/lives.py": program("return {}") });
  expect(await engine.run(step("spark/dies.py"), join(project, "dies.log"))).toMatchObject({
    status: "failed",
    message: expect.stringContaining("exit code 9") as string,
  });
  expect(await engine.run(step("spark/lives.py"), join(project, "lives.log"))).toMatchObject({ status: "done" });
});

it("runs other programs as processes in the project folder, and reads their last line", async () => {
  const { project, engine } = opened({
    "python/train.py": `import os, sys, json\nprint("talk")\nprint("log", file=sys.stderr)\nprint(json.dumps({"cwd": os.path.basename(os.getcwd()), "argv": sys.argv[1:]}))\n`,
    "python/gate.py": "import sys\nsys.exit(4)\n",
  });
  expect(await engine.run(step("python/train.py", "python"), join(project, "train.log"))).toMatchObject({
    status: "done",
    summary: {
      cwd: project.split("/").at(-1),
      argv: ["--interval-start", "2026-01-01T00:00:00Z", "--interval-end", "2026-01-02T00:00:00Z"],
    },
  });
  expect(readFileSync(join(project, "train.log"), "utf8")).toContain("log\n");
  expect(await engine.run(step("python/gate.py", "python"), join(project, "gate.log"))).toMatchObject({ status: "failed", code: 4 });
});

it("ends every program at once when it is interrupted", async () => {
  const waits = (name: string): string =>
    `import os, threading\nopen("${name}.pid", "w").write(str(os.getpid()))\nthreading.Event().wait()`;
  const { project, engine } = opened({ "spark/a.py": program(waits("a")), "python/b.py": `${waits("b")}\n` });
  const runs = [engine.run(step("spark/a.py"), join(project, "a.log")), engine.run(step("python/b.py", "python"), join(project, "b.log"))];
  const pid = (name: string): number => Number(readFileSync(join(project, `${name}.pid`), "utf8"));
  const pids = await vi.waitFor(
    () => {
      const found = [pid("a"), pid("b")];
      expect(found.every((each) => each > 0)).toBe(true);
      return found;
    },
    { timeout: 10_000 },
  );
  engine.kill();
  expect((await Promise.all(runs)).map(({ status }) => status)).toEqual(["failed", "failed"]);
  for (const each of pids) expect(() => process.kill(each, 0)).toThrow("ESRCH");
});

/** A grandchild, as Spark's JVM is one: it outlives its parent where nobody ends it. */
const GRANDCHILD = `
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path("grandchild").write_text(str(child.pid))
time.sleep(600)
`;

it("kill ends what programs have started, too", async () => {
  const { project, engine } = opened({
    "own/long.py": GRANDCHILD,
    "spark/job.py": program(GRANDCHILD.replace("grandchild", "spark_grandchild")),
  });
  const running = [
    engine.run(step("own/long.py", "python"), join(project, "long.log")),
    engine.run(step("spark/job.py"), join(project, "job.log")),
  ];
  const pids = await vi.waitFor(
    () => ["grandchild", "spark_grandchild"].map((name) => Number(readFileSync(join(project, name), "utf8") || "none")),
    { timeout: 15_000 },
  );
  expect(pids.every((pid) => process.kill(pid, 0))).toBe(true);
  await engine.kill();
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual(["failed", "failed"]);
  // Of a grandchild nobody is told when it ends.
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
});

/** Neither running nor stopped: a zombie that its new parent has not yet asked for is gone. */
function isRunning(pid: number): boolean {
  const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0] : undefined;
  return state !== undefined && state !== "Z";
}
