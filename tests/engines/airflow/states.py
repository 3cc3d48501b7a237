"""Print the states of the tasks of a DAG's latest run as JSON: `states.py DATABASE DAG`."""

import json
import sqlite3
import sys
from contextlib import closing

LATEST = """
SELECT task_id, state FROM task_instance
WHERE dag_id = :dag AND run_id = (SELECT run_id FROM dag_run WHERE dag_id = :dag ORDER BY id DESC LIMIT 1)
"""


def main() -> None:
    """Ask Airflow's database."""
    database, dag = sys.argv[1:]
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        print(json.dumps(dict(connection.execute(LATEST, {"dag": dag}).fetchall())))


if __name__ == "__main__":
    main()
