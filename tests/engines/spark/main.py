"""Everything that the language has for Spark, run on Spark. Ends with exit code 1 where a check fails."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ["TZ"] = "UTC"
time.tzset()
sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))

import column_types
import declared
import masks
import project
import random_expressions
import stored
from harness import Compiler, Totals, session


def main() -> int:
    """Run the parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", required=True, help="the compiled command line")
    parser.add_argument("--expressions", type=int, default=1600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="parts, with commas between them")
    arguments = parser.parse_args()
    totals = Totals()
    compiler = Compiler("node", arguments.command)
    folder = Path(tempfile.mkdtemp(prefix="mlspec spark "))
    spark = session()
    try:
        for name, part in PARTS.items():
            if arguments.only == "" or name in arguments.only.split(","):
                began = time.monotonic()
                part(spark, compiler, folder / name, totals, arguments)
                print(f"     {name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    finally:
        spark.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({"suite": "spark", "passed": totals.passed, "failed": totals.failed}))
    return 1 if totals.failed else 0


PARTS = {
    "types": lambda spark, compiler, folder, totals, arguments: column_types.check(spark, compiler, folder, totals, arguments.seed),
    "stored": lambda spark, compiler, folder, totals, arguments: stored.check(spark, compiler, folder, totals),
    "masks": lambda spark, compiler, folder, totals, arguments: masks.check(spark, compiler, folder, totals),
    "declared": lambda spark, compiler, folder, totals, arguments: declared.check(spark, totals),
    "project": lambda spark, compiler, folder, totals, arguments: project.check(spark, compiler, folder, totals, arguments.seed),
    "expressions": lambda spark, compiler, folder, totals, arguments: random_expressions.check(
        spark, compiler, folder, totals, arguments.expressions, arguments.seed
    ),
}


if __name__ == "__main__":
    sys.exit(main())
