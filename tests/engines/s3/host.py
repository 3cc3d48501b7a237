"""Runs Spark programs by their command lines, one after the other, in a process that keeps the session.

Each line of standard input is a JSON list, a command line without the Python; the answer is a line
with the exit code. What programs say goes to standard error.
"""

import json
import runpy
import sys
import traceback
from contextlib import redirect_stdout
from pathlib import Path

from pyspark.sql import SparkSession


def run(argv: list[str]) -> int:
    """Run one program as `python3 argv…` does."""
    sys.argv = argv
    sys.path[0] = str(Path(argv[0]).parent.resolve())
    try:
        runpy.run_path(argv[0], run_name="__main__")
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    """Answer until there is nothing left to run."""
    stop, SparkSession.stop = SparkSession.stop, lambda _: None
    answers = sys.stdout
    with redirect_stdout(sys.stderr):
        for line in sys.stdin:
            code = run(json.loads(line))
            print(code, file=answers, flush=True)
    session = SparkSession.getActiveSession()
    if session is not None:
        stop(session)


if __name__ == "__main__":
    main()
