"""Run commands in turns: how long each takes, and how much CPU it and all that it starts use.

`measure.py ROUNDS COMMANDS`, COMMANDS being JSON, {name: {argv, cwd, env, before: [argv, …]}}.
Prints {name: [{"wall": s, "cpu": s, "peak": MiB of its largest process}, …]}; what commands say
goes to standard error. Java outlives the Python that started it by a moment, and counts.
"""

import ctypes
import json
import os
import sys
import time

PR_SET_CHILD_SUBREAPER = 36


def run(argv: list[str], cwd: str, env: dict[str, str]) -> dict[str, float]:
    """Run a command to its end, and to that of all its orphans."""
    begin = time.perf_counter()
    first = os.fork()
    if first == 0:
        os.dup2(2, 1)
        os.chdir(cwd)
        os.execvpe(argv[0], argv, {**os.environ, **env})
    wall = cpu = peak = 0.0
    while True:
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / 1024)
        if pid != first:
            continue
        wall = time.perf_counter() - begin
        code = os.waitstatus_to_exitcode(status)
        if code != 0:
            sys.exit(f"failed with {code}: {argv}")
    return {"wall": wall, "cpu": cpu, "peak": peak}


def main() -> None:
    """Run all commands, as often as they shall, the first one last in every other round."""
    if sys.platform == "linux":
        # Orphans become children of this process: their time is seen.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    rounds, commands = int(sys.argv[1]), json.loads(sys.argv[2])
    spent: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    for number in range(rounds):
        order = list(commands.items())
        for name, command in order if number % 2 == 0 else reversed(order):
            where = command["cwd"], command["env"]
            for argv in command.get("before", []):
                run(argv, *where)
            spent[name].append(run(command["argv"], *where))
            figures = ", ".join(f"{each} {value:.1f}" for each, value in spent[name][-1].items())
            print(f"round {number + 1}: {name}: {figures}", file=sys.stderr)
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
