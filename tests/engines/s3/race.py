"""Appends rows to one table, at the same moment as another process does: `race.py TABLE NAME ROUNDS`.

Each round waits for a line on standard input, and says so before: both processes write at once.
"""

import sys

import pyarrow as pa
from deltalake import write_deltalake


def main() -> None:
    """Append one row a round."""
    table, name, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    for number in range(rounds):
        print("ready", flush=True)
        sys.stdin.readline()
        write_deltalake(table, pa.table({"who": [name], "round": [number]}), mode="append")
    print("done", flush=True)


if __name__ == "__main__":
    main()
