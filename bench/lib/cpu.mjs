// CPU time of whole commands. Node does not tell what a child has used; Python, which everyone here has, does.
import { spawnSync } from "node:child_process";

const MEASURE = `
import json, os, sys
rounds, commands = json.loads(sys.argv[1])
used = {name: [] for name in commands}
def run(argv):
    pid = os.fork()
    if pid == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.execvp(argv[0], argv)
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), (usage.ru_utime + usage.ru_stime) * 1000
for _ in range(rounds):
    for name, command in commands.items():
        for argv in command.get("before", []):
            if run(argv)[0] != 0:
                sys.exit(f"{name}: failed: {argv}")
        code, cpu = run(command["argv"])
        if code != 0:
            sys.exit(f"{name}: failed with {code}: {command['argv']}")
        used[name].append(cpu)
print(json.dumps(used))
`;

/**
 * Milliseconds of CPU (user and system, all threads) of each command, median over the rounds. The commands take turns, so that what
 * else the machine does meets all alike. `before` is run each time and not counted.
 */
export function cpuOf(commands, rounds) {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", MEASURE, JSON.stringify([rounds, commands])], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Object.fromEntries(Object.entries(JSON.parse(stdout)).map(([name, used]) => [name, median(used)]));
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}
