"""Start Spark as all jobs of the bench do, and end: `start.py SETTINGS`."""

import sys


def main(settings: str) -> None:
    """Do nothing else."""
    sys.path.append(settings)
    from lakehouse import session  # noqa: PLC0415
    from settings import SPARK  # noqa: PLC0415

    session("start", SPARK).stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
